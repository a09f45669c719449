// The levels of a world, and the columns that every world has.
#pragma once

#include "engine/data/state.hpp"

namespace tuopin {

/// Numbers of the levels in a schema that base_schema() has made.
enum StateLevel : std::uint16_t { household_level = 0, village_level = 1, county_level = 2, region_level = 3 };

/// Levels with their founding columns, and the columns of the codebook.
StateSchema base_schema();

}  // namespace tuopin
