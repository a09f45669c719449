// The plan's targets held against the forecasts: for each, the probability of being reached, over all draws and
// replicates.
//
// Measures that a target may name: register_persons · register_rate · exits_gross · exits_gross_cumulative ·
// programme_entered:<programme> · programme_entered_cumulative:<programme> · fall_in_poverty_lost:<batch> (from the
// runs without that batch). A target is compared with the whole region's figure of its year (0: the last year).
#pragma once

#include "engine/files/study.hpp"
#include "models/measures/recorder.hpp"

namespace tuopin {

/// Of each draw, the share of its population that was simulated: counts of a sample are scaled up before they meet the
/// plan's figures.
/// Adds the dimension `target` and the variables target/probability, target/value, target/median, … to a study.
void add_targets(Study& study, const Recorder& recorder, const std::vector<Scenario>& scenarios, const Region& region,
                 const std::vector<double>& share_of_draw);

/// Adds what was published later, for readers to compare.
void add_observations(Study& study, const Region& region);

}  // namespace tuopin
