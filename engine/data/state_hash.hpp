// The hash of a state: a sum over entities of a mixed word of their id and of every column, by the column's name. A
// column at its initial value adds nothing, and an entity with all columns at their initial values is not counted, so
// adding an unused column or level leaves the hash as it was. The order of rows, columns and levels does not matter.
//
//   hash = Σ_rows mix(k · id + key(level) + Σ_columns key(column) · (bits − bits in the beginning))     modulo 2^64
//
// For a column that is initialised from a founding column the bits are compared with zero.
#pragma once

#include "engine/data/state.hpp"

namespace tuopin {

/// Hash of rows [begin, end) of a level; `ids`: of all rows of the level. `years_too`: includes the columns that are
/// reset each year; otherwise only lasting ones.
std::uint64_t hash_of_rows(const StateSchema& schema, const State& state, std::size_t level, std::uint32_t begin,
                           std::uint32_t end, std::span<const std::uint32_t> ids, bool years_too);

/// Hash of the rows of a child level in one block; `parent_ids` starts with the first parent of the block.
std::uint64_t hash_of_children(const StateSchema& schema, const State& state, ReadsRows child, std::size_t block,
                               std::span<const std::uint32_t> parent_ids);

}  // namespace tuopin
