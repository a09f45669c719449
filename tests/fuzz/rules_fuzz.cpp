// Any text as a rule: it compiles or problems are reported, and then both evaluators give the same bits for every row.
#include <bit>
#include <cmath>

#include "tests/engine/rules/rule_fixture.hpp"
#include "tests/fuzz/fuzz_tools.hpp"

namespace tuopin::fuzz {
namespace {

constexpr std::uint32_t persons = 1100;  // more than one block of rows

const testing::World& world() {
  static const testing::World shared(persons);
  return shared;
}

/// Equal bits; which of several NaNs comes out is not promised.
bool same(double a, double b) {
  return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b) || (std::isnan(a) && std::isnan(b));
}

void compare_numbers(const Rule& rule, const RuleData& data, std::uint32_t stride) {
  std::vector<std::uint32_t> rows;
  for (std::uint32_t i = 0; i < persons; ++i) rows.push_back(i * stride % persons);
  std::vector<double> values(rows.size());
  bool finite = true, refused = false;
  for (const std::uint32_t row : rows) finite = finite && std::isfinite(rule.plain_value(data, row));
  try {
    rule.evaluate(data, rows, values);
  } catch (const ScenarioError&) {
    refused = true;
  }
  must(refused != finite, "what is not finite is refused, and nothing else");
  for (std::size_t i = 0; i < rows.size(); ++i)
    must(same(values[i], rule.plain_value(data, rows[i])), "both evaluators give the same bits");
}

void compare_selection(const Rule& rule, const RuleData& data, std::uint32_t begin) {
  std::vector<std::uint32_t> fast, plain;
  rule.select(data, begin, persons, fast);
  for (std::uint32_t row = begin; row < persons; ++row)
    if (rule.plain_value(data, row) != 0) plain.push_back(row);
  must(fast == plain, "both evaluators select the same rows");
}

}  // namespace
}  // namespace tuopin::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace tuopin;
  const std::string_view text = fuzz::as_text(bytes, size);
  const RuleData data = fuzz::world().data();
  for (const Rule::Type type : {Rule::Type::boolean, Rule::Type::number}) {
    std::vector<Problem> problems;
    const Rule rule(text, type, testing::person_scope(), {"p.toml", 3, 5}, problems);
    fuzz::must(rule.valid() == problems.empty(), "a rule is valid or has problems");
    fuzz::must_be_readable(problems);
    if (!rule.valid()) continue;
    const auto odd = static_cast<std::uint32_t>(size % 7);
    if (type == Rule::Type::number)
      fuzz::compare_numbers(rule, data, 1 + 2 * odd);  // odd strides: every row once, in another order
    else
      fuzz::compare_selection(rule, data, 100 * odd);
  }
  return 0;
}
