// Raking: weights of household types that meet household and person margins together and are as close to the seed
// weights as possible.
// Generalised raking with the exponential distance (Deville & Särndal 1992), the limit that iterative proportional
// updating (Ye, Konduri, Pendyala, Sana & Waddell 2009) approaches sweep by sweep; here by Newton steps:
//
//   w_j = w⁰_j exp(λ·x_j),   Σ_j w_j x_j = t,   λ = argmin Σ_j w⁰_j exp(λ·x_j) − λ·t   (convex)
#pragma once

#include <vector>

#include "models/population/seed.hpp"

namespace tuopin {

/// Weight of each type in a county, in households. Never throws: margins that are not met are in the report, and are
/// corrected by the repair.
std::vector<double> rake(const std::vector<HouseholdType>& types, const CountyTargets& county,
                         SynthesisReport::Raking& report);

}  // namespace tuopin
