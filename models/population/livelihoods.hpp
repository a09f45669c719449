// Livelihoods of households: income streams, land, forest, and the four guarantees.
#pragma once

#include "models/population/score.hpp"

namespace tuopin {

/// Shares of the four streams: logistic-normal around the published mix, mean over persons matched.
void mix_streams(Population& population, const SynthesisContext& context);

/// Arable land by members, and public-welfare forest of households in forest villages; both sum to their margins.
void allot_land(Population& population, const SynthesisContext& context);

/// Housing, water, schooling and medical care, correlated with the score; the number of unmet households is exact.
void set_guarantees(Population& population, const SynthesisContext& context);

}  // namespace tuopin
