// What `tuopin new-region` writes: every file of a region and its two scenarios as text.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "models/scenario/region.hpp"

namespace tuopin {

struct NewRegion {
  Place whole;
  std::vector<Place> counties;
  int base_year = 0, last_year = 0;
};

/// Paths below the new folder, and what stands in each file. Cells marked `?` are what nobody can assume.
std::vector<std::pair<std::string, std::string>> files_of(const NewRegion& region);

}  // namespace tuopin
