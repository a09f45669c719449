// Income by stream: the streams add up to true income, weights leave out what they say, and nothing else moves.
#include "models/processes/income_streams.hpp"

#include <gmock/gmock.h>

#include "models/state/streams.hpp"
#include "tests/models/random_case.hpp"

namespace tuopin::testing {
namespace {

std::int64_t sum_of(const YearNotes& notes, const std::string& stream) {
  const auto sum = notes.result.declared->find(sum_of_stream(stream));
  return sum ? notes.whole().of(*sum) : 0;
}

Scenario weighed(const Case& c, const std::vector<std::pair<std::string, double>>& weights) {
  Scenario scenario = c.scenario;
  std::vector<SettingsChange> changes;
  for (const auto& [stream, weight] : weights)
    changes.push_back({"register_income." + stream,
                       fmt::format("{{ value = {}, unit = \"share\", source = \"assumption: a trial\" }}", weight)});
  std::vector<Problem> problems;
  scenario.settings = scenario.settings.with_changes(changes, shipped_file_kinds().scenario, "weighed", problems);
  if (!problems.empty()) throw ScenarioError(problems);
  return scenario;
}

/// Tolerance per household: rounding by at most half a fen per stream and head, and the precision of a float.
TEST(IncomeByStream, AddsUpToTrueIncome) {
  int paid = 0, earned = 0;
  for (std::uint64_t number = 0; number < 60; ++number) {
    SCOPED_TRACE(number);
    const Case c(number);
    const ShardedPopulation sharded(c.population, 1, 1);
    SimulatedRun run(c.scenario, sharded, c.calibration, c.seed);
    for (int year = first_year; year <= std::min(first_year + 2, c.last_year); ++year) {
      const YearNotes& notes = run.simulate_year();
      std::int64_t streams = 0, payments = 0;
      for (const Stream& stream : shipped_streams()) {
        streams += sum_of(notes, std::string(stream.name));
        payments += stream.is_paid() ? sum_of(notes, std::string(stream.name)) : 0;
      }
      const PlaceSums whole = notes.whole();
      const auto fen = static_cast<double>(whole.income_fen[0]);
      EXPECT_NEAR(static_cast<double>(streams), fen, 3.0 * static_cast<double>(whole.persons) + 1e-6 * fen);
      EXPECT_EQ(payments, whole.payments_fen);  // to the fen
      paid += payments > 0;
      earned += sum_of(notes, "programme_earnings") != 0;
    }
  }
  EXPECT_GT(paid, 50);
  EXPECT_GT(earned, 10);
}

TEST(RegisterIncome, WeightsOfOneChangeNoBit) {
  for (std::uint64_t number = 0; number < 20; ++number) {
    const Case c(number);
    const ShardedPopulation sharded(c.population, 1, 1);
    SimulatedRun plain(c.scenario, sharded, c.calibration, c.seed);
    SimulatedRun ones(weighed(c, {{"wage", 1}, {"allowance", 1}, {"programme_earnings", 1}}), sharded, c.calibration,
                      c.seed);
    EXPECT_EQ(plain.simulate_year().hash, ones.simulate_year().hash);
    EXPECT_EQ(plain.simulate_year().hash, ones.simulate_year().hash);
  }
}

/// In the base year nothing has come back to decide anything yet: what is left out is the stream, and only that.
TEST(RegisterIncome, AStreamOfNoWeightIsLeftOut) {
  int differ = 0;
  for (std::uint64_t number = 0; number < 40; ++number) {
    SCOPED_TRACE(number);
    const Case c(number);
    const ShardedPopulation sharded(c.population, 1, 1);
    SimulatedRun plain(c.scenario, sharded, c.calibration, c.seed);
    const YearNotes& whole = plain.simulate_year();
    for (const std::string stream : {"allowance", "wage", "transfer"}) {
      SimulatedRun without(weighed(c, {{stream, 0}}), sharded, c.calibration, c.seed);
      const YearNotes& notes = without.simulate_year();
      const auto left_out = static_cast<double>(whole.whole().income_fen[0] - notes.whole().income_fen[0]);
      const auto expected = static_cast<double>(sum_of(whole, stream));
      EXPECT_NEAR(left_out, expected, 3.0 * static_cast<double>(whole.whole().persons) + 1e-6 * expected) << stream;
      EXPECT_EQ(sum_of(notes, stream), sum_of(whole, stream));  // it is paid all the same
      differ += left_out > 0;
    }
  }
  EXPECT_GT(differ, 40);
}

TEST(RegisterIncome, AWeightOfAStreamThatIsNotThereIsRefused) {
  Scenario scenario = analytic_scenario({}, *Case(0).scenario.region);  // one stream of income
  const auto refused = [&](const std::string& stream, double weight) {
    Case c(0);
    c.scenario = scenario;
    std::vector<Problem> problems;
    check_sections(weighed(c, {{stream, weight}}), shipped_catalogue(), problems);
    return problems.size();
  };
  EXPECT_EQ(refused("wage", 0.5), 0u);
  EXPECT_EQ(refused("business", 0.5), 1u);
  EXPECT_EQ(refused("business", 1), 0u);
  EXPECT_EQ(refused("allowance", 0.5), 0u);
}

}  // namespace
}  // namespace tuopin::testing
