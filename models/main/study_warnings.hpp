// What a planner should know before believing a run: programmes without anybody, places and money that nobody reached,
// funds without a limit. Computed from the study alone.
#pragma once

#include "models/main/summary_parts.hpp"

namespace tuopin {

/// Sentences, the weightiest first.
std::vector<std::string> study_warnings(const Page& page);

}  // namespace tuopin
