// The base year of Xiangxi keeps to its margins: mean income and poverty rate, over replicates of luck, for each of its
// five populations, and for parameter draws on a sample. α = 0.001 for each comparison of a mean with its margin.
#include "models/population/synthesis.hpp"
#include "models/run/calibration.hpp"
#include "tests/models/sanitized.hpp"
#include "tests/models/worlds.hpp"

namespace tuopin::testing {
namespace {

constexpr int replicates = sanitized ? 4 : 200;
/// Bounds for 200 replicates (relative; share of persons), wider by the square root where there are fewer.
const double fewer = std::sqrt(200.0 / replicates), mean_bound = 0.004 * fewer, rate_bound = 0.002 * fewer;

struct BaseYears {
  double mean = 0, rate = 0;
};

/// Mean over replicates of what the model's own base year gives, shocks drawn.
BaseYears over_replicates(const Scenario& scenario, const ShardedPopulation& sharded, const Calibration& calibration,
                          const DrawAddress& address) {
  BaseYears sum;
  for (int replicate = 0; replicate < replicates; ++replicate) {
    SimulatedRun run(scenario, sharded, calibration, 7, static_cast<std::uint64_t>(replicate), 2, nullptr, address);
    const PlaceSums whole = run.simulate_year().whole();
    const auto persons = static_cast<double>(whole.persons);
    sum.mean += static_cast<double>(whole.income_fen[0]) / 100 / persons / replicates;
    sum.rate += static_cast<double>(whole.poor[0][0]) / persons / replicates;
  }
  return sum;
}

struct Xiangxi {
  Xiangxi() {
    std::vector<Problem> problems;
    scenario = load_scenario(hamlet.parent_path() / "xiangxi/baseline.toml", problems);
    input = synthesis_input(*scenario.region, problems);
    if (!problems.empty()) throw ScenarioError(problems);
  }
  Population population(int number) const {
    SynthesisReport report;
    return synthesize(input, number, report);
  }
  Scenario scenario;
  SynthesisInput input;
};

// The shocks of eight counties (0.04, by size a mean of 0.015) leave 0.1% of the mean after 200 replicates, and 0.03
// points of the rate: bounds of four standard errors.
TEST(BaseYear, KeepsToTheMarginsOfFivePopulations) {
  const Xiangxi xiangxi;
  for (int number = 0; number < (sanitized ? 1 : 5); ++number) {
    SCOPED_TRACE(number);
    const Population whole = xiangxi.population(number);
    const Population population = sanitized ? take_villages(whole, 0.1, 1) : whole;
    const ShardedPopulation sharded(population, 1, 1);
    const Calibration calibration =
        calibrate(sharded, xiangxi.scenario, *xiangxi.scenario.region, shipped_catalogue(), Threads(2));
    const BaseYears found = over_replicates(xiangxi.scenario, sharded, calibration, {});
    EXPECT_NEAR(found.mean / population.mean_income, 1, mean_bound);
    EXPECT_NEAR(found.rate, population.true_poverty_rate, rate_bound);
  }
}

TEST(BaseYear, KeepsToTheMarginsUnderDrawnParameters) {
  const Xiangxi xiangxi;
  const Population sample = take_villages(xiangxi.population(0), 0.1, 1);
  const ShardedPopulation sharded(sample, 1, 0.1);
  const Region& region = *xiangxi.scenario.region;
  const Calibration central = calibrate(sharded, xiangxi.scenario, region);
  const Threads team(2);
  for (std::uint32_t draw = 0; draw < (sanitized ? 2u : 10u); ++draw) {
    SCOPED_TRACE(draw);
    const DrawAddress address{1, draw, false};
    const Region of_draw = drawn(region, address);
    BaseYear base(sharded, xiangxi.scenario, of_draw, address, shipped_catalogue(), team);
    const Calibration own = calibrate_draw(base, sample, of_draw.line("statistical", region.base_year), central);
    const BaseYears found = over_replicates(xiangxi.scenario, sharded, own, address);
    EXPECT_NEAR(found.mean / sample.mean_income, 1, mean_bound);
    EXPECT_NEAR(found.rate, sample.true_poverty_rate, rate_bound);
  }
}

}  // namespace
}  // namespace tuopin::testing
