// Units that are enrolled already (holders). They are served before new entrants.
//
//   leaves    when its term is over; or if a draw of the year falls below 1 − (1 − dropout) Π (1 − return_rate);
//             or if the money no longer suffices for all holders: the latest entrants leave first, then higher ids
#pragma once

#include "models/programme/desk.hpp"

namespace tuopin {

/// Steps: block: who remains · barrier: for whom the money suffices · block: served · barrier: spending posted
Year::Part holders_of(const Programme& programme, std::size_t number, Keep<Desk> desk);

}  // namespace tuopin
