// Warnings that a planner should read with the results: programmes without participants, unused places and money, funds
// without a limit. Computed from the study alone.
#pragma once

#include "models/main/summary_parts.hpp"

namespace tuopin {

/// Sentences, the most important first.
std::vector<std::string> study_warnings(const Page& page);

}  // namespace tuopin
