// The simulated figures with which a target is compared, for every draw and replicate; and the number of places that
// must stay empty because households enter as a whole.
#pragma once

#include "models/measures/recorder.hpp"
#include "models/scenario/draw.hpp"
#include "models/scenario/scenario.hpp"

namespace tuopin {

/// The population that a draw uses, and the address of its parameters.
struct DrawnPopulation {
  double share = 1;  ///< share of the register population that is simulated; counts are divided by it
  int largest_household = 1;
  DrawAddress address;
};

/// A measure as a target names it: "programme_entered:posts" is the row "programme_entered", of "posts".
struct Measure {
  const TargetMeasure& row;
  std::string of;
};
/// Throws std::logic_error if there is no such measure.
Measure measure_of(const Target& target, const std::vector<TargetMeasure>& measures);

/// Names of the figures that a target needs and the run did not record.
std::vector<std::string> figures_missing(const Recorder& recorder, const Measure& measure, const Target& target);

/// Values of the target's figure in one scenario, for each draw × replicate (for a measure by batch, for each draw):
/// persons or places as simulated, not scaled up. A rate over all register members is returned as a share, a rate over
/// the target's own base as persons. Empty if the run did not record the figure. Year 0 means the last year.
std::vector<double> target_figures(const Recorder& recorder, std::size_t scenario, const Measure& measure,
                                   const Target& target);

/// The places of a programme that a target on entries refers to, for one scenario and draw.
///
/// The ranking is served until the first household that has more members than there are places left. So in each pool (a
/// year; or a year and county if places are distributed by county) the number of empty places is less than the size of
/// the largest household, and at most the places of the pool. Posts, and places counted in households, are filled one
/// by one, so none stays empty for this reason.
struct Places {
  double planned = 0;      ///< places of the plan in the whole region; NaN if everyone may enter
  double simulated = 0;    ///< places in the simulated population; integers also for a sample
  double indivisible = 0;  ///< the most of the simulated places that may stay empty, see above
};
Places places_of(const Recorder& recorder, const Scenario& scenario, std::size_t number, const Measure& measure,
                 int year, std::size_t draw, const DrawnPopulation& population);

}  // namespace tuopin
