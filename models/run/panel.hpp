// What a panel keeps of a year of one world: every household's state, and the tables of other levels that a mechanism
// brings.
#pragma once

#include "models/state/land.hpp"

namespace tuopin {

/// The first table has the rows of households, the parts of the land one below the other, with the line that makes a
/// household poor; its name is empty. Behind it stand, under the names of their levels, lasting columns of villages,
/// and child tables with the row of their household.
std::vector<Table> panel_of(const Worlds& worlds, const Lines& lines);

/// The rows of a child level in all parts, with the row of their household in a last column.
Table child_table(const Worlds& worlds, std::uint16_t level);
/// That column.
const ColumnSpec& household_of_child();

}  // namespace tuopin
