// Steady units: the households or persons of a shard that fulfil the conditions of a rule that never change. They are
// determined when the rule is first evaluated and kept with the shard for all trajectories, as bits; this takes about a
// hundredth of the population's memory per rule.
#pragma once

#include "engine/data/marked_rows.hpp"
#include "engine/run/made_once.hpp"

namespace tuopin {

struct SteadyUnits {
  BitRows households;  ///< households that fulfil the conditions, or have a member who does
  BitRows persons;     ///< persons that fulfil them; empty if the unit is the household
};

/// By name of the rule.
using KeptSteadyUnits = MadeOnce<SteadyUnits>;

constexpr std::size_t most_steady_rules = 64;  // definition: far more than one study asks; variants come and go

}  // namespace tuopin
