#include "engine/data/state_hash.hpp"

#include <algorithm>
#include <array>
#include <bit>

#include "engine/base/ids.hpp"

namespace tuopin {

namespace {

constexpr std::uint32_t chunk = 512;  // rows whose sums fit the nearest cache

/// Bits of a value, 32 at a time: products of 32-bit words are cheap on every machine.
template <typename T>
constexpr std::size_t words_of = sizeof(T) > 4 ? 2 : 1;

template <typename T>
std::uint32_t word(T value, std::size_t w) {
  if constexpr (sizeof(T) == 8)
    return static_cast<std::uint32_t>(std::bit_cast<std::uint64_t>(value) >> (32 * w));
  else if constexpr (sizeof(T) == 4)
    return std::bit_cast<std::uint32_t>(value);
  else
    return value;
}

template <typename T>
void add_column(const T* values, T initial, std::uint64_t key, std::uint32_t n, std::uint64_t* __restrict sums) {
  for (std::size_t w = 0; w < words_of<T>; ++w) {
    const std::uint32_t begins = word(initial, w), factor = static_cast<std::uint32_t>(key >> (32 * w)) | 1u;
    for (std::uint32_t i = 0; i < n; ++i) sums[i] += static_cast<std::uint64_t>(word(values[i], w) - begins) * factor;
  }
}

std::uint64_t key_of(const StateSchema& schema, std::size_t level, std::string_view column) {
  return hash64(schema.level_name(level) + "." + std::string(column));
}

/// Adds up [begin, begin + n) of all columns that count; false where none does.
template <typename ValuesOf>
bool add_columns(const StateSchema& schema, std::size_t level, bool years_too, std::uint32_t begin, std::uint32_t n,
                 std::uint64_t* sums, const ValuesOf& values_of) {
  bool any = false;
  for (std::size_t c = 0; c < schema.columns(level).size(); ++c) {
    const StateColumn& column = schema.columns(level)[c];
    if (column.beside || (column.life == Life::year && !years_too)) continue;
    any = true;
    std::visit(
        [&]<typename T>(const std::vector<T>& values) {
          add_column(values.data() + begin, static_cast<T>(column.from.empty() ? column.initial : 0),
                     key_of(schema, level, column.spec.name), n, sums);
        },
        values_of(c));
  }
  return any;
}

std::uint64_t mixed(std::uint64_t level, std::uint32_t id, std::uint64_t sum) {
  return sum == 0 ? 0 : mix64(id * 0x9e3779b97f4a7c15ull + level + sum);
}

}  // namespace

std::uint64_t hash_of_rows(const StateSchema& schema, const State& state, std::size_t level, std::uint32_t begin,
                           std::uint32_t end, std::span<const std::uint32_t> ids, bool years_too) {
  const std::uint64_t of_level = hash64(schema.level_name(level));
  const Table& table = state.table(level);
  std::uint64_t hash = 0;
  for (std::uint32_t from = begin; from < end; from += chunk) {
    const std::uint32_t n = std::min(chunk, end - from);
    std::array<std::uint64_t, chunk> sums{};
    const auto values_of = [&](std::size_t c) -> const Table::Data& { return table.data(c); };
    if (!add_columns(schema, level, years_too, from, n, sums.data(), values_of)) return 0;
    for (std::uint32_t i = 0; i < n; ++i) hash += mixed(of_level, ids[from + i], sums[i]);
  }
  return hash;
}

std::uint64_t hash_of_children(const StateSchema& schema, const State& state, ReadsRows child, std::size_t block,
                               std::span<const std::uint32_t> parent_ids) {
  const ChildRows& rows = state.rows(child, block);
  const std::uint64_t of_level = hash64(schema.level_name(child.level));
  std::uint64_t hash = 0;
  for (std::uint32_t from = 0; from < rows.size(); from += chunk) {
    const std::uint32_t n = std::min(chunk, rows.size() - from);
    std::array<std::uint64_t, chunk> sums;
    sums.fill(1);  // a row is there even where all its columns stand as they begin
    const auto values_of = [&](std::size_t c) -> const Table::Data& { return rows.data(c); };
    add_columns(schema, child.level, true, from, n, sums.data(), values_of);
    for (std::uint32_t i = 0; i < n; ++i) hash += mixed(of_level, parent_ids[rows.parents()[from + i]], sums[i]);
  }
  return hash;
}

}  // namespace tuopin
