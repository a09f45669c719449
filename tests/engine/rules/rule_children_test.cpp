// Rules that read child tables: the plain and the fast evaluator side by side, and both against sums made here.
#include "engine/rules/rule_children.hpp"

#include <gmock/gmock.h>

#include "tests/engine/rules/rule_fixture.hpp"

namespace tuopin::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

const std::vector<ColumnSpec>& plot_columns() {
  static const std::vector<ColumnSpec> columns = {
      {"area", Column::Type::f32, "mu", "area", "", true, {}},
      {"trees", Column::Type::u16, "trees", "trees", "", true, {}},
      {"owner", Column::Type::u8, "1", "who owns it", "", true, {"self", "village"}},
      {"secret", Column::Type::u8, "1", "nothing for rules", "", false, {}},
  };
  return columns;
}

RuleScope scope() {
  RuleScope scope = person_scope();
  scope.levels[1].children.push_back({"plot", &plot_columns()});
  scope.levels[1].on_demand = {"wage_last_year"};
  return scope;
}

/// Households in blocks of different sizes, each with none to four plots.
struct Farms {
  explicit Farms(std::uint32_t persons, std::uint32_t seed) : world(persons, seed) {
    std::mt19937 luck(seed + 1);
    const auto households = static_cast<std::uint32_t>(world.households.rows());
    count.assign(households, 0);
    area.assign(households, 0);
    for (std::uint32_t begin = 0; begin < households;) {
      const std::uint32_t size =
          std::min<std::uint32_t>(households - begin, 1 + static_cast<std::uint32_t>(luck() % 700));
      ChildRows& rows = blocks.emplace_back(plot_columns(), initial);
      block_begin.push_back(begin);
      std::vector<std::uint32_t> parents;
      for (std::uint32_t i = 0; i < size; ++i)
        for (std::uint32_t n = static_cast<std::uint32_t>(luck() % 5); n > 0; --n) parents.push_back(i);
      rows.add(parents);
      for (std::uint32_t i = 0; i < parents.size(); ++i) {
        rows.values<float>(0)[i] = static_cast<float>(luck() % 1000) / 7.0f;
        rows.values<std::uint16_t>(1)[i] = static_cast<std::uint16_t>(luck() % 50);
        ++count[begin + parents[i]];
        area[begin + parents[i]] += static_cast<double>(rows.values<float>(0)[i]);
      }
      begin += size;
    }
  }
  RuleData data() const {
    RuleData data = world.data();
    data.levels[1].children.push_back({blocks, block_begin});
    return data;
  }
  World world;
  std::vector<double> initial = {0, 0, 0, 0};
  std::vector<ChildRows> blocks;
  std::vector<std::uint32_t> block_begin;
  std::vector<double> count, area;  ///< by household
};

Rule compile(std::string_view text, Rule::Type type) {
  std::vector<Problem> problems;
  Rule rule(text, type, scope(), {}, problems);
  for (const Problem& problem : problems) ADD_FAILURE() << to_text(problem);
  return rule;
}

TEST(RuleChildren, CountsAndSums) {
  for (std::uint32_t seed = 1; seed <= 20; ++seed) {
    SCOPED_TRACE(seed);
    const Farms farms(100 + 300 * seed, seed);
    const RuleData data = farms.data();
    const auto persons = static_cast<std::uint32_t>(farms.world.persons.rows());
    const Rule number = compile("count(plot) + 2 * sum(plot.area)", Rule::Type::number);
    const Rule boolean = compile("age > 20 and count(plot) >= 2 and sum(plot.area) < 200", Rule::Type::boolean);
    // Persons in any order, some twice.
    std::vector<std::uint32_t> rows;
    std::mt19937 luck(seed);
    for (std::uint32_t i = 0; i < 2 * persons; ++i) rows.push_back(static_cast<std::uint32_t>(luck() % persons));
    std::vector<double> values(rows.size());
    number.evaluate(data, rows, values);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const std::uint32_t household = farms.world.household_of[rows[i]];
      ASSERT_EQ(values[i], farms.count[household] + 2 * farms.area[household]);
      ASSERT_EQ(values[i], number.plain_value(data, rows[i]));
    }
    std::vector<std::uint32_t> selected, expected;
    boolean.select(data, 0, persons, selected);
    const auto& age = farms.world.persons.column<std::uint8_t>("age");
    for (std::uint32_t row = 0; row < persons; ++row) {
      const std::uint32_t household = farms.world.household_of[row];
      if (age[row] > 20 && farms.count[household] >= 2 && farms.area[household] < 200) expected.push_back(row);
      ASSERT_EQ(boolean.plain_value(data, row) != 0, !expected.empty() && expected.back() == row);
    }
    ASSERT_EQ(selected, expected);
    std::vector<std::uint32_t> kept(persons);
    for (std::uint32_t row = 0; row < persons; ++row) kept[row] = row;
    boolean.keep(data, kept);
    ASSERT_EQ(kept, expected);
  }
}

TEST(RuleChildren, AreDeclaredAndNeverSteady) {
  const Rule rule = compile("count(plot) > 0 and sum(plot.trees) > 3 and village.poor_village", Rule::Type::boolean);
  EXPECT_THAT(rule.reads(), ElementsAre("plot", "plot.trees", "village.poor_village"));
  const RuleParts parts = rule.parts([](RuleTable) { return true; }, {1, 1});
  EXPECT_EQ(parts.steady.name(), rule.text() + " /2");
}

std::string said(std::string_view text) {
  std::vector<Problem> problems;
  const Rule rule(text, Rule::Type::number, scope(), {"p.toml", 1, 1}, problems);
  std::string all;
  for (const Problem& problem : problems) all += to_text(problem) + "\n";
  return all;
}

TEST(RuleChildren, SlipsAreNamed) {
  EXPECT_THAT(said("count(plots)"), HasSubstr("did you mean plot?"));
  EXPECT_THAT(said("count(1)"), HasSubstr("there are: plot"));
  EXPECT_THAT(said("sum(plot)"), HasSubstr("as in sum(plot.area)"));
  EXPECT_THAT(said("sum(plot.aera)"), HasSubstr("did you mean plot.area?"));
  EXPECT_THAT(said("sum(plot.secret)"), HasSubstr("cannot be summed"));
  EXPECT_THAT(said("sum(plot.owner)"), HasSubstr("cannot be summed"));
  EXPECT_THAT(said("plot.area"), HasSubstr("sum(plot.area)"));
  EXPECT_THAT(said("count"), HasSubstr("is a function"));
  EXPECT_THAT(said("count(plot, plot)"), HasSubstr("takes 1 value"));
  EXPECT_THAT(said("household.wage_last_yer"), HasSubstr("household.wage_last_year"));
  EXPECT_THAT(said("count(plot) and true"), HasSubstr("true or false was expected"));
  std::vector<Problem> problems;
  const Rule none("count(plot)", Rule::Type::number, person_scope(), {}, problems);
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_THAT(to_text(problems[0]), HasSubstr("no child table"));
}

}  // namespace
}  // namespace tuopin::testing
