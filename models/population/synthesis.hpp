// From margins to a population. Method: models/population/README.md.
#pragma once

#include <cstdint>
#include <vector>

#include "models/population/report.hpp"
#include "models/scenario/margins.hpp"
#include "models/scenario/region.hpp"
#include "models/state/population.hpp"

namespace tuopin {

/// Everything that a synthesis reads. Not changed by synthesize(), which may run for several indices at once.
struct SynthesisInput {
  Place whole;
  std::vector<Place> counties;
  Margins margins;
  std::uint64_t seed = 0;  ///< synthesis_seed of the region
  int base_year = 0;
};

/// Reads the margins of a region, with the overrides of its file; every problem is appended.
SynthesisInput synthesis_input(const Region& region, std::vector<Problem>& problems);

/// Population number `index` of the region: 0 takes the central margins, the others draw the assumed ones from their
/// ranges. Throws DataError where margins are missing or cannot be met. Method: models/population/README.md.
Population synthesize(const SynthesisInput& input, int index, SynthesisReport& report);

}  // namespace tuopin
