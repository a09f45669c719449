#include "engine/run/blocks.hpp"

#include <algorithm>

namespace tuopin {

std::vector<Block> make_blocks(std::span<const std::uint32_t> first_row, std::span<const std::uint32_t> county,
                               std::uint32_t rows) {
  std::vector<Block> blocks;
  const auto villages = static_cast<std::uint32_t>(first_row.size());
  for (std::uint32_t v = 0; v < villages; ++v) {
    const std::uint32_t end = v + 1 < villages ? first_row[v + 1] : rows;
    const bool joins =
        !blocks.empty() && blocks.back().county == county[v] && end - blocks.back().begin <= rows_per_block;
    if (!joins) blocks.push_back({first_row[v], end, v, v + 1, county[v]});
    blocks.back().end = end;
    blocks.back().village_end = v + 1;
  }
  return blocks;
}

std::uint32_t largest_block(std::span<const Block> blocks) {
  std::uint32_t largest = 0;
  for (const Block& block : blocks) largest = std::max(largest, block.size());
  return largest;
}

}  // namespace tuopin
