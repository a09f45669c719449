// Who enters: claims → allocation → entry (models/programme/claims.hpp), for places and money that are left.
#pragma once

#include "models/programme/desk.hpp"

namespace tuopin {

/// barrier: places opened · block: claims searched · barrier: their spread · block: ranked · barrier: granted ·
/// block: entered · barrier: booked
Year::Part entrants_of(const Programme& programme, std::size_t number, Keep<Desk> desk);

}  // namespace tuopin
