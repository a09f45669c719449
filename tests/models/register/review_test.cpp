// The yearly review of the register: who enters by which line, and in the year of a look-back. With detection one or
// zero nothing is left to luck.
#include "models/register/review.hpp"

#include <gtest/gtest.h>

#include "tests/models/scenario_files.hpp"
#include "tests/models/worlds.hpp"

namespace tuopin {
namespace {

using namespace testing;

constexpr std::uint32_t households = 4000;
constexpr double statistical = 2855, administrative = 3300;

Scenario of_register(const std::string& keys) {
  Analytic parts;
  parts.of_register = keys;
  return analytic_scenario(parts, region_of(1, statistical, administrative, 2018));
}

struct Entries {
  int below_statistical = 0, between = 0, above = 0, missed = 0;
};

/// Households that a year's review took in, by measured income; and those below the statistical line that it left out.
Entries entries_of(SimulatedRun& run) {
  const auto before = run.world().household<std::uint8_t>("registered");
  const std::vector<std::uint8_t> was(before.begin(), before.end());
  run.simulate_year();
  const auto now = run.world().household<std::uint8_t>("registered");
  const auto measured = run.world().household<float>("measured_income");
  Entries entries;
  for (std::size_t row = 0; row < was.size(); ++row) {
    if (was[row]) continue;
    if (!now[row])
      entries.missed += measured[row] < statistical;
    else
      ++(measured[row] < statistical      ? entries.below_statistical
         : measured[row] < administrative ? entries.between
                                          : entries.above);
  }
  return entries;
}

TEST(Review, EntersByTheEntryLineAndLeavesByTheOther) {
  const Population population = analytic_population(households);
  const ShardedPopulation sharded(population, 1, 1);
  SimulatedRun run(of_register("line = \"administrative\"\nentry_line = \"statistical\"\ndetection = 1.0"), sharded,
                   document_calibration);
  run.simulate_year();
  for (int year = 2016; year <= 2018; ++year) {
    const Entries entries = entries_of(run);
    EXPECT_GT(entries.below_statistical, 50) << year;
    EXPECT_EQ(entries.between + entries.above + entries.missed, 0) << year;
    const auto registered = run.world().household<std::uint8_t>("registered");
    const auto measured = run.world().household<float>("measured_income");
    for (std::size_t row = 0; row < registered.size(); ++row) {
      if (registered[row]) {
        EXPECT_LT(measured[row], administrative);
      }
    }
  }
}

TEST(Review, EntersByTheLineOfTheRegisterWhereNoOtherIsGiven) {
  const Population population = analytic_population(households);
  const ShardedPopulation sharded(population, 1, 1);
  SimulatedRun run(of_register("line = \"administrative\"\ndetection = 1.0"), sharded, document_calibration);
  run.simulate_year();
  const Entries entries = entries_of(run);
  EXPECT_GT(entries.between, 20);
  EXPECT_EQ(entries.above + entries.missed, 0);
}

TEST(Review, LooksBackInOneYear) {
  const Population population = analytic_population(households);
  const ShardedPopulation sharded(population, 1, 1);
  SimulatedRun run(
      of_register("line = \"statistical\"\ndetection = 0.0\nlook_back_year = 2017\nlook_back_detection = { "
                  "value = 1.0, unit = \"share/year\", source = \"assumption: a test\" }"),
      sharded, document_calibration);
  run.simulate_year();
  EXPECT_EQ(entries_of(run).below_statistical, 0);
  const Entries looked_back = entries_of(run);
  EXPECT_GT(looked_back.below_statistical, 50);
  EXPECT_EQ(looked_back.missed, 0);
  EXPECT_EQ(entries_of(run).below_statistical, 0);
}

TEST(Review, RefusesALookBackInNoSimulatedYear) {
  for (const char* year : {"2015", "2031"}) {
    HamletFiles files;
    files.change("baseline.toml", "[register]",
                 std::string("[register]\nlook_back_detection = { value = 0.3, unit = \"share/year\", source = "
                             "\"assumption: a test\" }\nlook_back_year = ") +
                     year);
    const auto refusals = files.refusals("baseline.toml");
    ASSERT_EQ(refusals.size(), 1) << year;
    EXPECT_NE(refusals[0].find(std::string("register.look_back_year: is ") + year + ", expected 2016 to 2020"),
              std::string::npos)
        << refusals[0];
  }
}

}  // namespace
}  // namespace tuopin
