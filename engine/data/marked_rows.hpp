// Marked rows: a byte a row while they are worked on (1 is marked, 0 is not), a bit a row where they are kept for long.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace tuopin {

/// Lists first + i for each marked i of [0, n), ascending, and returns how many. `list` has room for n.
std::uint32_t list_marked(const std::uint8_t* marks, std::uint32_t n, std::uint32_t first, std::uint32_t* list);

/// A bit for each row of a table.
class BitRows {
 public:
  explicit BitRows(std::size_t rows = 0) : words_(rows / 64 + 2) {}  // a word more: reading may begin anywhere

  void mark(std::size_t row) { words_[row / 64] |= std::uint64_t{1} << row % 64; }
  /// The bits of 64 rows from `first` on, that of the first lowest; nothing is marked behind the last row.
  std::uint64_t from(std::size_t first) const {
    const std::uint64_t low = words_[first / 64] >> first % 64;
    return first % 64 == 0 ? low : low | words_[first / 64 + 1] << (64 - first % 64);
  }
  /// Bytes of n rows from `first` on.
  void to_bytes(std::size_t first, std::uint32_t n, std::uint8_t* marks) const;
  std::size_t bytes() const { return words_.size() * sizeof(std::uint64_t); }

 private:
  std::vector<std::uint64_t> words_;
};

}  // namespace tuopin
