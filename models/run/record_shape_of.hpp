// Sizes and labels of the figures that a set of scenarios records.
#pragma once

#include "models/measures/record_shape.hpp"
#include "models/run/catalogue.hpp"

namespace tuopin {

/// The shape for one draw and one replicate, without runs that leave batches out. The batches are those of all
/// scenarios but the first, which is the reference.
RecordShape record_shape_of(const std::vector<const Scenario*>& scenarios, const Catalogue& catalogue);

}  // namespace tuopin
