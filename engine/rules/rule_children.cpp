#include "engine/rules/rule_children.hpp"

#include <algorithm>

namespace tuopin::rule {

namespace {

const RuleData::Child& child_of(const Node& node, const RuleData& data) {
  return data.levels[static_cast<std::size_t>(node.level)].children[static_cast<std::size_t>(node.table)];
}

std::size_t block_of(const RuleData::Child& child, std::uint32_t row) {
  const auto after = std::upper_bound(child.block_begin.begin(), child.block_begin.end(), row);
  return static_cast<std::size_t>(after - child.block_begin.begin()) - 1;
}

/// Count, or sum in the order of rows, of the child rows [begin, end) of a block.
double value_of(const Node& node, const ChildRows& rows, std::size_t begin, std::size_t end) {
  if (node.op == Op::child_count) return static_cast<double>(end - begin);
  return std::visit(
      [&](const auto& values) {
        double sum = 0;
        for (std::size_t i = begin; i < end; ++i) sum += static_cast<double>(values[i]);
        return sum;
      },
      rows.data(static_cast<std::size_t>(node.index)));
}

}  // namespace

double child_value(const Node& node, const RuleData& data, std::uint32_t row) {
  const RuleData::Child& child = child_of(node, data);
  const std::size_t block = block_of(child, row);
  const auto parents = child.blocks[block].parents();
  const auto [begin, end] = std::equal_range(parents.begin(), parents.end(), row - child.block_begin[block]);
  return value_of(node, child.blocks[block], static_cast<std::size_t>(begin - parents.begin()),
                  static_cast<std::size_t>(end - parents.begin()));
}

void child_values(const Node& node, const RuleData& data, const std::uint32_t* rows, std::uint32_t first,
                  std::size_t count, double* out) {
  const RuleData::Child& child = child_of(node, data);
  // Rows mostly ascend within one block, so the search goes on from the row before.
  std::size_t block = 0, at = 0;
  std::uint32_t block_begin = 0, block_end = 0, before = 0;
  std::span<const std::uint32_t> parents;
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint32_t row = rows ? rows[i] : first + static_cast<std::uint32_t>(i);
    if (i == 0 || row < block_begin || row >= block_end) {
      block = block_of(child, row);
      block_begin = child.block_begin[block];
      block_end = block + 1 < child.block_begin.size() ? child.block_begin[block + 1] : ~std::uint32_t{0};
      parents = child.blocks[block].parents();
      at = static_cast<std::size_t>(std::lower_bound(parents.begin(), parents.end(), row - block_begin) -
                                    parents.begin());
    } else if (row < before) {
      at = static_cast<std::size_t>(std::lower_bound(parents.begin(), parents.end(), row - block_begin) -
                                    parents.begin());
    }
    before = row;
    const std::uint32_t parent = row - block_begin;
    while (at < parents.size() && parents[at] < parent) ++at;
    std::size_t end = at;
    while (end < parents.size() && parents[end] == parent) ++end;
    out[i] = value_of(node, child.blocks[block], at, end);
  }
}

}  // namespace tuopin::rule
