#include "models/scenario/digests.hpp"

#include <algorithm>
#include <bit>

#include "engine/base/ids.hpp"

namespace tuopin {

namespace {

/// A digest under way: order counts.
class Digest {
 public:
  Digest& add(std::uint64_t word) {
    sum_ = mix64(sum_ * 0x9e3779b97f4a7c15ull + word + 1);
    return *this;
  }
  Digest& add(double number) { return add(std::bit_cast<std::uint64_t>(number + 0.0)); }
  Digest& add(std::string_view text) { return add(hash64(text)).add(std::uint64_t{text.size()}); }
  std::uint64_t value() const { return sum_; }

 private:
  std::uint64_t sum_ = 0;
};

/// The years of a region that digests are made for.
struct DigestYears {
  explicit DigestYears(const Region& region) : base(region.base_year), last(region.last_year) {}
  std::size_t count() const { return static_cast<std::size_t>(last - base + 1); }
  std::size_t index(int year) const { return static_cast<std::size_t>(year - base); }
  int base, last;
};

double of_year(const Settings& settings, const std::string& flow, int year) {
  return settings.has(flow) ? settings.series(flow).at(year) : 0;
}

/// Name of the fund in "funds.NAME.…".
std::string_view fund_of(std::string_view key) {
  key.remove_prefix(std::string_view("funds.").size());
  return key.substr(0, key.find('.'));
}

constexpr const char* yearly_keys[] = {"capacity.by_year", "budget.by_year"};

}  // namespace

std::map<std::string, std::string> acting_lines(const Settings& settings) {
  std::map<std::string, std::string> lines;
  const std::string text = settings.effective_text();
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string line = text.substr(begin, end - begin);
    begin = end + 1;
    const std::size_t equals = line.find(" = ");
    if (equals == std::string::npos) continue;
    const std::string key = line.substr(0, equals);
    const bool words = key.starts_with("title") || key.starts_with("description") || key.starts_with("evidence.") ||
                       key.ends_with(".title") || key.ends_with(".source") || key.ends_with(".note") ||
                       key.ends_with(".status") || key.ends_with(".grade");
    if (!words) lines[key] = line.substr(equals);
  }
  return lines;
}

int first_difference(const YearDigests& a, const YearDigests& b) {
  std::size_t year = 0;
  while (year < a.by_year.size() && year < b.by_year.size() && a.by_year[year] == b.by_year[year]) ++year;
  return a.base_year + static_cast<int>(year);
}

std::uint64_t Digester::of_region(const std::shared_ptr<const Region>& region) {
  const auto known = regions_.find(region.get());
  if (known != regions_.end()) return known->second.digest;
  return regions_.emplace(region.get(), KeptRegion{region, Digest().add(region->contents).value()})
      .first->second.digest;
}

const Digester::Shares& Digester::of_world(const Settings& scenario, const Region& region) {
  const Key key{scenario.identity(), &region};
  if (const auto known = worlds_.find(key); known != worlds_.end()) return known->second.shares;
  const DigestYears years(region);
  std::vector<Digest> by_year(years.count());
  for (const auto& [name, value] : acting_lines(scenario)) {
    if (name == "programmes" || name.starts_with("lines.")) continue;
    const bool of_fund = name.starts_with("funds.");
    const std::string money = of_fund ? "funds." + std::string(fund_of(name)) + ".by_year" : "";
    // Money of the base year is posted, and may be carried over, though no programme draws on it yet.
    const int start = !of_fund || of_year(scenario, money, years.base) > 0 ? years.base : years.base + 1;
    if (start > years.last) continue;
    by_year[years.index(start)].add(name);
    if (name != money) by_year[years.index(start)].add(value);
    for (int year = start; name == money && year <= years.last; ++year)
      by_year[years.index(year)].add(name).add(of_year(scenario, money, year));
  }
  for (const std::string path : {"lines.administrative", "lines.allowance"}) {
    if (!scenario.has(path)) continue;
    const YearSeries& own = scenario.series(path);
    const int start = std::max(own.values.begin()->first, years.base);
    for (int year = start; year <= years.last; ++year) {
      by_year[years.index(year)].add(path).add(own.at(year));
      if (year == start) by_year[years.index(year)].add(own.factor.low).add(own.factor.high);
    }
  }
  Kept kept{scenario, {}};
  for (const Digest& digest : by_year) kept.shares.push_back(digest.value());
  return worlds_.emplace(key, std::move(kept)).first->second.shares;
}

const Digester::Shares& Digester::of_programme(const Settings& programme, const Region& region) {
  const Key key{programme.identity(), &region};
  if (const auto known = programmes_.find(key); known != programmes_.end()) return known->second.shares;
  const DigestYears years(region);
  Kept kept{programme, Shares(years.count(), 0)};
  const auto [first, last] = programme.window("window");
  const int opens = std::max(first, years.base + 1);  // nothing of a programme acts before
  for (int year = opens; year <= years.last; ++year) {
    Digest digest;
    digest.add(programme.stem()).add(std::uint64_t{year <= last});
    if (year == opens) {
      digest.add(static_cast<std::uint64_t>(first));
      for (const auto& [name, value] : acting_lines(programme)) {
        const bool yearly = std::find(std::begin(yearly_keys), std::end(yearly_keys), name) != std::end(yearly_keys);
        if (name != "window") digest.add(name).add(yearly ? std::string_view() : std::string_view(value));
      }
    }
    for (const char* flow : yearly_keys)
      for (int of = year == opens ? years.base + 1 : year; of <= year; ++of) digest.add(of_year(programme, flow, of));
    kept.shares[years.index(year)] = digest.value();
  }
  return programmes_.emplace(key, std::move(kept)).first->second.shares;
}

YearDigests Digester::digests(const Scenario& scenario) {
  const Region& region = *scenario.region;
  const std::uint64_t of_tables = of_region(scenario.region);
  std::vector<const Shares*> programmes;
  for (const Settings& programme : scenario.programmes) programmes.push_back(&of_programme(programme, region));
  const Shares& world = of_world(scenario.settings, region);
  YearDigests digests{region.base_year, {}};
  Digest chain;
  chain.add(of_tables);
  for (std::size_t year = 0; year < world.size(); ++year) {
    chain.add(world[year]);
    for (const Shares* programme : programmes)
      if ((*programme)[year] != 0) chain.add((*programme)[year]);
    digests.by_year.push_back(chain.value());
  }
  return digests;
}

Course Digester::course(Scenario scenario) {
  YearDigests of = digests(scenario);
  return {std::make_shared<const Scenario>(std::move(scenario)), std::move(of)};
}

}  // namespace tuopin
