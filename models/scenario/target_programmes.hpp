// Targets of a region against the programmes that stand beside a scenario.
#pragma once

#include <vector>

#include "models/scenario/scenario.hpp"

namespace tuopin {

/// Targets that name a programme which is served: its places are counted in the target's unit. Opens no file.
void check_served_targets(const Scenario& scenario, std::vector<Problem>& problems);

/// Targets that name a programme: its file is there, and its places are counted in the target's unit.
void check_target_programmes(const Scenario& scenario, std::vector<Problem>& problems);

}  // namespace tuopin
