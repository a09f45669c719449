// The figures of the model that a target is held against, in every world; and what whole households leave empty.
#pragma once

#include "models/measures/recorder.hpp"
#include "models/scenario/draw.hpp"
#include "models/scenario/scenario.hpp"

namespace tuopin {

/// The population that a draw lives with, and the address of its parameters.
struct DrawnPopulation {
  double share = 1;  ///< of the register population that is simulated: counts are scaled up by it
  int largest_household = 1;
  DrawAddress address;
};

/// A measure as a target names it: "programme_entered:posts" is the row "programme_entered", of "posts".
struct Measure {
  const TargetMeasure& row;
  std::string of;
};
/// Throws std::logic_error where the region knows no such measure.
Measure measure_of(const Target& target, const std::vector<TargetMeasure>& measures);

/// Figures that are read for a target and that the run did not record.
std::vector<std::string> figures_missing(const Recorder& recorder, const Measure& measure, const Target& target);

/// Figures of one scenario by world (draw × replicate; of a measure by batch, by draw): persons or places as simulated,
/// not yet scaled up. A rate of everybody is a share; one of the target's own base comes as the persons over it. Empty
/// where the run has none. A year of 0 is the last one.
std::vector<double> target_figures(const Recorder& recorder, std::size_t scenario, const Measure& measure,
                                   const Target& target);

/// Places of a programme that a target on entries is about, of one scenario and draw.
///
/// A queue is served as far as it fits: it stops at the first household that has more members than there are places
/// left. So each pool, which is a year, or a year and county where the programme is shared out by county, keeps at most
/// one largest household less one person empty, and never more than its own places. Posts, and places for households,
/// are filled one by one: nothing is left.
struct Places {
  double planned = 0;      ///< by the plan in the whole region; NaN where everyone may enter
  double simulated = 0;    ///< of the population that is simulated: a sample's are whole numbers, too
  double indivisible = 0;  ///< of the simulated ones, what whole households may leave empty at most
};
Places places_of(const Recorder& recorder, const Scenario& scenario, std::size_t number, const Measure& measure,
                 int year, std::size_t draw, const DrawnPopulation& population);

}  // namespace tuopin
