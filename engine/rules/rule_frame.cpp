// The loops of the fast evaluator: one instruction, one loop over a block.
#include <stdexcept>

#include <fmt/format.h>
#include <string>

#include "engine/rules/rule_children.hpp"
#include "engine/rules/rule_formulas.hpp"
#include "engine/rules/rule_plain.hpp"
#include "engine/rules/rule_program.hpp"

namespace tuopin::rule {

namespace {

/// A value that is the same for all rows, read like a register.
template <typename T>
struct Same {
  T value;
  T operator[](std::size_t) const { return value; }
};

std::uint8_t truth(bool condition) { return condition ? 1 : 0; }

/// `convert(values[row])` for each row of the block.
template <typename T, typename Out, typename Convert>
void fetch(const std::vector<T>& values, const std::uint32_t* rows, std::uint32_t first, std::size_t count, Out* out,
           const Convert& convert) {
  if (rows == nullptr) {
    const T* from = values.data() + first;
    for (std::size_t i = 0; i < count; ++i) out[i] = convert(from[i]);
  } else {
    const T* from = values.data();
    for (std::size_t i = 0; i < count; ++i) out[i] = convert(from[rows[i]]);
  }
}

}  // namespace

Frame::Frame(const Program& program, const RuleData& data, std::size_t base)
    : program_(program), data_(data), base_(base), numbers_(new double[program.numbers_ * block_rows]),
      booleans_(new std::uint8_t[program.booleans_ * block_rows]) {
  const auto levels = static_cast<std::size_t>(program.deepest_level_) + 1;
  if (levels > 1) link_rows_.reset(new std::uint32_t[levels * block_rows]);
  level_rows_.resize(levels);
  columns_.reserve(program.columns_.size());
  for (const int index : program.columns_) {
    const Node& node = program.tree_->at(index);
    const auto level = static_cast<std::size_t>(node.level);
    const RuleData::Level& of = data.levels.at(level);
    const auto table = static_cast<std::size_t>(node.table);
    columns_.push_back({&node, node.op == Op::column ? &of.tables.at(table)->data(node.column_name) : nullptr, level});
    if (node.op != Op::column && of.children.size() <= table) throw std::logic_error("a rule lacks a child table");
  }
  uniforms_.reserve(program.uniforms_.size());
  for (const int index : program.uniforms_) uniforms_.push_back(plain_value(*program.tree_, index, data, 0));
}

void Frame::check_reaches(std::uint32_t last) const {
  for (const Column& column : columns_) {
    if (column.values == nullptr && column.level == 0) continue;  // every row may have children
    const std::size_t rows = column.level == 0
                                 ? std::visit([](const auto& values) { return values.size(); }, *column.values)
                                 : data_.levels[1].row_of_previous.size();
    if (last >= rows) throw std::logic_error(fmt::format("a rule was asked for row {} of {}", last, rows));
  }
}

double Frame::uniform_value() const { return uniforms_[program_.result_.index]; }

const double* Frame::numbers(const BlockRows& rows) {
  run(rows);
  return number_register(program_.result_.index);
}

const std::uint8_t* Frame::booleans(const BlockRows& rows) {
  run(rows);
  return boolean_register(program_.result_.index);
}

void Frame::run(const BlockRows& rows) {
  follow_links(rows);
  for (const Instruction& instruction : program_.instructions_) {
    if (is_read(instruction.op))
      load(instruction, rows);
    else
      apply(instruction, rows.count);
  }
}

/// Rows of the outer levels for the rows of the block.
void Frame::follow_links(const BlockRows& rows) {
  level_rows_[base_] = rows.list;
  for (std::size_t level = base_ + 1; level < level_rows_.size(); ++level) {
    if (level == base_ + 1 && rows.outer != nullptr) {
      level_rows_[level] = rows.outer;
      continue;
    }
    const std::uint32_t* link = data_.levels[level].row_of_previous.data();
    const std::uint32_t* inner = level_rows_[level - 1];
    if (inner == nullptr) {  // contiguous rows of the unit: their links are contiguous too
      level_rows_[level] = link + rows.first;
      continue;
    }
    std::uint32_t* outer = link_rows_.get() + level * block_rows;
    for (std::size_t i = 0; i < rows.count; ++i) outer[i] = link[inner[i]];
    level_rows_[level] = outer;
  }
}

void Frame::load(const Instruction& instruction, const BlockRows& rows) {
  const Column& column = columns_[instruction.column];
  const std::uint32_t* list = level_rows_[column.level];
  if (column.values == nullptr)
    return child_values(*column.node, data_, list, rows.first, rows.count, number_register(instruction.target.index));
  const bool boolean = instruction.target.kind == Operand::Kind::boolean;
  std::visit(
      [&](const auto& values) {
        if (boolean)
          fetch(values, list, rows.first, rows.count, boolean_register(instruction.target.index),
                [](auto value) { return truth(value != 0); });
        else
          fetch(values, list, rows.first, rows.count, number_register(instruction.target.index),
                [](auto value) { return static_cast<double>(value); });
      },
      *column.values);
}

template <typename Body>
void Frame::with_number(Operand operand, const Body& body) {
  if (operand.kind == Operand::Kind::uniform)
    body(Same<double>{uniforms_[operand.index]});
  else
    body(static_cast<const double*>(number_register(operand.index)));
}

template <typename Body>
void Frame::with_boolean(Operand operand, const Body& body) {
  if (operand.kind == Operand::Kind::uniform)
    body(Same<std::uint8_t>{truth(uniforms_[operand.index] != 0)});
  else
    body(static_cast<const std::uint8_t*>(boolean_register(operand.index)));
}

template <typename Out, typename Formula>
void Frame::unary(const Instruction& instruction, std::size_t count, Out* out, const Formula& formula) {
  const double* a = number_register(instruction.operands[0].index);  // one operand that is uniform makes a uniform node
  for (std::size_t i = 0; i < count; ++i) out[i] = formula(a[i]);
}

template <typename Out, typename Formula>
void Frame::binary(const Instruction& instruction, std::size_t count, Out* out, const Formula& formula) {
  with_number(instruction.operands[0], [&](const auto a) {
    with_number(instruction.operands[1], [&](const auto b) {
      for (std::size_t i = 0; i < count; ++i) out[i] = formula(a[i], b[i]);
    });
  });
}

template <typename Formula>
void Frame::logical(const Instruction& instruction, std::size_t count, const Formula& formula) {
  std::uint8_t* out = boolean_register(instruction.target.index);
  with_boolean(instruction.operands[0], [&](const auto a) {
    with_boolean(instruction.operands[1], [&](const auto b) {
      for (std::size_t i = 0; i < count; ++i) out[i] = static_cast<std::uint8_t>(formula(a[i], b[i]));
    });
  });
}

void Frame::compare(const Instruction& instruction, std::size_t count) {
  std::uint8_t* out = boolean_register(instruction.target.index);
  const auto with = [&](const auto& holds) {
    binary(instruction, count, out, [&](double a, double b) { return truth(holds(a, b)); });
  };
  switch (instruction.op) {
    case Op::less: return with([](double a, double b) { return a < b; });
    case Op::less_equal: return with([](double a, double b) { return a <= b; });
    case Op::greater: return with([](double a, double b) { return a > b; });
    case Op::greater_equal: return with([](double a, double b) { return a >= b; });
    case Op::equal: return with([](double a, double b) { return a == b; });
    default: return with([](double a, double b) { return a != b; });
  }
}

void Frame::choose(const Instruction& instruction, std::size_t count) {
  const auto pick = [&](const auto c, const auto a, const auto b, auto* out) {
    for (std::size_t i = 0; i < count; ++i) {
      const auto x = a[i], y = b[i];
      out[i] = c[i] != 0 ? x : y;
    }
  };
  const auto [condition, a, b] = instruction.operands;
  const auto target = instruction.target;
  with_boolean(condition, [&](const auto c) {
    if (target.kind == Operand::Kind::number)
      with_number(a, [&](const auto x) {
        with_number(b, [&](const auto y) { pick(c, x, y, number_register(target.index)); });
      });
    else
      with_boolean(a, [&](const auto x) {
        with_boolean(b, [&](const auto y) { pick(c, x, y, boolean_register(target.index)); });
      });
  });
}

void Frame::apply(const Instruction& instruction, std::size_t count) {
  const bool to_boolean = instruction.target.kind == Operand::Kind::boolean;
  double* out = to_boolean ? nullptr : number_register(instruction.target.index);
  switch (instruction.op) {
    case Op::negate: return unary(instruction, count, out, [](double a) { return -a; });
    case Op::absolute: return unary(instruction, count, out, [](double a) { return absolute(a); });
    case Op::logarithm: return unary(instruction, count, out, [](double a) { return logarithm(a); });
    case Op::exponential: return unary(instruction, count, out, [](double a) { return exponential(a); });
    case Op::add: return binary(instruction, count, out, [](double a, double b) { return a + b; });
    case Op::subtract: return binary(instruction, count, out, [](double a, double b) { return a - b; });
    case Op::multiply: return binary(instruction, count, out, [](double a, double b) { return a * b; });
    case Op::divide: return binary(instruction, count, out, [](double a, double b) { return a / b; });
    case Op::minimum: return binary(instruction, count, out, [](double a, double b) { return minimum(a, b); });
    case Op::maximum: return binary(instruction, count, out, [](double a, double b) { return maximum(a, b); });
    case Op::logical_not: {
      const std::uint8_t* a = boolean_register(instruction.operands[0].index);
      std::uint8_t* result = boolean_register(instruction.target.index);
      for (std::size_t i = 0; i < count; ++i) result[i] = a[i] ^ 1u;
      return;
    }
    case Op::logical_and: return logical(instruction, count, [](unsigned a, unsigned b) { return a & b; });
    case Op::logical_or: return logical(instruction, count, [](unsigned a, unsigned b) { return a | b; });
    case Op::choose: return choose(instruction, count);
    default: break;
  }
  const auto& [a, b, unused] = instruction.operands;
  const bool of_booleans = a.kind == Operand::Kind::boolean || b.kind == Operand::Kind::boolean;
  if (!of_booleans) return compare(instruction, count);
  if (instruction.op == Op::equal)
    return logical(instruction, count, [](unsigned x, unsigned y) { return x ^ y ^ 1u; });
  logical(instruction, count, [](unsigned x, unsigned y) { return x ^ y; });
}

}  // namespace tuopin::rule
