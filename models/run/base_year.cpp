#include "models/run/base_year.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "engine/base/numbers.hpp"
#include "models/processes/income_streams.hpp"
#include "models/programme/treasury.hpp"

namespace tuopin {

namespace {

constexpr std::size_t shock_values = 64;
constexpr double yuan_units = 0x1p20;  // sums of yuan are whole numbers of 2^-20, so that they depend on no order

/// The level of income without shocks, in place of the part that draws them.
class LevelOfTheYear : public Year::Barrier {
 public:
  LevelOfTheYear(Binder& b, double level)
      : level_(level), mean_path_(b.writes<double>("region.mean_path")),
        village_level_(b.writes<double>("village.level")) {}
  static Description about() { return {"shocks.common", msgid("level of income without shocks")}; }
  void apply(Moment& now, const Team&) const override {
    now.set(mean_path_, 0, level_);
    for (World& world : now.worlds.by_shard) std::fill_n(world[village_level_], world.shard.villages, level_);
  }

 private:
  double level_;
  Writes<double> mean_path_, village_level_;
};

/// Equally probable values of the common shock, ascending.
std::array<double, shock_values> shocks_of(const Settings& scenario) {
  std::array<double, shock_values> values{};
  const auto sd = [&](const char* key) { return scenario.flag("shocks.off") ? 0.0 : scenario.number(key); };
  const double county = sd("shocks.county_sd"), village = sd("shocks.village_sd");
  const double s = std::sqrt(county * county + village * village);
  for (std::size_t k = 0; k < shock_values; ++k) {
    const double n = normal_quantile((static_cast<double>(k) + 0.5) / shock_values);
    values[k] = fixed_exp(s * n - s * s / 2);
  }
  return values;
}

/// Adds up incomes, and how often households would be poor over the values of the common shock.
class BaseYearSums : public Year::BlockStep {
 public:
  BaseYearSums(Binder& b, const Settings& scenario, double line)
      : line_(line), shocks_(shocks_of(scenario)),
        market_(b.uses<double>(counts_market_income_in_part(scenario) ? "year.counted_market_income"
                                                                      : "year.market_income")),
        true_income_(b.reads<float>("household.true_income")), members_(b.reads<std::uint8_t>("household.members")),
        weight_(b.reads<std::uint16_t>("household.weight")), poor_(b.sums({"base_year_poor", "1"})),
        income_(b.sums({"base_year_income", "1"})), rest_(b.sums({"base_year_rest", "1"})) {}
  static Description about() {
    return {"calibration.base_year", msgid("sums of the base year, averaged over common shocks")};
  }
  void run(Moment::Visit& visit) const override {
    const double* market = visit[market_];
    const float* income = visit[true_income_];
    const std::uint8_t* members = visit[members_];
    const std::uint16_t* weight = visit[weight_];
    std::int64_t poor = 0, sum = 0, rest = 0;
    for (std::uint32_t i = 0; i < visit.rows(); ++i) {
      const std::int64_t persons = std::int64_t{members[i]} * weight[i];
      const double y = income[i], added = y - market[i];
      sum += persons * static_cast<std::int64_t>(y * yuan_units + 0.5);
      rest += persons * static_cast<std::int64_t>(added * yuan_units);
      poor += persons * times_poor(market[i], added);
    }
    visit.add(poor_, poor);
    visit.add(income_, sum);
    visit.add(rest_, rest);
  }

 private:
  std::int64_t times_poor(double market, double added) const {
    if (market * shocks_.front() + added >= line_) return 0;
    if (market * shocks_.back() + added < line_) return shock_values;
    const auto first_above = std::partition_point(shocks_.begin(), shocks_.end(),
                                                  [&](double shock) { return market * shock + added < line_; });
    return first_above - shocks_.begin();
  }

  double line_;
  std::array<double, shock_values> shocks_;
  Temp<double> market_;
  Reads<float> true_income_;
  Reads<std::uint8_t> members_;
  Reads<std::uint16_t> weight_;
  SumHandle poor_, income_, rest_;
};

Catalogue up_to_true_income(const Catalogue& whole) {
  Catalogue catalogue = whole;
  catalogue.figures = {};
  auto& year = catalogue.year;
  const auto at = [&](std::string_view name) {
    const auto found = std::find_if(year.begin(), year.end(), [&](const Mechanism& m) { return m.name == name; });
    if (found == year.end()) throw std::logic_error("the year has no mechanism " + std::string(name));
    return found;
  };
  year.erase(at("household.true_income") + 1, year.end());
  at("shocks")->make = [](Year& y, Making& m) { y.add<LevelOfTheYear>(m.schema, m.needs, m.calibration.level); };
  year.push_back({"calibration.base_year", [](Year& y, Making& m) {
                    y.add<BaseYearSums>(m.schema, m.needs, m.settings,
                                        m.region.line("statistical", m.region.base_year));
                  }});
  return catalogue;
}

/// Sum over the persons of a block of Σ_s a_s², and their number; in whole numbers of 2^-32.
struct Shares {
  std::int64_t squares = 0, persons = 0;
};

Shares shares_of(const PeopleColumns& people, const Block& block) {
  Shares sums;
  for (std::uint32_t row = block.begin; row < block.end; ++row) {
    const double a[4] = {people.share_wage[row], people.share_business[row], people.share_property[row],
                         people.share_transfer[row]};
    const std::int64_t persons = std::int64_t{people.members[row]} * people.weight[row];
    const double squares = a[0] * a[0] + a[1] * a[1] + a[2] * a[2] + a[3] * a[3];
    sums.persons += persons;
    sums.squares += persons * static_cast<std::int64_t>(squares * 0x1p32 + 0.5);
  }
  return sums;
}

double concentration_of(const ShardedPopulation& sharded, const Team& team) {
  const auto cells = sharded.cells();
  std::vector<Shares> by_block(cells.size());
  team.for_each(cells.size(), [&](std::size_t i, std::size_t) {
    by_block[i] = shares_of(sharded.shards()[cells[i].shard]->people, sharded.block(cells[i]));
  });
  Shares sums;
  for (const Shares& block : by_block) {
    sums.squares += block.squares;
    sums.persons += block.persons;
  }
  return static_cast<double>(sums.squares) * 0x1p-32 / static_cast<double>(sums.persons);
}

Scenario without_programmes(const Scenario& scenario) {
  Scenario without = scenario;
  without.programmes.clear();
  return without;
}

}  // namespace

BaseYear::BaseYear(const ShardedPopulation& sharded, const Scenario& scenario, const Region& region,
                   const DrawAddress& address, const Catalogue& catalogue, const Team& team)
    : sharded_(sharded), scenario_(without_programmes(scenario)), region_(region), address_(address),
      catalogue_(up_to_true_income(catalogue)), team_(team), stream_concentration_(concentration_of(sharded, team)) {}

BaseYear::Result BaseYear::at(double sigma, double level) {
  const Calibration calibration{sigma, level, stream_concentration_};
  const Model model(scenario_, region_, calibration, address_, catalogue_);
  if (!worlds_) {
    const auto seed = static_cast<std::uint64_t>(region_.settings.integer("synthesis_seed"));
    const auto population = static_cast<std::uint64_t>(sharded_.shards().front()->population->index);
    worlds_ = std::make_unique<Worlds>(sharded_, region_, model.schema(), seed, ~population);  // no run's replicate
  }
  const Settings* settings[] = {&scenario_.settings};
  const std::vector<Settings>* programmes[] = {&scenario_.programmes};
  Treasury treasury(model.settings(), model.programmes(), account_names(settings, programmes), sharded_.share(),
                    sharded_.counties());
  std::vector<std::vector<std::uint8_t>> flags;
  std::vector<PovertyHistory> histories;
  for (const Shard* shard : sharded_.shards()) {
    flags.emplace_back(shard->rows);
    histories.push_back({.poor = flags.back()});
  }
  Workspace work = model.workspace(sharded_, team_.members());
  const YearResult year = model.simulate(*worlds_, region_.base_year, treasury, histories, work, team_);
  std::int64_t persons = 0;
  for (const Shard* shard : sharded_.shards())
    for (std::uint32_t row = 0; row < shard->rows; ++row)
      persons += std::int64_t{shard->people.members[row]} * shard->people.weight[row];
  const auto sum = [&](const char* name) {
    std::int64_t total = 0;
    for (const PlaceSums& place : year.places) total += place.of(*year.declared->find(name));
    return static_cast<double>(total) / static_cast<double>(persons);
  };
  return {sum("base_year_income") / yuan_units, sum("base_year_poor") / shock_values,
          sum("base_year_rest") / yuan_units};
}

}  // namespace tuopin
