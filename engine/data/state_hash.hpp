// The hash of a state: a sum over entities of a mix of their id and of every column, by the column's name. A value that
// stands as it began adds nothing, and an entity of which all do is not counted: so a column or a level that nobody
// uses changes no hash. No order of rows, columns or levels changes it either.
//
//   hash = Σ_rows mix(k · id + key(level) + Σ_columns key(column) · (bits − bits in the beginning))     modulo 2^64
//
// A column that begins as a founding one is held against zero.
#pragma once

#include "engine/data/state.hpp"

namespace tuopin {

/// Rows [begin, end) of a level; `ids` of the rows of the whole level. `years_too`: columns that begin anew each year
/// belong to it; else lasting ones alone.
std::uint64_t hash_of_rows(const StateSchema& schema, const State& state, std::size_t level, std::uint32_t begin,
                           std::uint32_t end, std::span<const std::uint32_t> ids, bool years_too);

/// The rows of a child level in a block; `parent_ids` from the first parent of the block on.
std::uint64_t hash_of_children(const StateSchema& schema, const State& state, ReadsRows child, std::size_t block,
                               std::span<const std::uint32_t> parent_ids);

}  // namespace tuopin
