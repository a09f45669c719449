#include "engine/data/state_hash.hpp"

#include <algorithm>
#include <array>
#include <bit>

#include "engine/base/ids.hpp"

namespace tuopin {

namespace {

constexpr std::uint32_t chunk = 512;  // rows whose sums fit into the level-1 cache

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

struct Counted {
  const Table::Data* values;
  double initial;
  std::uint64_t key;
};

/// The columns that are part of the hash.
template <typename ValuesOf>
std::vector<Counted> counted(const StateSchema& schema, std::size_t level, bool years_too, const ValuesOf& values_of) {
  std::vector<Counted> all;
  for (std::size_t c = 0; c < schema.columns(level).size(); ++c) {
    const StateColumn& column = schema.columns(level)[c];
    if (column.beside || (column.lifetime == Lifetime::year && !years_too)) continue;
    all.push_back({&values_of(c), column.from.empty() ? column.initial : 0, schema.keys(level)[c]});
  }
  return all;
}

/// Adds up rows [begin, begin + n).
void add_columns(const std::vector<Counted>& columns, std::uint32_t begin, std::uint32_t n, std::uint64_t* sums) {
  for (const Counted& column : columns)
    std::visit(
        [&]<typename T>(const std::vector<T>& values) {
          add_column(values.data() + begin, static_cast<T>(column.initial), column.key, n, sums);
        },
        *column.values);
}

/// Branch-free, so that the loop over rows can be vectorised.
std::uint64_t mixed(std::uint64_t level, std::uint32_t id, std::uint64_t sum) {
  const std::uint64_t counts = -static_cast<std::uint64_t>(sum != 0);
  return mix64(id * 0x9e3779b97f4a7c15ull + level + sum) & counts;
}

}  // namespace

std::uint64_t hash_of_rows(const StateSchema& schema, const State& state, std::size_t level, std::uint32_t begin,
                           std::uint32_t end, std::span<const std::uint32_t> ids, bool years_too) {
  const std::uint64_t of_level = hash64(schema.level_name(level));
  const Table& table = state.table(level);
  const auto columns =
      counted(schema, level, years_too, [&](std::size_t c) -> const Table::Data& { return table.data(c); });
  std::uint64_t hash = 0;
  for (std::uint32_t from = begin; from < end && !columns.empty(); from += chunk) {
    const std::uint32_t n = std::min(chunk, end - from);
    std::array<std::uint64_t, chunk> sums{};
    add_columns(columns, from, n, sums.data());
    for (std::uint32_t i = 0; i < n; ++i) hash += mixed(of_level, ids[from + i], sums[i]);
  }
  return hash;
}

std::uint64_t hash_of_children(const StateSchema& schema, const State& state, ReadsRows child, std::size_t block,
                               std::span<const std::uint32_t> parent_ids) {
  const ChildRows& rows = state.rows(child, block);
  const std::uint64_t of_level = hash64(schema.level_name(child.level));
  const auto columns =
      counted(schema, child.level, true, [&](std::size_t c) -> const Table::Data& { return rows.data(c); });
  std::uint64_t hash = 0;
  for (std::uint32_t from = 0; from < rows.size(); from += chunk) {
    const std::uint32_t n = std::min(chunk, rows.size() - from);
    std::array<std::uint64_t, chunk> sums;
    sums.fill(1);  // a child row counts even if all its columns have their initial values
    add_columns(columns, from, n, sums.data());
    for (std::uint32_t i = 0; i < n; ++i) hash += mixed(of_level, parent_ids[rows.parents()[from + i]], sums[i]);
  }
  return hash;
}

}  // namespace tuopin
