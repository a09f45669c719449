// Rules: what they compute, tested by hand-written answers, the plain and the fast evaluator side by side.
#include "engine/rules/rules.hpp"

#include <gmock/gmock.h>

#include <thread>

#include "engine/base/numbers.hpp"
#include "tests/engine/rules/rule_fixture.hpp"

namespace tuopin::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Rule compile(std::string_view text, Rule::Type type) {
  std::vector<Problem> problems;
  Rule rule(text, type, person_scope(), {"p.toml", 7, 13}, problems);
  for (const Problem& problem : problems) ADD_FAILURE() << to_text(problem);
  return rule;
}

/// Both evaluators for every person; they must agree before either is compared with the answer.
std::vector<double> both(std::string_view text, const World& world, Rule::Type type) {
  const Rule rule = compile(text, type);
  const RuleData data = world.data();
  const auto count = static_cast<std::uint32_t>(world.persons.rows());
  std::vector<double> fast(count), plain(count);
  std::vector<std::uint32_t> rows;
  if (type == Rule::Type::boolean) {
    rule.select(data, 0, count, rows);
    for (const std::uint32_t row : rows) fast[row] = 1;
  } else {
    for (std::uint32_t i = 0; i < count; ++i) rows.push_back(i);
    rule.evaluate(data, rows, fast);
  }
  for (std::uint32_t i = 0; i < count; ++i) plain[i] = rule.plain_value(data, i);
  EXPECT_EQ(fast, plain) << text;
  return fast;
}

double number(std::string_view text) { return both(text, World(5), Rule::Type::number)[0]; }
bool truth(std::string_view text) { return both(text, World(5), Rule::Type::boolean)[0] != 0; }

TEST(Rules, ArithmeticBindsAsInSchool) {
  EXPECT_EQ(number("1 + 2 * 3"), 7);
  EXPECT_EQ(number("(1 + 2) * 3"), 9);
  EXPECT_EQ(number("10 - 4 - 3"), 3);
  EXPECT_EQ(number("24 / 4 / 2"), 3);
  EXPECT_EQ(number("-2 * 3 - -1"), -5);
  EXPECT_EQ(number(".5 + 1e2 + 2.5E-1"), 100.75);
}

TEST(Rules, LogicBindsLooserThanComparison) {
  EXPECT_TRUE(truth("true or false and false"));
  EXPECT_FALSE(truth("(true or false) and false"));
  EXPECT_FALSE(truth("not 1 < 2"));
  EXPECT_TRUE(truth("not 1 > 2 and 3 == 3"));
  EXPECT_TRUE(truth("1 + 1 == 2 and 2 != 3"));
  EXPECT_TRUE(truth("not not true"));
}

TEST(Rules, Functions) {
  EXPECT_EQ(number("min(3, 1, 2)"), 1);
  EXPECT_EQ(number("max(3, 1, 2, 5)"), 5);
  EXPECT_EQ(number("abs(-4) + abs(4)"), 8);
  EXPECT_EQ(number("if(1 < 2, 10, 20)"), 10);
  EXPECT_TRUE(truth("if(1 > 2, false, true)"));
  EXPECT_EQ(number("log(0.5)"), fixed_log(0.5)) << "an income below the line ranks by how far it lies below";
  EXPECT_EQ(number("log(-7)"), fixed_log(1e-6)) << "what has no logarithm counts as a millionth";
  EXPECT_EQ(number("log(2)"), fixed_log(2));
  EXPECT_EQ(number("exp(1.5)"), fixed_exp(1.5));
}

TEST(Rules, ReadsTheUnitAndWhatItBelongsTo) {
  const World world;
  const auto ages = both("age", world, Rule::Type::number);
  const auto own_name = both("person.age", world, Rule::Type::number);
  const auto incomes = both("household.measured_income - line", world, Rule::Type::number);
  const auto remote = both("village.remoteness", world, Rule::Type::number);
  for (std::uint32_t i = 0; i < world.persons.rows(); ++i) {
    const std::uint32_t household = world.household_of[i], village = world.village_of[household];
    ASSERT_EQ(ages[i], world.persons.column<std::uint8_t>("age")[i]);
    ASSERT_EQ(own_name[i], ages[i]);
    ASSERT_EQ(incomes[i], world.state.column<double>("measured_income")[household] - 2855.0);
    ASSERT_EQ(remote[i], static_cast<double>(world.villages.column<float>("remoteness")[village]));
  }
}

TEST(Rules, LaterCodebookOfALevelHidesTheEarlier) {
  World world(9);
  world.households.column<std::uint8_t>("housing_safe")[0] = 1;
  world.state.column<std::uint8_t>("housing_safe")[0] = 0;
  EXPECT_EQ(both("household.housing_safe", world, Rule::Type::boolean)[0], 0);
}

TEST(Rules, CategoriesCompareByTheOrderOfTheirLabels) {
  const World world;
  const auto able = both("work_ability >= partial", world, Rule::Type::boolean);
  const auto turned = both("partial <= work_ability", world, Rule::Type::boolean);
  const auto alike = both("sex == household.head_sex", world, Rule::Type::boolean);
  for (std::uint32_t i = 0; i < world.persons.rows(); ++i) {
    ASSERT_EQ(able[i], world.persons.column<std::uint8_t>("work_ability")[i] >= 1);
    ASSERT_EQ(turned[i], able[i]);
    ASSERT_EQ(alike[i], world.persons.column<std::uint8_t>("sex")[i] ==
                            world.households.column<std::uint8_t>("head_sex")[world.household_of[i]]);
  }
}

TEST(Rules, FlagsCompareWithTrueAndFalseAndAnyOtherByteIsTrue) {
  World world(9);
  world.persons.column<std::uint8_t>("in_school")[0] = 7;
  EXPECT_EQ(both("in_school == true", world, Rule::Type::boolean)[0], 1);
  EXPECT_EQ(both("in_school != false", world, Rule::Type::boolean)[0], 1);
  EXPECT_EQ(both("in_school != household.registered", world, Rule::Type::boolean)[0],
            1 - world.state.column<std::uint8_t>("registered")[0]);
  EXPECT_EQ(both("if(in_school, 2, 3)", world, Rule::Type::number)[0], 2);
}

TEST(Rules, ConjunctsSelectTheSameRowsAsTheWhole) {
  const World world;
  const char* text =
      "household.registered and work_ability >= partial and age >= 18 and age <= 60 and "
      "village.poor_village and not in_school";
  const auto chosen = both(text, world, Rule::Type::boolean);
  EXPECT_EQ(both("if(" + std::string(text) + ", 1, 0)", world, Rule::Type::number), chosen);
  EXPECT_GT(std::count(chosen.begin(), chosen.end(), 1.0), 0);
}

TEST(Rules, SelectAppendsAscendingRowsOfItsRange) {
  const World world;
  const Rule rule = compile("age >= 0", Rule::Type::boolean);
  std::vector<std::uint32_t> rows = {42};
  rule.select(world.data(), 1021, 1026, rows);
  EXPECT_THAT(rows, ElementsAre(42, 1021, 1022, 1023, 1024, 1025));
  rule.select(world.data(), 5, 5, rows);
  EXPECT_EQ(rows.size(), 6u);
}

TEST(Rules, EvaluatesAnyRowsInAnyOrder) {
  const World world;
  const Rule rule = compile("household.measured_income + age", Rule::Type::number);
  std::vector<std::uint32_t> rows;
  for (std::uint32_t i = 0; i < 2500; ++i) rows.push_back((i * 1237) % 3000);
  std::vector<double> values(rows.size());
  rule.evaluate(world.data(), rows, values);
  for (std::size_t i = 0; i < rows.size(); ++i) ASSERT_EQ(values[i], rule.plain_value(world.data(), rows[i]));
}

TEST(Rules, RulesWithoutColumnsHoldForAllOrNone) {
  EXPECT_TRUE(truth("line > 2000"));
  EXPECT_FALSE(truth("age >= 0 and year > 2016"));
  EXPECT_EQ(number("line * 2"), 5710);
}

TEST(Rules, AValueThatIsNotFiniteIsAnErrorAndAGuardMendsIt) {
  const World world;
  const RuleData data = world.data();
  std::vector<std::uint32_t> rows(3000);
  for (std::uint32_t i = 0; i < 3000; ++i) rows[i] = i;
  std::vector<double> values(3000);
  const Rule rule = compile("household.members / household.able_workers", Rule::Type::number);
  EXPECT_THROW(rule.evaluate(data, rows, values), ScenarioError);
  const Rule guarded =
      compile("if(household.able_workers > 0, household.members / household.able_workers, 0)", Rule::Type::number);
  EXPECT_NO_THROW(guarded.evaluate(data, rows, values));
}

TEST(Rules, NamesWhatItReads) {
  const Rule rule =
      compile("household.registered and age >= 18 and age <= 60 and village.poor_village", Rule::Type::boolean);
  EXPECT_THAT(rule.reads(), ElementsAre("household.registered", "person.age", "village.poor_village"));
  EXPECT_EQ(rule.text(), "household.registered and age >= 18 and age <= 60 and village.poor_village");
}

TEST(Rules, OneRuleServesSeveralThreads) {
  const World world;
  const Rule rule = compile("household.registered and log(household.measured_income) > 7", Rule::Type::boolean);
  std::vector<std::uint32_t> alone, first, second;
  rule.select(world.data(), 0, 3000, alone);
  std::thread a([&] {
    for (int i = 0; i < 50; ++i) first.clear(), rule.select(world.data(), 0, 3000, first);
  });
  std::thread b([&] {
    for (int i = 0; i < 50; ++i) second.clear(), rule.select(world.data(), 0, 3000, second);
  });
  a.join();
  b.join();
  EXPECT_EQ(first, alone);
  EXPECT_EQ(second, alone);
}

TEST(Rules, MisuseByTheProgramThrows) {
  const World world;
  const RuleData data = world.data();
  std::vector<std::uint32_t> rows;
  std::vector<double> values(1);
  const Rule flag = compile("in_school", Rule::Type::boolean);
  EXPECT_THROW(flag.evaluate(data, std::vector<std::uint32_t>{0}, values), std::logic_error);
  EXPECT_THROW(flag.select(data, 0, 3001, rows), std::logic_error);
  RuleData unlinked = data;
  unlinked.levels[1].row_of_previous = {};
  EXPECT_THROW(compile("household.registered", Rule::Type::boolean).select(unlinked, 0, 3000, rows), std::logic_error);
}

TEST(Rules, ReferenceNamesEveryFunctionAndLimit) {
  const std::string page = rule_language_reference();
  for (const char* word :
       {"min(a, b, …)", "max(", "abs(a)", "log(a)", "exp(a)", "if(condition, a, b)", "4000", "512", "64"})
    EXPECT_THAT(page, HasSubstr(word));
}

}  // namespace
}  // namespace tuopin::testing
