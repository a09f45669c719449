// Entry into a programme: claims → allocation → enrolment (models/programme/claims.hpp), for the places and money left.
#pragma once

#include "models/programme/desk.hpp"

namespace tuopin {

/// Steps: barrier: places determined · block: claims searched · barrier: spread of scores · block: claims ranked ·
/// barrier: granted · block: enrolled and served · barrier: spending posted
Year::Part entrants_of(const Programme& programme, std::size_t number, Keep<Desk> desk);

}  // namespace tuopin
