#include "models/processes/common_shocks.hpp"

#include "engine/base/numbers.hpp"

namespace tuopin {

namespace {

/// exp(sd·n − sd²/2): a shock with mean one.
double mean_one(double sd, double normal) { return fixed_exp(sd * normal - sd * sd / 2); }

class MeanOfTheYear : public Year::Barrier {
 public:
  MeanOfTheYear(Binder& b, const Settings& scenario, const Region& region, double level)
      : level_(level), growth_(growth_of_mean_income(scenario, region)), base_year_(region.base_year),
        mean_path_(b.writes<double>("region.mean_path")) {}
  void apply(Moment& now, const Team&) const override {
    for (World& world : now.worlds.by_shard)
      *world[mean_path_] = level_ * growth_.at(static_cast<std::size_t>(now.year - base_year_));
  }

 private:
  double level_;
  std::vector<double> growth_;  ///< of mean market income, by year since the base year
  int base_year_;
  Writes<double> mean_path_;
};

class CommonShocks : public Year::BlockStep {
 public:
  CommonShocks(Binder& b, const Settings& scenario)
      : prefecture_sd_(sd(scenario, "shocks.prefecture_sd")), county_sd_(sd(scenario, "shocks.county_sd")),
        village_sd_(sd(scenario, "shocks.village_sd")),
        mean_path_(b.schema().reads<double>("region.mean_path")),  // which the barrier has written

        level_(b.writes<double>("village.level")), of_village_(b.luck("village.income", Kind::village)),
        of_county_(b.luck("county.income", Kind::county)),
        of_prefecture_(b.luck("prefecture.income", Kind::prefecture)) {}
  void run(Moment::Visit& visit) const override {
    World& world = visit.world();
    const auto& people = world.shard.people;
    const double of_prefecture = world.luck(of_prefecture_).normal(0, 0);
    const double of_county = world.luck(of_county_).normal(people.county_id[visit.block.county], 0);
    const Luck of_village = world.luck(of_village_);
    const double prefecture = world.base_year() ? 1.0 : mean_one(prefecture_sd_, of_prefecture);
    const double county = mean_one(county_sd_, of_county);
    const double mean_path = *std::as_const(world)[mean_path_];
    double* level = world[level_];
    for (std::uint32_t v = visit.block.village_begin; v < visit.block.village_end; ++v) {
      const double village = mean_one(village_sd_, of_village.normal(people.village_id[v], 0));
      level[v] = mean_path * prefecture * county * village;
    }
  }

 private:
  static double sd(const Settings& scenario, const char* key) {
    return scenario.flag("shocks.off") ? 0 : scenario.number(key);
  }
  double prefecture_sd_, county_sd_, village_sd_;
  Reads<double> mean_path_;
  Writes<double> level_;
  LuckName of_village_, of_county_, of_prefecture_;
};

}  // namespace

std::vector<double> growth_of_mean_income(const Settings& scenario, const Region& region) {
  std::vector<double> path{1.0};
  if (scenario.has("growth.mean_income")) {
    const YearSeries& means = scenario.series("growth.mean_income");
    const double trend = scenario.has("growth.trend") ? scenario.number("growth.trend") : 0.0;
    const auto mean_of = [&](int year) {
      double mean = means.at(year);
      for (int after = means.values.rbegin()->first; after < year; ++after) mean *= 1 + trend;
      return mean;
    };
    const double base = mean_of(region.base_year);
    for (int year = region.base_year + 1; year <= region.last_year; ++year) path.push_back(mean_of(year) / base);
    return path;
  }
  const double nominal = scenario.number("growth.nominal");
  for (int year = region.base_year + 1; year <= region.last_year; ++year) path.push_back(path.back() * (1 + nominal));
  return path;
}

Year::Part common_shocks(const StateSchema& schema, YearNeeds& needs, const Settings& scenario, const Region& region,
                         double level) {
  Binder b(
      schema, needs,
      {"shocks.common", msgid("mean of the year, and the shocks that a prefecture, a county and a village share")});
  Year::Part part;
  part.add<MeanOfTheYear>(b, scenario, region, level).add<CommonShocks>(b, scenario);
  part.said = b.end();
  return part;
}

}  // namespace tuopin
