// Eligibility: the split rule selects the same units as the whole rule, in any year and block.
#include "models/programme/eligibility.hpp"

#include "tests/models/random_case.hpp"

namespace tuopin::testing {
namespace {

/// A conjunction of pieces of every kind: founding values, flags, incomes, constants, of every level.
std::string random_rule(Dice& dice, bool person) {
  const std::string h = person ? "household." : "";
  std::vector<std::string> pieces = {h + "registered",
                                     "not " + h + "moved",
                                     "not (not " + h + "ever_registered)",
                                     h + "housing_safe",
                                     h + "members >= 2",
                                     h + "able_workers * 3 <= " + h + "members",
                                     "village.poor_village",
                                     "village.hazard_zone or village.forest_zone",
                                     h + "measured_income < 1.5 * line",
                                     h + "forest_mu > 10 or " + h + "registered",
                                     "year != 2017",
                                     "1 < 2",
                                     "true",
                                     h + "free_days > 100"};
  if (person) pieces.insert(pieces.end(), {"age >= 16 and age <= 60", "work_ability >= partial", "not in_school"});
  std::string rule;
  const int conjuncts = dice.whole(1, 5);
  for (int i = 0; i < conjuncts; ++i) rule += (i ? " and (" : "(") + dice.one_of(pieces) + ")";
  return rule;
}

void expect_the_same(const World& world, bool person, const std::string& text) {
  SCOPED_TRACE(text);
  std::vector<Problem> problems;
  const Rule rule(text, Rule::Type::boolean, rule_scope(person, *world.schema), {}, problems);
  for (const Problem& problem : problems) FAIL() << to_text(problem);
  const Eligibility eligibility(rule, person, *world.schema);
  const auto steady = eligibility.steady_units(world);
  EXPECT_EQ(steady, eligibility.steady_units(world));  // found once
  Eligibility::Units fast, plain;
  std::vector<std::uint8_t> marks;
  for (const Block& block : world.shard.blocks) {
    eligibility.select(world, *steady, block, marks, fast);
    eligibility.select_plainly(world, block, plain);
    ASSERT_EQ(fast.row, plain.row);
    ASSERT_EQ(fast.household, plain.household);
  }
}

TEST(Eligibility, PartsSelectWhatTheRuleSelects) {
  for (std::uint64_t number = 0; number < 100; ++number) {
    SCOPED_TRACE(number);
    Case c(number);
    SimulatedRun run(c.scenario, c.sharded, c.calibration, c.seed);
    for (int year = first_year; year <= c.last_year; ++year) {
      run.simulate_year();
      for (int i = 0; i < 5; ++i) {
        const bool person = c.dice.chance(0.5);
        expect_the_same(run.world(), person, random_rule(c.dice, person));
      }
    }
  }
}

TEST(Eligibility, BlocksBeginAnywhere) {
  Case c(7);
  Dice dice(77);
  const Population population = population_of_many_blocks(dice);
  c.scenario.region = std::make_shared<const Region>(region_of(3, 2300, 2300, c.last_year));
  const ShardedPopulation sharded(population, 1, 1);
  SimulatedRun run(c.scenario, sharded, c.calibration, c.seed);
  for (int year = 0; year < 2; ++year) {
    run.simulate_year();
    for (int i = 0; i < 20; ++i) expect_the_same(run.world(), i % 2, random_rule(dice, i % 2));
  }
}

}  // namespace
}  // namespace tuopin::testing
