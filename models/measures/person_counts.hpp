// Counts the persons of a block by status and transition: on or off the register, poor or not, this year and in the
// years before.
#pragma once

#include "models/measures/sums.hpp"

namespace tuopin {

/// Adds a block's person counts, payments and poverty gap to the sums; writes `history.poor`.
void count_persons(const Moment::Visit& visit, const MeasuredColumns& columns, const PovertyHistory& history,
                   double register_line, PlaceSums& sums);

}  // namespace tuopin
