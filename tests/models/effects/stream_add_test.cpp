// Top-ups: assessed on income without any top-up, one a household, and refused where two could meet.
#include <gmock/gmock.h>

#include "tests/models/random_case.hpp"

namespace tuopin::testing {
namespace {

using ::testing::HasSubstr;

constexpr double line = 3000, mean = 6648, sigma = 0.8;

/// An allowance of 80% of the gap to 3,000 yuan for the first 1,000 households in 2016.
std::string allowance(const std::string& unit = "household", const std::string& stream = "allowance",
                      const std::string& more = "", int years = 10) {
  return fmt::format(
      "title = \"allowance\"\nwindow = [2016, 2016]\nunit = \"{}\"\neligible = \"year > 0\"\n[evidence]\ngrade = "
      "\"D\"\n"
      "source = \"assumption: a test\"\n[score]\nexpression = \"1\"\nnoise_sd = 0.0\n[capacity]\nunit = \"posts\"\n"
      "by_year = {{ 2016 = 1000 }}\nsource = \"assumption: a test\"\n[effect.top_up]\nverb = \"stream_add\"\n"
      "stream = \"{}\"\ntop_up_to = {{ from_year = {{ 2016 = 3000 }}, source = \"assumption: a test\" }}\n"
      "adequacy = 0.8\n{}[duration]\nyears = {}\n[cost]\nfunding = {{ gifts = 1.0 }}\n",
      unit, stream, more, years);
}

/// Incomes that never change: their variance is permanent alone, and nothing is measured in error.
Scenario constant_incomes(const std::string& safety_net, const std::vector<std::string>& programmes) {
  Scenario scenario = analytic_scenario({}, region_of(1, line, line, 2019));
  scenario.settings = settings_of(
      "title = \"constant\"\nregion = \"region/region.toml\"\n[growth]\nnominal = { value = 0.0, unit = "
      "\"share/year\", "
      "source = \"assumption: a test\" }\n[income]\npermanent_share = 1.0\npersistent_share = 0.0\nautocorrelation = "
      "0.5\nmeasurement_share = 0.0\nstreams = false\n[shocks]\noff = true\nreason = \"a test\"\n[labour]\n"
      "days_per_worker = 300\ndisplacement = 0.0\n[safety_net]\n" +
          safety_net +
          "\n[guarantees]\noff = true\nreason = \"a test\"\n[measurement]\nmean_reversion = 0.0\n[register]\nline = "
          "\"statistical\"\n[funds.gifts]\nunlimited = true\nreason = \"a test\"\n",
      shipped_file_kinds().scenario, "constant");
  for (const std::string& programme : programmes)
    scenario.programmes.push_back(settings_of(programme, shipped_file_kinds().programme,
                                              "allowance_" + std::to_string(scenario.programmes.size())));
  return scenario;
}

constexpr const char* no_safety_net = "off = true\nreason = \"a test\"";
constexpr const char* old_safety_net = "coverage = 0.5\nadequacy = 0.5\napplies_below = 1.0\nassessment_sd = 0.0";

/// Yuan that a household of one would have without top-ups: market income is true income less payments.
double without_payments(const World& world, std::uint32_t row) {
  return static_cast<double>(world.household<float>("true_income")[row]) -
         world.household<std::int32_t>("payments")[row] * 0.01;
}

/// Known answer: where incomes are constant, 80% of the gap to the line is paid every year, not less in the second.
TEST(TopUp, DoesNotEatItself) {
  const Population population = analytic_population(3000);
  const ShardedPopulation sharded(population, 1, 1);
  SimulatedRun run(constant_incomes(no_safety_net, {allowance()}), sharded, {sigma, mean, 1});
  run.simulate_year();
  for (int year = 2016; year <= 2019; ++year) {
    run.simulate_year();
    int topped_up = 0;
    for (std::uint32_t row = 0; row < 3000; ++row) {
      if (!run.world().household<std::uint8_t>("holds_top_up")[row]) continue;
      const double gap = std::max(0.0, line - without_payments(run.world(), row));
      // Half a fen of rounding, and the precision of incomes stored as float (2^-24 of 3,000 yuan, twice).
      EXPECT_NEAR(run.world().household<std::int32_t>("top_ups")[row], 100 * 0.8 * gap, 0.55) << year << " " << row;
      topped_up += gap > 0;
    }
    EXPECT_GT(topped_up, 200) << year;
  }
}

/// The old safety net and the programme are one allowance: who is on the list of the one cannot enter the other.
TEST(TopUp, NobodyDrawsTwo) {
  const Population population = analytic_population(3000);
  const ShardedPopulation sharded(population, 1, 1);
  SimulatedRun run(constant_incomes(old_safety_net, {allowance(), allowance("household", "allowance", "", 1)}), sharded,
                   {sigma, mean, 1});
  run.simulate_year();
  for (int year = 2016; year <= 2018; ++year) {
    run.simulate_year();
    int of_programme = 0, of_safety_net = 0;
    for (std::uint32_t row = 0; row < 3000; ++row) {
      const bool held = run.world().household<std::uint8_t>("holds_top_up")[row];
      const double gap = std::max(0.0, line - without_payments(run.world(), row));
      const std::int32_t top_ups = run.world().household<std::int32_t>("top_ups")[row];
      ASSERT_FALSE(held && run.world().household<std::uint8_t>("on_safety_net_list")[row]);
      if (held) EXPECT_NEAR(top_ups, 100 * 0.8 * gap, 0.55) << year << " " << row;
      if (!held && gap == 0) EXPECT_EQ(top_ups, 0);
      (held ? of_programme : of_safety_net) += top_ups > 0;
    }
    EXPECT_GT(of_safety_net, 50) << year;
    EXPECT_GT(of_programme, 200) << year;
  }
}

bool tops_up(const Settings& programme) {
  const std::vector<std::string> effects = programme.tables("effect");
  return std::any_of(effects.begin(), effects.end(),
                     [&](const std::string& effect) { return programme.has("effect." + effect + ".top_up_to"); });
}

/// In random worlds: what is topped up is part of what is paid, and who holds no place draws from the safety net only.
TEST(TopUp, IsPartOfWhatIsPaid) {
  int held = 0;
  for (std::uint64_t number = 0; number < cases; ++number) {
    const Case c(number);
    SimulatedRun run(c.scenario, c.sharded, c.calibration, c.seed);
    for (int year = first_year; year <= c.last_year; ++year) {
      run.simulate_year();
      const World& world = run.world();
      for (std::uint32_t row = 0; row < world.shard.rows; ++row) {
        ASSERT_LE(world.household<std::int32_t>("top_ups")[row], world.household<std::int32_t>("payments")[row]);
        ASSERT_LE(world.household<float>("assessed_income")[row], world.household<float>("measured_income")[row]);
        int places = 0;
        for (std::size_t p = 0; p < c.scenario.programmes.size(); ++p)
          if (const auto& holds = world.programmes[p].holds; tops_up(c.scenario.programmes[p]) && !holds.empty())
            places += holds[row];
        ASSERT_EQ(places, world.household<std::uint8_t>("holds_top_up")[row]) << number << " " << year;
        held += places;
      }
    }
  }
  EXPECT_GT(held, int{cases * 3 / 10});
}

std::string problem_of(const std::string& programme) {
  const Population population = analytic_population(600);
  const ShardedPopulation sharded(population, 1, 1);
  try {
    SimulatedRun run(constant_incomes(no_safety_net, {programme}), sharded, {sigma, mean, 1});
  } catch (const ScenarioError& error) {
    return error.what();
  }
  return "";
}

TEST(TopUp, IsRefusedWhereTwoCouldMeet) {
  EXPECT_EQ(problem_of(allowance()), "");
  EXPECT_THAT(problem_of(allowance("person")), HasSubstr("two of one household would both draw it"));
  EXPECT_THAT(problem_of(allowance("household", "pension")), HasSubstr("a top-up is paid as an allowance"));
  EXPECT_THAT(problem_of(allowance("household", "allowance",
                                   "[effect.second]\nverb = \"stream_add\"\nstream = \"allowance\"\nadequacy = 0.5\n"
                                   "top_up_to = { from_year = { 2016 = 2000 }, source = \"assumption: a test\" }\n")),
              HasSubstr("second top-up of the same household"));
}

}  // namespace
}  // namespace tuopin::testing
