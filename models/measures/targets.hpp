// The plan's targets held against the forecasts: for each, the probability of being reached, over all draws and
// replicates.
//
// Which measures a target may name, and which figure each reads, says models/scenario/target_measures.cpp. A target is
// compared with the whole region's figure of its year (0: the last year).
//
//   at_most    figure ≤ value · about: within a tenth of it · at_least: figure ≥ value, or, of places that the plan
//              offers in that number, all are filled but those that whole households must leave empty
//              (models/measures/target_figures.hpp: derived, nothing else is allowed)
//   rate       of the target's own base of persons where it names one, else of all register members
#pragma once

#include "engine/study/study.hpp"
#include "models/measures/target_figures.hpp"

namespace tuopin {

/// Adds the dimension `target` and the variables targets/probability, targets/value, targets/median, … to a study.
void add_targets(Study& study, const Recorder& recorder, const std::vector<Scenario>& scenarios, const Region& region,
                 const std::vector<DrawnPopulation>& populations);

/// Adds what was published later, for readers to compare.
void add_observations(Study& study, const Region& region);

}  // namespace tuopin
