#include "models/scenario/divergence.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "models/scenario/digests.hpp"

namespace tuopin {

namespace {

using TextLines = std::map<std::string, std::string>;

/// Keys whose values differ between two files.
std::set<std::string> differing_keys(const TextLines& a, const TextLines& b) {
  std::set<std::string> keys;
  for (const auto& [key, value] : a)
    if (const auto other = b.find(key); other == b.end() || other->second != value) keys.insert(key);
  for (const auto& [key, value] : b)
    if (!a.contains(key)) keys.insert(key);
  return keys;
}

/// First year in which a yearly series differs; `beyond` if no year before it does.
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

/// Lines of a scenario's own: the first year in which one of them has another value.
int lines_differ(const Settings& a, const Settings& b, const std::set<std::string>& keys, Years years) {
  int first = years.beyond;
  for (const std::string& key : keys) {
    if (!key.starts_with("lines.")) continue;
    const std::string path = key.substr(0, key.find('.', key.find('.') + 1));
    const auto begins = [&](const Settings& s) {
      return s.has(path) ? s.series(path).values.begin()->first : years.beyond;
    };
    const int start = std::min(begins(a), begins(b));
    const bool comparable = begins(a) == begins(b) && a.series(path).factor.low == b.series(path).factor.low &&
                            a.series(path).factor.high == b.series(path).factor.high;
    first = std::min(first, comparable ? first_difference(a.series(path), b.series(path), start, years.beyond) : start);
  }
  return first;
}

int programmes_differ(const Settings& a, const Settings& b, Years years) {
  const auto [a_first, a_last] = a.window("window");
  const auto [b_first, b_last] = b.window("window");
  int first = years.beyond;
  for (const std::string& key : differing_keys(acting_lines(a), acting_lines(b))) {
    int of_key = std::min(a_first, b_first);  // nothing of a programme acts before it opens
    if ((key == "capacity.by_year" || key == "budget.by_year") && a.has(key) && b.has(key))
      of_key = std::max(of_key, first_difference(a.series(key), b.series(key), years.base + 1, years.beyond));
    if (key == "window" && a_first == b_first) of_key = std::min(a_last, b_last) + 1;
    first = std::min(first, of_key);
  }
  return std::max(first, years.base + 1);
}

/// Programmes that have opened, in the order of serving.
std::vector<std::string> opened_by(const Scenario& scenario, int year) {
  std::vector<std::string> names;
  for (const Settings& programme : scenario.programmes)
    if (programme.window("window").first <= year) names.push_back(programme.stem());
  return names;
}

}  // namespace

int first_difference(const Scenario& a, const Scenario& b) {
  const Years years{a.region->base_year, a.region->last_year + 1};
  if (a.region->contents != b.region->contents) return years.base;
  const auto keys = differing_keys(acting_lines(a.settings), acting_lines(b.settings));
  for (const std::string& key : keys)
    if (key != "programmes" && !key.starts_with("funds.") && !key.starts_with("lines.")) return years.base;

  int first =
      std::min(funds_differ(a.settings, b.settings, keys, years), lines_differ(a.settings, b.settings, keys, years));
  for (const Settings& programme : a.programmes)
    for (const Settings& other : b.programmes)
      if (other.stem() == programme.stem()) first = std::min(first, programmes_differ(programme, other, years));
  for (int year = years.base + 1; year < first; ++year)
    if (opened_by(a, year) != opened_by(b, year)) return year;
  return first;
}

}  // namespace tuopin
