// Livelihoods of households: income streams, land, forest, and the four guarantees.
#pragma once

#include "models/population/score.hpp"

namespace tuopin {

/// Weights of households in the mix of all income: members · exp(permanent_income_sd · score).
std::vector<double> income_weights(const Population& population, const SynthesisContext& context);

/// Shares of the four streams, logistic-normal around the published mix of all income:
///
///   share_hs ∝ level_s · exp(b_s score_h + sd n_hs)        level_s so that the mix of all income is as published
///   b_s = ln [ (a_s/a_rest of the highest fifth) / (a_s/a_rest of the lowest) ] / gap,   b_rest = 0
///
/// for wages and business; the rest is property and transfers. `gap`: mean scores of the two fifths of a standard
/// normal, apart. Fifths are by permanent income, where the published ones are by income of a year.
void mix_streams(Population& population, const SynthesisContext& context);

/// Arable land by members, and public-welfare forest of households in forest villages; both sum to their margins.
void allot_land(Population& population, const SynthesisContext& context);

/// Housing, water, schooling and medical care, correlated with the score; the number of unmet households is exact.
void set_guarantees(Population& population, const SynthesisContext& context);

}  // namespace tuopin
