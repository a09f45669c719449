// Those who are enrolled already are served first.
//
//   leaves    when its years are over; or where a draw of the year falls below 1 − (1 − dropout) Π (1 − return_rate);
//             or where the money no longer carries all who hold: those who came last leave first, then the higher ids
#pragma once

#include "models/programme/desk.hpp"

namespace tuopin {

/// block: who remains · barrier: whom the money carries · block: served · barrier: booked
Year::Part holders_of(const Programme& programme, std::size_t number, Keep<Desk> desk);

}  // namespace tuopin
