// The money of a year: funds receive it before all other steps; what is left at the end is carried over or lapses.
#pragma once

#include "models/state/moment.hpp"

namespace tuopin {

/// barrier: money of the year posted to the funds
Year::Part funds_opened();
/// barrier: the old safety net's payments posted, funds carried over or lapsed
Year::Part funds_closed(const StateSchema& schema, YearNeeds& needs);

}  // namespace tuopin
