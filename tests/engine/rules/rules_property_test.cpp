// Random rules: the fast and the plain evaluator agree bit for bit, and no text crashes the compiler.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <bit>
#include <cmath>

#include "tests/engine/rules/rule_fixture.hpp"

namespace tuopin::testing {
namespace {

using Text = rc::Gen<std::string>;

Text words(std::vector<std::string> choices) { return rc::gen::elementOf(std::move(choices)); }

template <typename... Parts>
Text joined(Parts... parts) {
  return rc::gen::map(rc::gen::tuple(parts...), [](const auto& pieces) {
    return std::apply([](const auto&... piece) { return (std::string() + ... + piece); }, pieces);
  });
}

Text just(std::string text) { return rc::gen::just(std::move(text)); }

Text random_boolean(int depth);

Text random_number(int depth) {
  const Text leaf =
      words({"age", "balance", "person.age", "household.members", "household.able_workers", "household.forest_mu",
             "household.measured_income", "village.remoteness", "line", "year", "0", "1", "2.5", "1e-3", "3000"});
  if (depth == 0) return leaf;
  return rc::gen::lazy([=] {
    const Text a = random_number(depth - 1), b = random_number(depth - 1), c = random_boolean(depth - 1);
    return rc::gen::oneOf(leaf, joined(just("("), a, words({" + ", " - ", " * ", " / "}), b, just(")")),
                          joined(words({"min(", "max("}), a, just(", "), b, just(", "), a, just(")")),
                          joined(words({"abs(", "log(", "exp(", "-("}), a, just(")")),
                          joined(just("if("), c, just(", "), a, just(", "), b, just(")")));
  });
}

Text random_boolean(int depth) {
  const Text leaf = words({"in_school", "household.registered", "household.housing_safe", "village.poor_village",
                           "true", "false", "sex == male", "work_ability >= partial", "none < work_ability",
                           "sex != household.head_sex", "village.terrain == karst"});
  if (depth == 0) return leaf;
  return rc::gen::lazy([=] {
    const Text a = random_boolean(depth - 1), b = random_boolean(depth - 1), c = random_boolean(depth - 1);
    const Text x = random_number(depth - 1), y = random_number(depth - 1);
    return rc::gen::oneOf(leaf, joined(a, just(" and "), b),
                          joined(just("("), a, words({" and ", " or ", ") == (", ") != ("}), b, just(")")),
                          joined(just("not ("), a, just(")")),
                          joined(x, words({" < ", " <= ", " > ", " >= ", " == ", " != "}), y),
                          joined(just("if("), c, just(", "), a, just(", "), b, just(")")));
  });
}

const World& world() {
  static const World shared(2200);
  return shared;
}

/// Equal bits; which of several NaNs comes out is not promised.
bool same(double a, double b) {
  return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b) || (std::isnan(a) && std::isnan(b));
}

RC_GTEST_PROP(RuleProperties, NumbersOfBothEvaluatorsHaveTheSameBits, ()) {
  const std::string text = *random_number(4);
  std::vector<Problem> problems;
  const Rule rule(text, Rule::Type::number, person_scope(), {}, problems);
  RC_PRE(text.size() <= 4000);
  for (const Problem& problem : problems) RC_FAIL(to_text(problem));
  const RuleData data = world().data();
  const auto stride = *rc::gen::element<std::uint32_t>(1, 3, 1237);
  std::vector<std::uint32_t> rows;
  for (std::uint32_t i = 0; i < 2200; ++i) rows.push_back((i * stride) % 2200);
  std::vector<double> values(rows.size());
  bool finite = true;
  for (const std::uint32_t row : rows) finite = finite && std::isfinite(rule.plain_value(data, row));
  try {
    rule.evaluate(data, rows, values);
    RC_ASSERT(finite);
  } catch (const ScenarioError&) {
    RC_ASSERT(!finite);
  }
  for (std::size_t i = 0; i < rows.size(); ++i) RC_ASSERT(same(values[i], rule.plain_value(data, rows[i])));
}

RC_GTEST_PROP(RuleProperties, BothEvaluatorsSelectTheSameRows, ()) {
  const std::string text = *random_boolean(4);
  RC_PRE(text.size() <= 4000);
  std::vector<Problem> problems;
  const Rule rule(text, Rule::Type::boolean, person_scope(), {}, problems);
  for (const Problem& problem : problems) RC_FAIL(to_text(problem));
  const RuleData data = world().data();
  const auto begin = *rc::gen::inRange<std::uint32_t>(0, 2200);
  const auto end = *rc::gen::inRange<std::uint32_t>(begin, 2201);
  std::vector<std::uint32_t> fast, scattered, plain;
  rule.select(data, begin, end, fast);
  rule.select(world().data(false), begin, end, scattered);
  for (std::uint32_t row = begin; row < end; ++row)
    if (rule.plain_value(data, row) != 0) plain.push_back(row);
  RC_ASSERT(fast == plain);
  RC_ASSERT(scattered == plain);
}

RC_GTEST_PROP(RuleProperties, PartsSelectWhatTheWholeSelects, ()) {
  std::string text = *random_boolean(3);
  const std::string more = *words({"", " and household.registered", " and not household.registered",
                                   " and not (not household.housing_safe) and age > 30", " and year > 2000"});
  text = "(" + text + ")" + more;
  RC_PRE(text.size() <= 4000);
  std::vector<Problem> problems;
  const Rule rule(text, Rule::Type::boolean, person_scope(), {}, problems);
  for (const Problem& problem : problems) RC_FAIL(to_text(problem));
  constexpr RuleTable state{1, 1};
  const RuleParts parts = rule.parts([&](RuleTable table) { return table != state; }, state);
  const RuleData data = world().data();

  std::vector<std::uint32_t> whole, rest, steady;
  rule.select(data, 0, 2200, whole);
  parts.steady.select(data, 0, 2200, steady);
  for (const std::uint32_t person : steady) {
    const auto holds = [&](const RuleParts::Flag& flag) {
      const auto values = world().state.column<std::uint8_t>(flag.column);
      return (values[world().household_of[person]] != 0) == flag.set;
    };
    if (std::all_of(parts.flags.begin(), parts.flags.end(), holds)) rest.push_back(person);
  }
  parts.other.keep(data, rest);
  RC_ASSERT(rest == whole);
  // The steady part must not depend on the state or on constants.
  World later(2200, 7);
  for (auto& income : later.state.column<double>("measured_income")) income += 1000;
  for (auto& registered : later.state.column<std::uint8_t>("registered")) registered ^= 1;
  RuleData of_later = later.data();
  for (double& constant : of_later.constants) constant += 1;
  std::vector<std::uint32_t> steady_later;
  parts.steady.select(of_later, 0, 2200, steady_later);
  RC_ASSERT(steady_later == steady);
}

RC_GTEST_PROP(RuleProperties, ABoundRuleHasTheValuesOfEachCall, ()) {
  const std::string text = *random_number(3);
  RC_PRE(text.size() <= 4000);
  std::vector<Problem> problems;
  const Rule rule(text, Rule::Type::number, person_scope(), {}, problems);
  for (const Problem& problem : problems) RC_FAIL(to_text(problem));
  const RuleData data = world().data();
  BoundRule bound(rule, data);
  for (const std::uint32_t first : {0u, 700u, 13u}) {
    std::vector<std::uint32_t> rows;
    for (std::uint32_t row = first; row < first + 1100; row += 1 + first % 3) rows.push_back(row);
    std::vector<double> of_bound(rows.size()), values(rows.size());
    bool finite = true;
    try {
      rule.evaluate(data, rows, values);
    } catch (const ScenarioError&) {
      finite = false;
    }
    try {
      bound.evaluate(rows, of_bound);
      RC_ASSERT(finite);
    } catch (const ScenarioError&) {
      RC_ASSERT(!finite);
    }
    for (std::size_t i = 0; i < rows.size(); ++i) RC_ASSERT(same(values[i], of_bound[i]));
    if (!finite) continue;
    std::vector<std::uint32_t> households;
    for (const std::uint32_t row : rows) households.push_back(world().household_of[row]);
    bound.evaluate(rows, of_bound, households);
    for (std::size_t i = 0; i < rows.size(); ++i) RC_ASSERT(same(values[i], of_bound[i]));
  }
}

TEST(RuleParts, AreNamedByTheirConjuncts) {
  std::vector<Problem> problems;
  const Rule rule("age > 3 and household.registered and year > 2016 and village.poor_village", Rule::Type::boolean,
                  person_scope(), {}, problems);
  const RuleParts parts = rule.parts([](RuleTable table) { return table != RuleTable{1, 1}; }, {1, 1});
  EXPECT_EQ(parts.steady.name(), rule.text() + " /0 /3");
  EXPECT_EQ(parts.other.name(), rule.text() + " /2");
  EXPECT_EQ(rule.name(), rule.text());
  ASSERT_EQ(parts.flags.size(), 1u);
  EXPECT_EQ(parts.flags[0].column, "registered");
  EXPECT_TRUE(parts.flags[0].set);
  EXPECT_TRUE(rule.parts([](RuleTable) { return true; }, {1, 1}).other.name() == rule.text() + " /2");
}

/// Whatever the text is: it compiles, or problems are reported; and the problems can be printed.
void survives(const std::string& text) {
  for (const Rule::Type type : {Rule::Type::boolean, Rule::Type::number}) {
    std::vector<Problem> problems;
    const Rule rule(text, type, person_scope(), {"p.toml", 3, 5}, problems);
    RC_ASSERT(rule.valid() == problems.empty());
    for (const Problem& problem : problems) RC_ASSERT(!to_text(problem).empty());
    if (rule.valid()) (void)rule.plain_value(world().data(), 0);
  }
}

RC_GTEST_PROP(RuleProperties, AnyBytesAreSurvived, (const std::string& text)) { survives(text); }

RC_GTEST_PROP(RuleProperties, AnyTokensAreSurvived, ()) {
  const auto pieces = *rc::gen::container<std::vector<std::string>>(words({"(",
                                                                           ")",
                                                                           ",",
                                                                           "and",
                                                                           "or",
                                                                           "not",
                                                                           "true",
                                                                           "if(",
                                                                           "min(",
                                                                           "log(",
                                                                           "-",
                                                                           "+",
                                                                           "*",
                                                                           "/",
                                                                           "<",
                                                                           ">=",
                                                                           "==",
                                                                           "!=",
                                                                           "age",
                                                                           "sex",
                                                                           "male",
                                                                           "full",
                                                                           "work_ability",
                                                                           "ethnicity",
                                                                           "village.terrain",
                                                                           "karst",
                                                                           "line",
                                                                           "1",
                                                                           "2e3",
                                                                           ".",
                                                                           "\n",
                                                                           "\xe4\xb8",
                                                                           "且",
                                                                           "=",
                                                                           "nobody",
                                                                           "a.b.c"}));
  std::string text;
  for (const std::string& piece : pieces) text += piece + " ";
  survives(text);
}

RC_GTEST_PROP(RuleProperties, RepeatedPiecesAreSurvived, ()) {
  const std::string piece = *words(
      {"(", "not ", "-", "abs(", "1+", "true and ", "if(true,", "a.", "\xff", "((1)", "1<", "min(1,", "x", "9", "\n"});
  const int times = *rc::gen::inRange(0, 5000);
  std::string text;
  for (int i = 0; i < times; ++i) text += piece;
  survives(text + "1");
}

}  // namespace
}  // namespace tuopin::testing
