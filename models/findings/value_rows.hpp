// The value of a scenario against the first one, in two numbers: person-years out of poverty, and yuan of the poverty
// gap closed; to the region's usual last year and to the last year of the run, undiscounted and discounted.
//
//   person-years = Σ_t (out of poverty_t − into poverty_t) / (1 + r)^(t − base year)
//   gap closed   = Σ_t (gap_t without − gap_t with)        / (1 + r)^(t − base year),   r = 0 and 0.05
//
// Yuan are nominal. The base year does not count: no programme acts in it.
#pragma once

#include <vector>

#include "models/findings/effect_rows.hpp"

namespace tuopin {

/// Rows of a later scenario; none of the first, and none of figures that the study does not have.
std::vector<EffectRow> value_rows(const Page& page, std::size_t scenario);

}  // namespace tuopin
