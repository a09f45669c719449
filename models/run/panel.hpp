// The panel of one year of one trajectory: the state of every household, and tables of other levels that mechanisms
// add.
#pragma once

#include "models/state/sharded_population.hpp"

namespace tuopin {

/// The first table (empty name) has the rows of households, shard after shard, and the poverty line that applies. Then
/// follow, named by level, the lasting columns of villages, and child tables with the row of their household.
std::vector<Table> panel_of(const Worlds& worlds, const Lines& lines);

/// The rows of a child level in all shards; the last column is the row of their household.
Table child_table(const Worlds& worlds, std::uint16_t level);
/// Codebook entry of that last column.
const ColumnSpec& household_of_child();

}  // namespace tuopin
