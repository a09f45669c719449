// The plain evaluator of rules.
#include "engine/rules/rule_plain.hpp"

#include <stdexcept>

#include "engine/rules/rule_children.hpp"
#include "engine/rules/rule_formulas.hpp"

namespace tuopin::rule {

namespace {

/// The row of the node's level that a row of the unit belongs to.
std::uint32_t row_of_level(const Node& node, const RuleData& data, std::uint32_t row) {
  for (int level = 1; level <= node.level; ++level)
    row = data.levels[static_cast<std::size_t>(level)].row_of_previous[row];
  return row;
}

double column_value(const Node& node, const RuleData& data, std::uint32_t row) {
  const RuleData::Level& level = data.levels[static_cast<std::size_t>(node.level)];
  const Table& table = *level.tables[static_cast<std::size_t>(node.table)];
  const double value =
      std::visit([&](const auto& values) { return static_cast<double>(values[row]); }, table.data(node.column_name));
  return node.type == Type::boolean ? (value != 0 ? 1 : 0) : value;
}

}  // namespace

double plain_value(const Tree& tree, int index, const RuleData& data, std::uint32_t row) {
  const Node& node = tree.at(index);
  const auto operand = [&](std::size_t i) { return plain_value(tree, node.operands[i], data, row); };
  const auto truth = [](bool condition) { return condition ? 1.0 : 0.0; };
  switch (node.op) {
    case Op::number:
    case Op::boolean: return node.value;
    case Op::column: return column_value(node, data, row_of_level(node, data, row));
    case Op::child_count:
    case Op::child_sum: return child_value(node, data, row_of_level(node, data, row));
    case Op::constant: return data.constants[static_cast<std::size_t>(node.index)];
    case Op::negate: return -operand(0);
    case Op::logical_not: return truth(operand(0) == 0);
    case Op::absolute: return absolute(operand(0));
    case Op::logarithm: return logarithm(operand(0));
    case Op::exponential: return exponential(operand(0));
    case Op::add: return operand(0) + operand(1);
    case Op::subtract: return operand(0) - operand(1);
    case Op::multiply: return operand(0) * operand(1);
    case Op::divide: return operand(0) / operand(1);
    case Op::minimum: return minimum(operand(0), operand(1));
    case Op::maximum: return maximum(operand(0), operand(1));
    case Op::less: return truth(operand(0) < operand(1));
    case Op::less_equal: return truth(operand(0) <= operand(1));
    case Op::greater: return truth(operand(0) > operand(1));
    case Op::greater_equal: return truth(operand(0) >= operand(1));
    case Op::equal: return truth(operand(0) == operand(1));
    case Op::not_equal: return truth(operand(0) != operand(1));
    case Op::logical_and: return truth(operand(0) != 0 && operand(1) != 0);
    case Op::logical_or: return truth(operand(0) != 0 || operand(1) != 0);
    case Op::choose: return operand(0) != 0 ? operand(1) : operand(2);
    case Op::count_of:
    case Op::sum_of:
    case Op::name: break;
  }
  throw std::logic_error("a rule was evaluated that did not pass its check");
}

}  // namespace tuopin::rule
