// Sizes and labels of what scenarios that belong together record.
#pragma once

#include "models/measures/record_shape.hpp"
#include "models/run/catalogue.hpp"

namespace tuopin {

/// One draw and one replicate, nothing left out. Batches are those of all scenarios but the first, against which the
/// others are held.
RecordShape record_shape_of(const std::vector<const Scenario*>& scenarios, const Catalogue& catalogue);

}  // namespace tuopin
