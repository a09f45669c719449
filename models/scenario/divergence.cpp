#include "models/scenario/divergence.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace tuopin {

namespace {

using TextLines = std::map<std::string, std::string>;

/// The effective text as key → value; words that no mechanism reads are left out.
TextLines lines_of(const Settings& settings) {
  TextLines lines;
  const std::string text = settings.effective_text();
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string line = text.substr(begin, end - begin);
    begin = end + 1;
    const std::size_t equals = line.find(" = ");
    if (equals == std::string::npos) continue;
    const std::string key = line.substr(0, equals);
    const bool words = key.starts_with("title") || key.starts_with("description") || key.starts_with("evidence.") ||
                       key.ends_with(".title") || key.ends_with(".source") || key.ends_with(".note");
    if (!words) lines[key] = line.substr(equals);
  }
  return lines;
}

/// Keys on which two files do not agree.
std::set<std::string> differing_keys(const TextLines& a, const TextLines& b) {
  std::set<std::string> keys;
  for (const auto& [key, value] : a)
    if (const auto other = b.find(key); other == b.end() || other->second != value) keys.insert(key);
  for (const auto& [key, value] : b)
    if (!a.contains(key)) keys.insert(key);
  return keys;
}

/// First year in which a flow differs; `beyond` where none does up to there.
int first_difference(const YearSeries& a, const YearSeries& b, int from, int beyond) {
  int year = from;
  while (year < beyond && a.at(year) == b.at(year)) ++year;
  return year;
}

struct Years {
  int base, beyond;  ///< the base year, and the year after the last
};

int funds_differ(const Settings& a, const Settings& b, const std::set<std::string>& keys, Years years) {
  int first = years.beyond;
  for (const std::string& key : keys) {
    if (!key.starts_with("funds.")) continue;
    // Money of the base year is posted, and may be carried over, though no programme draws on it yet.
    const bool flow = key.ends_with(".by_year") && a.has(key) && b.has(key);
    const std::string money = key.substr(0, key.rfind('.')) + ".by_year";
    const auto early = [&](const Settings& s) { return s.has(money) && s.series(money).at(years.base) > 0; };
    const int start = early(a) || early(b) ? years.base : years.base + 1;
    first = std::min(first, flow ? first_difference(a.series(key), b.series(key), start, years.beyond) : start);
  }
  return first;
}

int programmes_differ(const Settings& a, const Settings& b, Years years) {
  const auto [a_first, a_last] = a.window("window");
  const auto [b_first, b_last] = b.window("window");
  int first = years.beyond;
  for (const std::string& key : differing_keys(lines_of(a), lines_of(b))) {
    int of_key = std::min(a_first, b_first);  // nothing of a programme acts before it opens
    if ((key == "capacity.by_year" || key == "budget.by_year") && a.has(key) && b.has(key))
      of_key = std::max(of_key, first_difference(a.series(key), b.series(key), years.base + 1, years.beyond));
    if (key == "window" && a_first == b_first) of_key = std::min(a_last, b_last) + 1;
    first = std::min(first, of_key);
  }
  return std::max(first, years.base + 1);
}

}  // namespace

int first_difference(const Scenario& a, const Scenario& b) {
  const Years years{a.region->base_year, a.region->last_year + 1};
  if (a.region->contents != b.region->contents) return years.base;
  const auto keys = differing_keys(lines_of(a.settings), lines_of(b.settings));
  for (const std::string& key : keys)
    if (key != "programmes" && !key.starts_with("funds.")) return years.base;

  int first = funds_differ(a.settings, b.settings, keys, years);
  std::vector<std::string> common_a, common_b;  // in the order of serving, which must be the same
  for (const Settings& programme : a.programmes) {
    const auto same = std::find_if(b.programmes.begin(), b.programmes.end(),
                                   [&](const Settings& other) { return other.stem() == programme.stem(); });
    if (same == b.programmes.end()) {
      first = std::min(first, std::max(programme.window("window").first, years.base + 1));
      continue;
    }
    common_a.push_back(programme.stem());
    first = std::min(first, programmes_differ(programme, *same, years));
  }
  for (const Settings& programme : b.programmes) {
    const auto same = std::find(common_a.begin(), common_a.end(), programme.stem());
    if (same != common_a.end())
      common_b.push_back(programme.stem());
    else
      first = std::min(first, std::max(programme.window("window").first, years.base + 1));
  }
  return common_a == common_b ? first : std::min(first, years.base + 1);
}

}  // namespace tuopin
