// Warnings that a planner should read with the results: programmes without participants, unused places and money, funds
// without a limit. Computed from the study alone.
#pragma once

#include <vector>

#include "models/findings/page.hpp"

namespace tuopin {

/// Sentences, the most important first.
std::vector<Message> study_warnings(const Page& page);

}  // namespace tuopin
