// The codebook: every column once, with unit and meaning.
#pragma once

#include <vector>

#include "engine/data/table.hpp"

namespace tuopin::codebook {

const std::vector<ColumnSpec>& persons();
const std::vector<ColumnSpec>& households();
const std::vector<ColumnSpec>& villages();
const std::vector<ColumnSpec>& counties();
/// What changes while a world lives: one row a household, in the order of households().
const std::vector<ColumnSpec>& household_state();

}  // namespace tuopin::codebook
