// The key of a region's populations: a cached population is valid if its key is the same.
#pragma once

#include "models/scenario/region.hpp"

namespace tuopin {

/// Hash of everything that the populations of a region depend on: its files and the code that makes them.
std::string population_key(const Region& region);

}  // namespace tuopin
