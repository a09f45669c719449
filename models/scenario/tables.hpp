// The tables of a region, each declared once: columns, keys, units, bounds, and the quantities that rows give by name.
#pragma once

#include <vector>

#include "engine/settings/table_fields.hpp"

namespace tuopin {

const TableKind& counties_table();
const TableKind& margins_table();  // models/scenario/margins_table.cpp
/// The same with the groups of persons that a region names; their margins are shares of persons.
TableKind margins_table(const std::vector<std::string>& groups);
/// The same with one row, GROUP, that stands for any group: for readers.
TableKind margins_table_of_any_region();
const TableKind& lines_table();
const TableKind& crops_table();
const TableKind& crop_shares_table();
const TableKind& targets_table();
const TableKind& observations_table();

/// All of them, in the order of `[files]`.
std::vector<const TableKind*> region_tables();

/// Units in which a programme's places can be counted.
const std::vector<std::string>& capacity_units();

}  // namespace tuopin
