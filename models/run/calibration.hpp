// Calibration: σ (spread) and the level of income, solved numerically on the synthesised population. There is no closed
// form, because a sum of lognormal streams is not lognormal and the old safety net raises the lower tail.
//
// Find (σ, level) such that in the base year, over persons,
//   mean true income = the population's mean_income   and   share with y < line = the population's true_poverty_rate.
// σ is found by a bracketed secant; for each σ the level is solved in an inner step. Random streams of its own (kind
// population) stand for the base year's draws, so that the result does not depend on the replicate. Sums over
// households are integers in units of 2^-32, so that it does not depend on the order of rows, on shards or on threads
// either.
#pragma once

#include "engine/run/team.hpp"
#include "models/processes/income.hpp"
#include "models/state/sharded_population.hpp"

namespace tuopin {

/// Solves for one population under a scenario's central values. Throws DataError where no σ in [0.05, 3] reaches the
/// rate.
Calibration calibrate(const ShardedPopulation& sharded, const Settings& scenario, const Region& region,
                      const Team& team = Threads());

}  // namespace tuopin
