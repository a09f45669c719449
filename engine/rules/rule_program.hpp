// The fast evaluator: a rule as a list of instructions over registers; a register holds one value for each row of a
// block of 1,024 rows. Each instruction is a branch-free loop that the compiler vectorises. Internal to engine/rules.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "engine/rules/rule_tree.hpp"
#include "engine/rules/rules.hpp"

namespace tuopin::rule {

inline constexpr std::size_t block_rows = 1024;

/// Where an instruction finds a value.
struct Operand {
  enum class Kind : std::uint8_t { number, boolean, uniform };
  Kind kind = Kind::uniform;
  std::uint16_t index = 0;  ///< of a register, or of a value that is the same for all rows
};

struct Instruction {
  Op op = Op::number;
  Operand target;
  std::array<Operand, 3> operands;
  std::uint16_t column = 0;  ///< of a load
};

/// The instructions of one expression. Immutable.
class Program {
 public:
  /// Compiles a subtree that has passed the check.
  Program(const Tree& tree, int root);

  bool uniform() const { return result_.kind == Operand::Kind::uniform; }
  /// The innermost level from which it reads a column; 0 is the unit.
  int innermost_level() const { return innermost_level_; }

 private:
  friend class Emitter;
  friend class Frame;
  const Tree* tree_;
  int root_;
  std::vector<Instruction> instructions_;
  std::vector<int> columns_;                  ///< nodes of the tree, one a load
  std::vector<int> uniforms_;                 ///< nodes of the tree, evaluated once a call
  std::uint16_t numbers_ = 0, booleans_ = 0;  ///< registers needed
  int deepest_level_ = 0, innermost_level_ = 0;
  Operand result_;
};

/// The rows of one block: contiguous from `first`, or those of `list`; `outer`: what they belong to, where that is
/// known.
struct BlockRows {
  std::size_t count = 0;
  std::uint32_t first = 0;
  const std::uint32_t* list = nullptr;
  const std::uint32_t* outer = nullptr;
};

/// A program bound to data, with its registers. Constructed for each call, so that programs can be shared by threads.
class Frame {
 public:
  /// `base`: the level whose rows blocks are made of; the program reads no column of a level before it.
  Frame(const Program& program, const RuleData& data, std::size_t base = 0);

  /// Throws std::logic_error unless the columns and links reach beyond row `last` of the unit.
  void check_reaches(std::uint32_t last) const;
  /// The value if it is the same for all rows; booleans are 0 or 1.
  double uniform_value() const;
  /// Result for a block, valid until the next one.
  const double* numbers(const BlockRows& rows);
  const std::uint8_t* booleans(const BlockRows& rows);

 private:
  struct Column {
    const Node* node;
    const Table::Data* values;  ///< null for what is read from a child table
    std::size_t level;
  };

  double* number_register(std::size_t index) { return numbers_.get() + index * block_rows; }
  std::uint8_t* boolean_register(std::size_t index) { return booleans_.get() + index * block_rows; }
  void run(const BlockRows& rows);
  void follow_links(const BlockRows& rows);
  void load(const Instruction& instruction, const BlockRows& rows);
  void apply(const Instruction& instruction, std::size_t count);
  template <typename Body>
  void with_number(Operand operand, const Body& body);
  template <typename Body>
  void with_boolean(Operand operand, const Body& body);
  template <typename Out, typename Formula>
  void unary(const Instruction& instruction, std::size_t count, Out* out, const Formula& formula);
  template <typename Out, typename Formula>
  void binary(const Instruction& instruction, std::size_t count, Out* out, const Formula& formula);
  template <typename Formula>
  void logical(const Instruction& instruction, std::size_t count, const Formula& formula);
  void compare(const Instruction& instruction, std::size_t count);
  void choose(const Instruction& instruction, std::size_t count);

  const Program& program_;
  const RuleData& data_;
  std::size_t base_;
  std::vector<Column> columns_;
  std::vector<double> uniforms_;
  std::unique_ptr<double[]> numbers_;
  std::unique_ptr<std::uint8_t[]> booleans_;
  std::unique_ptr<std::uint32_t[]> link_rows_;
  std::vector<const std::uint32_t*> level_rows_;  ///< of the block, by level; the unit's is its list
};

}  // namespace tuopin::rule
