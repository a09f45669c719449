// What a year of one world gave: the sums of its counties and the tallies of its programmes.
#pragma once

#include <memory>

#include "models/measures/sums.hpp"
#include "models/programme/service.hpp"

namespace tuopin {

/// By county.
struct YearResult {
  std::vector<PlaceSums> places;
  YearTallies programmes;
  std::shared_ptr<const DeclaredSums> declared;  ///< what the sums' own rows are; none: nobody declared any
};

}  // namespace tuopin
