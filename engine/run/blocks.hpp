// Blocks: the unit of work inside a replicate. A block holds whole villages of one county, about 2,048 rows, so that no
// sum and no draw ever crosses a block and scratch arrays stay in the processor's cache.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace tuopin {

struct Block {
  std::uint32_t begin = 0, end = 0;  ///< rows of households
  std::uint32_t village_begin = 0, village_end = 0;
  std::uint32_t county = 0;
  std::uint32_t size() const { return end - begin; }
};

constexpr std::uint32_t rows_per_block = 2048;

/// Cuts the rows at villages; a village larger than a block is a block of its own.
/// `first_row` holds the first row of each village, `county` its county; villages of a county are contiguous.
std::vector<Block> make_blocks(std::span<const std::uint32_t> first_row, std::span<const std::uint32_t> county,
                               std::uint32_t rows);

/// Rows of the largest block: the length that scratch arrays need.
std::uint32_t largest_block(std::span<const Block> blocks);

}  // namespace tuopin
