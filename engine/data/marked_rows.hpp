// Sets of rows: one byte per row (1 marked, 0 not) during computation, one bit per row for long-term storage.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace tuopin {

/// Writes first + i for each marked i of [0, n) to `list`, ascending, and returns how many. `list` has room for n.
std::uint32_t list_marked(const std::uint8_t* marks, std::uint32_t n, std::uint32_t first, std::uint32_t* list);

/// A bit for each row of a table.
class BitRows {
 public:
  explicit BitRows(std::size_t rows = 0) : words_(rows / 64 + 2) {}  // one extra word: from() reads two words

  void mark(std::size_t row) { words_[row / 64] |= std::uint64_t{1} << row % 64; }
  /// The bits of 64 rows from `first` on, the first row in the lowest bit; bits beyond the last row are zero.
  std::uint64_t from(std::size_t first) const {
    const std::uint64_t low = words_[first / 64] >> first % 64;
    return first % 64 == 0 ? low : low | words_[first / 64 + 1] << (64 - first % 64);
  }
  /// Writes the marks of n rows from `first` on, one byte per row.
  void to_bytes(std::size_t first, std::uint32_t n, std::uint8_t* marks) const;
  std::size_t bytes() const { return words_.size() * sizeof(std::uint64_t); }

 private:
  std::vector<std::uint64_t> words_;
};

}  // namespace tuopin
