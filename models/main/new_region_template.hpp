// The files that `tuopin new-region` writes: a region and two scenarios as text.
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

/// Paths below the new folder, and the contents of each file, with comments, sources, units and notes in `language`.
/// Cells marked `?` must be filled in by the user.
std::vector<std::pair<std::string, std::string>> files_of(const NewRegion& region, const std::string& language);

}  // namespace tuopin
