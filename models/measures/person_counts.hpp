// Persons of a block by what became of them: on the register or off it, poor or not, now and in the years before.
#pragma once

#include "models/measures/sums.hpp"

namespace tuopin {

/// Adds everything of a block that is counted in persons, its payments and its gap; writes `history.poor`.
void count_persons(const Moment::Visit& visit, const MeasuredColumns& columns, const PovertyHistory& history,
                   double register_line, PlaceSums& sums);

}  // namespace tuopin
