// Calibration: σ (spread) and the level of income, solved numerically on the synthesised population. There is no closed
// form, because a sum of lognormal streams is not lognormal and the old safety net raises the lower tail.
//
// Find (σ, level) such that in the base year (models/run/base_year.hpp), over persons,
//   mean true income = the population's mean_income   and   share with y < line = the population's true_poverty_rate.
//
// Each pass runs the base year once. From its mean follows the level, since what is not a payment grows with it; from
// its rate the next σ, by a secant inside a bracket. The first slope is that of a lognormal with mean L and line z,
//   rate = Φ(d),  d = ln(z / L) / σ + σ / 2,   ∂rate/∂σ = φ(d) (1/2 − ln(z / L) / σ²),   ∂rate/∂ln L = −φ(d) / σ.
#pragma once

#include "models/run/base_year.hpp"

namespace tuopin {

/// Solves for one population under a scenario's central values, to a rate within 1e-6, or as near as the steps of a
/// small population allow. Throws DataError where no σ in [0.05, 3] reaches the rate.
Calibration calibrate(BaseYear& base, const Population& population, double line);

Calibration calibrate(const ShardedPopulation& sharded, const Scenario& scenario, const Region& region,
                      const Catalogue& catalogue = shipped_catalogue(), const Team& team = Threads());

/// Solves for a world of a design as exactly as for central values: what a file with these numbers would give. Where
/// the base year is, to the bit, that of the central values, so is the solution. `of_central`: their result at
/// `central`.
Calibration calibrate_placed(BaseYear& base, const Population& population, double line, const Calibration& central,
                             const BaseYear::Result& of_central);

/// Solves for one parameter draw, from the solution for central values: three passes, and more where they leave the
/// rate further than 0.0005 from the population's.
Calibration calibrate_draw(BaseYear& base, const Population& population, double line, const Calibration& central);

}  // namespace tuopin
