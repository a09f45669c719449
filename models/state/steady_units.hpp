// Steady units: which households or persons of a ground fulfil what never changes of a rule. Found when a rule is first
// asked, and kept with the ground for all worlds, as bits: a hundredth of the population's memory a rule.
#pragma once

#include "engine/data/marked_rows.hpp"
#include "engine/run/made_once.hpp"

namespace tuopin {

struct SteadyUnits {
  BitRows households;  ///< that fulfil it, or have a member who does
  BitRows persons;     ///< of no row where the unit is the household
};

/// By name of the rule.
using KeptSteadyUnits = MadeOnce<SteadyUnits>;

constexpr std::size_t most_steady_rules = 64;  // definition: far more than one study asks; variants come and go

}  // namespace tuopin
