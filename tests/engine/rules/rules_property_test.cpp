// Random rules: the fast and the plain evaluator agree bit for bit, and no text whatever breaks the compiler.
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
