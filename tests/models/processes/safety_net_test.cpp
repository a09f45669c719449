// The old safety net: hand-computed payments where incomes are known, and whom it reaches where they are not.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <set>

#include "tests/models/normal_arithmetic.hpp"
#include "tests/models/worlds.hpp"

namespace tuopin::testing {
namespace {

constexpr double line = 3000, mean = 6648, sigma = 0.8, alpha = 1e-6;
constexpr std::uint32_t households = 6000;

/// Incomes of three parts without measurement error, an allowance line of 2,000 yuan, and a safety net that all are
/// listed for and that fills 80% of the gap.
Scenario with_safety_net(double permanent, double persistent, double rho, double coverage = 1,
                         const std::string& programme = "", double growth = 0) {
  Region region = region_of(1, line, line, 2017);
  Quantity allowance = region.lines.at("allowance").begin()->second;
  allowance.value = allowance.low = allowance.high = 2000;
  region.lines["allowance"] = {{region.base_year, allowance}};
  Scenario scenario = analytic_scenario({}, std::move(region));
  scenario.settings = settings_of(
      fmt::format("title = \"safety net\"\nregion = \"region/region.toml\"\n[growth]\nnominal = {{ value = {}, unit = "
                  "\"share/year\", source = \"assumption: a test\" }}\n[income]\npermanent_share = {}\n"
                  "persistent_share = {}\nautocorrelation = {}\nmeasurement_share = 0.0\nstreams = false\n[shocks]\n"
                  "off = true\nreason = \"a test\"\n[labour]\ndays_per_worker = 300\ndisplacement = 0.0\n[safety_net]\n"
                  "coverage = {}\nadequacy = 0.8\napplies_below = 1.0\nassessment_sd = 0.0\n[guarantees]\noff = true\n"
                  "reason = \"a test\"\n[measurement]\nmean_reversion = 0.0\n[register]\nline = \"statistical\"\n"
                  "[funds.gifts]\nunlimited = true\nreason = \"a test\"\n",
                  growth, permanent, persistent, rho, coverage),
      shipped_file_kinds().scenario, "safety_net");
  if (!programme.empty())
    scenario.programmes.push_back(settings_of(programme, shipped_file_kinds().programme, "relief"));
  return scenario;
}

struct Row {
  double market;  ///< yuan: income without payments
  std::int32_t top_ups, payments;
};

std::vector<Row> rows_of(const World& world) {
  std::vector<Row> rows;
  for (std::uint32_t row = 0; row < world.shard.rows; ++row) {
    const std::int32_t payments = world.household<std::int32_t>("payments")[row];
    rows.push_back({static_cast<double>(world.household<float>("true_income")[row]) - payments * 0.01,
                    world.household<std::int32_t>("top_ups")[row], payments});
  }
  return rows;
}

/// Payments are 80% of 2,000 − y in every year, the base year included, and nothing above 2,000. `within`: fen, half a
/// fen of rounding and a float's precision at 2,000 yuan for each time that an income is stored.
void expect_gaps_filled(Scenario scenario, double within, int households_paid) {
  const Population population = analytic_population(households);
  const ShardedPopulation sharded(population, 1, 1);
  SimulatedRun run(std::move(scenario), sharded, {sigma, mean, 1});
  for (int year = 2015; year <= 2017; ++year) {
    run.simulate_year();
    int paid = 0;
    for (const Row& row : rows_of(run.world())) {
      EXPECT_NEAR(row.top_ups, 100 * 0.8 * std::max(0.0, 2000 - row.market), within) << year;
      paid += row.top_ups > 0;
    }
    EXPECT_GT(paid, households_paid);
  }
}

/// By hand, where incomes never change.
TEST(SafetyNet, FillsTheGapOfConstantIncomes) { expect_gaps_filled(with_safety_net(1, 0, 0.5), 0.53, 300); }

/// By hand: where all incomes grow by a tenth, the income of the last review is brought to this year's level, so that
/// the gap is that of this year. Without that it would be a tenth of the income too wide.
TEST(SafetyNet, BringsTheLastReviewToThisYearsLevel) {
  expect_gaps_filled(with_safety_net(1, 0, 0.5, 1, "", 0.1), 0.56, 200);
}

/// It is assessed on the year before: relief of 2016 stands in the way of the allowance of 2017, not of 2016.
TEST(SafetyNet, SeesWhatCameTheYearBefore) {
  const std::string relief =
      "title = \"relief\"\nwindow = [2016, 2016]\nunit = \"household\"\neligible = \"year > 0\"\n[evidence]\ngrade = "
      "\"D\"\nsource = \"assumption: a test\"\n[score]\nexpression = \"1\"\nnoise_sd = 0.0\n[capacity]\nunit = "
      "\"households\"\nall = true\n"
      "[effect.gift]\nverb = \"stream_add\"\nstream = \"relief\"\namount = { value = 1000.0, unit = \"yuan/year\", "
      "source = \"assumption: a test\" }\n[duration]\nyears = 1\n[cost]\n"
      "funding = { gifts = 1.0 }\n";
  const Population population = analytic_population(households);
  const ShardedPopulation sharded(population, 1, 1);
  SimulatedRun run(with_safety_net(1, 0, 0.5, 1, relief), sharded, {sigma, mean, 1});
  run.simulate_year();
  run.simulate_year();
  for (const Row& row : rows_of(run.world()))
    EXPECT_NEAR(row.top_ups, 100 * 0.8 * std::max(0.0, 2000 - row.market), 0.53);
  run.simulate_year();
  for (const Row& row : rows_of(run.world()))
    EXPECT_NEAR(row.top_ups, 100 * 0.8 * std::max(0.0, 1000 - row.market), 0.53);
}

/// A notional year before the base year has persistent parts of the same stationary process. Where all variance is
/// persistent, ln y and ln y of the year before are bivariate normal with correlation ρ, so of those assessed below the
/// allowance line Φ₂(d, d_A; ρ) / Φ(d_A) are poor.
TEST(SafetyNet, AssessesANotionalYearInTheBaseYear) {
  const Population population = analytic_population(60'000);
  const ShardedPopulation sharded(population, 1, 1);
  const double d = std::log(line / mean) / sigma + sigma / 2, d_allowance = std::log(2000 / mean) / sigma + sigma / 2;
  for (const double rho : {0.0, 0.5, 0.9}) {
    SCOPED_TRACE(rho);
    SimulatedRun run(with_safety_net(0, 1, rho), sharded, {sigma, mean, 1});
    run.simulate_year();
    double recipients = 0, poor = 0;
    for (const Row& row : rows_of(run.world())) {
      recipients += row.top_ups > 0;
      poor += row.top_ups > 0 && row.market < line;
    }
    const double reached = cumulative(d_allowance);
    EXPECT_NEAR(recipients / 60'000, reached, bound(reached * (1 - reached), 60'000, alpha));
    const double right = both_below(d, d_allowance, rho) / reached;
    EXPECT_NEAR(poor / recipients, right, bound(right * (1 - right), recipients, alpha));
  }
}

TEST(SafetyNet, ReachesTheShareThatIsCovered) {
  const Population population = analytic_population(60'000);
  const ShardedPopulation sharded(population, 1, 1);
  SimulatedRun run(with_safety_net(1, 0, 0.5, 0.25), sharded, {sigma, mean, 1});
  std::set<std::uint32_t> ever;
  for (int year = 2015; year <= 2017; ++year) {
    run.simulate_year();
    const std::vector<Row> rows = rows_of(run.world());
    double entitled = 0, recipients = 0;
    for (std::uint32_t row = 0; row < rows.size(); ++row) {
      entitled += rows[row].market < 2000 - 0.01;
      recipients += rows[row].top_ups > 0;
      if (rows[row].top_ups > 0) ever.insert(row);
    }
    EXPECT_NEAR(recipients / entitled, 0.25, bound(0.25 * 0.75, entitled, alpha));
    EXPECT_EQ(static_cast<double>(ever.size()), recipients);  // the same households every year
  }
}

}  // namespace
}  // namespace tuopin::testing
