// What streams of payments brought in the year before, as rules read it: what the year paid, and nothing else moves.
#include "models/processes/payments_last_year.hpp"

#include <gmock/gmock.h>

#include "tests/models/random_case.hpp"

namespace tuopin::testing {
namespace {

/// The columns of all streams of payments, kept though no rule asks.
Catalogue keeping_all() {
  Catalogue catalogue = shipped_catalogue();
  for (const Stream& stream : shipped_streams())
    if (stream.is_paid()) catalogue.last_years.emplace(stream.last_year);
  return catalogue;
}

TEST(PaymentsLastYear, AreWhatTheYearPaid) {
  const Catalogue all = keeping_all();
  int seen = 0;
  for (std::uint64_t number = 0; number < 60; ++number) {
    SCOPED_TRACE(number);
    const Case c(number);
    SimulatedRun kept(c.scenario, c.sharded, c.calibration, c.seed, 0, 1, nullptr, {}, all),
        plain(c.scenario, c.sharded, c.calibration, c.seed);
    for (int year = first_year; year <= std::min(first_year + 2, c.last_year); ++year) {
      EXPECT_EQ(kept.simulate_year().hash, plain.simulate_year().hash);
      const World& world = kept.world();
      std::vector<std::int64_t> fen(world.shard.rows, 0);
      for (const Stream& stream : shipped_streams()) {
        if (!stream.is_paid()) continue;
        const auto brought = world.household<float>(stream.last_year);
        const auto paid = world.household<std::int32_t>(stream.column);
        for (std::uint32_t row = 0; row < world.shard.rows; ++row) {
          ASSERT_EQ(brought[row], static_cast<float>(paid[row] * 0.01 / world.shard.people.members[row]))
              << stream.name;
          fen[row] += paid[row];
          seen += paid[row] > 0;
        }
      }
      const auto payments = world.household<std::int32_t>("payments");
      for (std::uint32_t row = 0; row < world.shard.rows; ++row) ASSERT_EQ(fen[row], payments[row]);
    }
  }
  EXPECT_GT(seen, 500);
}

/// A rule never learns true income: what an office did not pay it knows only as measured.
TEST(PaymentsLastYear, MarketIncomeIsNotOffered) {
  const Case c(1);
  const StateSchema schema = shipped_catalogue().schema_of(c.scenario);
  EXPECT_THAT(schema.offered(household_level), ::testing::Contains("allowance_last_year"));
  EXPECT_THAT(schema.offered(household_level), ::testing::Not(::testing::Contains("wage_last_year")));
  EXPECT_FALSE(keeping_all().schema_of(c.scenario).has("household.wage_last_year"));
}

}  // namespace
}  // namespace tuopin::testing
