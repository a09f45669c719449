// σ and the level of income, solved on the synthesised population: a sum of lognormal streams is not lognormal, and the
// old safety net lifts the tail, so no closed form gives them.
//
// Find (σ, level) such that in the base year, over persons,
//   mean true income = the population's mean_income   and   share with y < line = the population's true_poverty_rate.
// The level is solved inside, σ by a bracketed secant. Luck of its own (kind population) stands for the base year's
// draws, so that the answer depends on no replicate. Sums over households are whole numbers of 2^-32 of a person's mean
// income or yuan, so that it depends on no order of rows, no parts and no threads either.
#pragma once

#include "engine/run/team.hpp"
#include "models/processes/income.hpp"
#include "models/state/land.hpp"

namespace tuopin {

/// Solves for one population under a scenario's central values. Throws DataError where no σ in [0.05, 3] reaches the
/// rate.
Calibration calibrate(const Land& land, const Settings& scenario, const Region& region, const Team& team = Threads());

}  // namespace tuopin
