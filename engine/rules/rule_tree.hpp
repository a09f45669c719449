// The syntax tree of a rule: built by the parser, annotated by the checker, used by both evaluators. Internal to
// engine/rules.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/errors.hpp"

namespace tuopin::rule {

/// Limits of one rule. They bound memory and recursion for any input.
inline constexpr std::size_t most_characters = 4000;
inline constexpr std::size_t most_nodes = 512;
inline constexpr int most_depth = 64;  ///< parentheses, functions and prefix operators inside one another

/// A piece of the rule's text, in bytes.
struct Span {
  std::size_t offset = 0, length = 0;
};

enum class Op : std::uint8_t {
  // leaves
  number,
  boolean,
  name,
  column,
  child_count,  ///< count(plot): rows of a child table
  child_sum,    ///< sum(plot.area): sum of a column over these rows
  constant,
  // one operand
  negate,
  logical_not,
  absolute,
  logarithm,
  exponential,
  count_of,  // before the check; after it a child_count
  sum_of,    // before the check; after it a child_sum
  // two numbers
  add,
  subtract,
  multiply,
  divide,
  minimum,
  maximum,
  less,
  less_equal,
  greater,
  greater_equal,
  equal,
  not_equal,
  // two booleans; equal and not_equal take them too
  logical_and,
  logical_or,
  // if(condition, a, b)
  choose,
};

/// Reads a value of each row from the data.
constexpr bool is_read(Op op) { return op >= Op::column && op <= Op::child_sum; }
constexpr bool is_comparison(Op op) { return op >= Op::less && op <= Op::not_equal; }
constexpr int operand_count(Op op) { return op <= Op::constant ? 0 : op <= Op::sum_of ? 1 : op == Op::choose ? 3 : 2; }

/// `category` is used by the checker only; for the evaluators it is a number. `invalid`: a problem was reported.
enum class Type : std::uint8_t { number, boolean, category, invalid };

struct Node {
  Op op = Op::number;
  Type type = Type::invalid;
  bool uniform = true;  ///< reads no column: the same for all rows
  bool label = false;   ///< a label of a category, turned into its number
  double value = 0;     ///< of a number, boolean (0 or 1) or label
  Span span;
  std::array<int, 3> operands{-1, -1, -1};
  // Of a column: its place in the scope; of what is read from a child table: level, `table` the number of the child
  // table and `index` the position of its column. Of a constant: `index` alone.
  int level = -1, table = -1, index = -1;
  std::string_view column_name;
};

struct Tree {
  std::vector<Node> nodes;
  int root = -1;

  const Node& at(int node) const { return nodes[static_cast<std::size_t>(node)]; }
  Node& at(int node) { return nodes[static_cast<std::size_t>(node)]; }
};

/// Collects problems of one rule, each with line, column and a caret under the place.
class Reporter {
 public:
  Reporter(std::string_view text, const Origin& origin, std::vector<Problem>& problems)
      : text_(text), origin_(origin), problems_(problems) {}

  void report(Span span, const Message& message, const Message& hint = "");
  std::string_view text(Span span) const { return text_.substr(span.offset, span.length); }
  bool failed() const { return failed_; }

 private:
  std::string_view text_;
  const Origin& origin_;
  std::vector<Problem>& problems_;
  bool failed_ = false;
};

/// User text made safe to print: no control characters or broken UTF-8, cut where it is long.
std::string printable(std::string_view text, std::size_t longest = 60);

/// The same between double quotes.
std::string quoted(std::string_view text);

/// The nearest of `names` by edit distance, ignoring case, or "" when none is near.
std::string nearest_of(std::string_view misspelt, const std::vector<std::string>& names);
/// `did you mean …?` for the nearest name, or "".
Message did_you_mean(std::string_view misspelt, const std::vector<std::string>& names);

}  // namespace tuopin::rule
