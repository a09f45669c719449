// Numbers at given positions of their ranges, in place of a draw.
#include "models/scenario/draw.hpp"

#include <gmock/gmock.h>

#include "models/population/synthesis.hpp"
#include "models/run/numbers.hpp"
#include "tests/models/scenario_files.hpp"

namespace tuopin {
namespace {

Quantity number(Shape shape) {
  Quantity quantity;
  quantity.name = "growth.nominal";
  quantity.value = 0.31;
  quantity.low = 0.07;
  quantity.high = 0.93;
  quantity.shape = shape;
  quantity.lower_bound = 0;
  quantity.upper_bound = 1;
  return quantity;
}

TEST(Positions, TheEndsOfARangeAreExact) {
  for (const Shape shape : {Shape::triangular, Shape::normal, Shape::lognormal, Shape::uniform}) {
    EXPECT_EQ(value_at(number(shape), 0.05), 0.07);
    EXPECT_EQ(value_at(number(shape), 0.95), 0.93);
    EXPECT_EQ(value_at(number(shape), 0.4), quantile(number(shape), 0.4));
  }
  EXPECT_EQ(value_at(number(Shape::fixed), 0.05), 0.31);
}

TEST(Positions, OnlyNamedNumbersMove) {
  DrawAddress address{1, 7, false, 0, std::make_shared<const Positions>(Positions{{"growth.nominal", 0.95}})};
  EXPECT_EQ(drawn(number(Shape::normal), address), 0.93);
  Quantity other = number(Shape::normal);
  other.name = "growth.other";
  EXPECT_EQ(drawn(other, address), 0.31) << "its value, not a draw";
  address.central = true;
  EXPECT_EQ(drawn(number(Shape::normal), address), 0.31);
}

std::vector<const Scenario*> pointers(const std::vector<Scenario>& scenarios) {
  std::vector<const Scenario*> all;
  for (const Scenario& scenario : scenarios) all.push_back(&scenario);
  return all;
}

std::vector<Scenario> hamlet(const std::vector<std::string>& names) {
  std::vector<Scenario> scenarios;
  std::vector<Problem> problems;
  for (const std::string& name : names)
    scenarios.push_back(load_scenario(std::string(TUOPIN_SOURCE_DIR) + "/scenarios/hamlet/" + name, problems));
  EXPECT_TRUE(problems.empty());
  return scenarios;
}

TEST(Positions, MarginsMoveByNameAndPlace) {
  const std::vector<Scenario> scenarios = hamlet({"plan.toml"});
  const Margins& margins = scenarios[0].region->margins;
  const Margin& before = *margins.own("housing_unsafe", "hamlet");
  ASSERT_LT(before.low, before.high);
  const Margins placed = margins.placed({{"margin.housing_unsafe.hamlet", 0.05}, {"margin.male.upper", 0.95}});
  EXPECT_EQ(placed.own("housing_unsafe", "hamlet")->value, before.low);
  for (const auto& [key, margin] : placed.rows())
    if (key.first != "housing_unsafe") EXPECT_EQ(margin.value, margins.own(key.first, key.second)->value) << key.first;
}

TEST(NumbersUsed, AreThoseThatTheStudyCounts) {
  for (const char* name : {"baseline.toml", "plan.toml"}) {
    const std::vector<Scenario> scenarios = hamlet({name});
    InputCount found;
    for (const NumberUsed& number : numbers_of(pointers(scenarios))) {
      if (number.by_default) continue;
      const Status status = number.quantity.status;
      (status == Status::published ? found.published : status == Status::derived ? found.derived : found.assumption)++;
    }
    const InputCount counted = count_inputs(scenarios[0]);
    EXPECT_EQ(found.published, counted.published);
    EXPECT_EQ(found.derived, counted.derived);
    EXPECT_EQ(found.assumption, counted.assumption);
  }
}

TEST(NumbersUsed, OneThatTwoScenariosReadIsListedOnce) {
  const std::vector<Scenario> scenarios = hamlet({"baseline.toml", "plan.toml"});
  int growth = 0, defaults = 0;
  for (const NumberUsed& number : numbers_of(pointers(scenarios))) {
    if (number.quantity.name == "growth.nominal") {
      ++growth;
      EXPECT_THAT(number.scenarios, testing::ElementsAre("baseline", "plan"));
      EXPECT_TRUE(number.ranges());
      EXPECT_GT(number.quantity.origin.line, 0);
    }
    if (number.quantity.name == "register_income.wage") {
      ++defaults;
      EXPECT_TRUE(number.by_default);
    }
    if (number.kind == NumberKind::line && number.year == 2015) {
      EXPECT_FALSE(number.ranges()) << "never drawn";
      EXPECT_LT(number.quantity.low, number.quantity.high) << "as its file says";
    }
  }
  EXPECT_EQ(growth, 1);
  EXPECT_EQ(defaults, 1);
}

}  // namespace
}  // namespace tuopin
