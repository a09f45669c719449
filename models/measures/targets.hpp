// Compares the plan's targets with the simulations: for each target, the probability that it is reached, over all draws
// and replicates.
//
// The measures that a target may name, and the figures they read, are listed in models/scenario/target_measures.cpp. A
// target is compared with the figure of the whole region in its year (0: the last year).
//
//   at_most    figure ≤ value
//   about      figure within a tenth of the value
//   at_least   figure ≥ value; or, if the plan offers exactly that number of places, all are filled except those that
//              must stay empty because households enter as a whole (models/measures/target_figures.hpp)
//   rate       over the target's own base of persons if it names one, otherwise over all register members
#pragma once

#include "engine/study/study.hpp"
#include "models/measures/target_figures.hpp"

namespace tuopin {

/// Adds the dimension `target` and the variables targets/probability, targets/value, targets/median, … to a study.
void add_targets(Study& study, const Recorder& recorder, const std::vector<Scenario>& scenarios, const Region& region,
                 const std::vector<DrawnPopulation>& populations);

/// Adds the observations published later, for comparison.
void add_observations(Study& study, const Region& region);

}  // namespace tuopin
