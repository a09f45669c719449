// From the checked tree to instructions. The operand that needs more registers is computed first (Sethi & Ullman 1970),
// so a rule of any shape within the limits needs a handful of them.
#include "engine/rules/rule_program.hpp"

#include <algorithm>

namespace tuopin::rule {

class Emitter {
 public:
  Emitter(Program& program, const Tree& tree) : program_(program), tree_(tree), need_(tree.nodes.size(), -1) {}

  Operand emit(int index) {
    const Node& node = tree_.at(index);
    if (node.uniform) return keep(program_.uniforms_, index);
    if (is_read(node.op)) return load(index);

    std::array<Operand, 3> operands;
    const auto order = by_need(node);
    const auto count = static_cast<std::size_t>(operand_count(node.op));
    for (std::size_t i = 0; i < count; ++i) operands[order[i]] = emit(node.operands[order[i]]);
    const Operand target = allocate(node.type);  // before the operands are released: no loop overwrites its input
    for (std::size_t i = 0; i < count; ++i) release(operands[i]);
    program_.instructions_.push_back({node.op, target, operands, 0});
    return target;
  }

 private:
  static Operand keep(std::vector<int>& list, int index) {
    list.push_back(index);
    return {Operand::Kind::uniform, static_cast<std::uint16_t>(list.size() - 1)};
  }

  Operand load(int index) {
    const Node& node = tree_.at(index);
    const std::uint16_t column = keep(program_.columns_, index).index;
    program_.deepest_level_ = std::max(program_.deepest_level_, node.level);
    const Operand target = allocate(node.type);
    program_.instructions_.push_back({node.op, target, {}, column});
    return target;
  }

  /// Registers that a node needs, its operands in the best order.
  int need(int index) {
    int& known = need_[static_cast<std::size_t>(index)];
    if (known >= 0) return known;
    const Node& node = tree_.at(index);
    if (node.uniform) return known = 0;
    std::array<int, 3> needs{0, 0, 0};
    for (int i = 0; i < operand_count(node.op); ++i)
      needs[static_cast<std::size_t>(i)] = need(node.operands[static_cast<std::size_t>(i)]);
    std::sort(needs.rbegin(), needs.rend());
    int most = 1;
    for (int i = 0; i < 3; ++i)
      if (needs[static_cast<std::size_t>(i)] > 0)
        most = std::max({most, needs[static_cast<std::size_t>(i)] + i, i + 2});
    return need_[static_cast<std::size_t>(index)] = most;
  }

  std::array<std::size_t, 3> by_need(const Node& node) {
    std::array<std::size_t, 3> order{0, 1, 2};
    const auto count = operand_count(node.op);
    std::stable_sort(order.begin(), order.begin() + count,
                     [&](std::size_t a, std::size_t b) { return need(node.operands[a]) > need(node.operands[b]); });
    return order;
  }

  Operand allocate(Type type) {
    const bool boolean = type == Type::boolean;
    std::vector<std::uint16_t>& free = boolean ? free_booleans_ : free_numbers_;
    std::uint16_t& used = boolean ? program_.booleans_ : program_.numbers_;
    const auto kind = boolean ? Operand::Kind::boolean : Operand::Kind::number;
    if (free.empty()) return {kind, used++};
    const std::uint16_t index = free.back();
    free.pop_back();
    return {kind, index};
  }

  void release(Operand operand) {
    if (operand.kind == Operand::Kind::number) free_numbers_.push_back(operand.index);
    if (operand.kind == Operand::Kind::boolean) free_booleans_.push_back(operand.index);
  }

  Program& program_;
  const Tree& tree_;
  std::vector<int> need_;
  std::vector<std::uint16_t> free_numbers_, free_booleans_;
};

Program::Program(const Tree& tree, int root) : tree_(&tree), root_(root) {
  result_ = Emitter(*this, tree).emit(root);
  innermost_level_ = deepest_level_;
  for (const int column : columns_) innermost_level_ = std::min(innermost_level_, tree.at(column).level);
}

}  // namespace tuopin::rule
