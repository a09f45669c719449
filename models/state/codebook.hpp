// The codebook: every column once, with unit and meaning.
#pragma once

#include <vector>

#include "engine/data/state.hpp"

namespace tuopin::codebook {

const std::vector<ColumnSpec>& persons();
const std::vector<ColumnSpec>& households();
const std::vector<ColumnSpec>& villages();
const std::vector<ColumnSpec>& counties();
/// What changes while a world lives and several mechanisms share. What only one of them keeps it declares itself.
const std::vector<StateColumn>& state();
/// Of these, the columns of households.
const std::vector<ColumnSpec>& household_state();

}  // namespace tuopin::codebook
