// The codebook: every column of the population and of the state, declared once with unit and meaning.
#pragma once

#include <vector>

#include "engine/data/state.hpp"

namespace tuopin::codebook {

const std::vector<ColumnSpec>& persons();
const std::vector<ColumnSpec>& households();
const std::vector<ColumnSpec>& villages();
const std::vector<ColumnSpec>& counties();
/// State columns that several mechanisms share. A column that only one mechanism uses is declared by that mechanism.
const std::vector<StateColumn>& state();
/// The columns of households among them.
const std::vector<ColumnSpec>& household_state();

}  // namespace tuopin::codebook
