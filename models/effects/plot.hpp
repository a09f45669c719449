// A plot of a crop, planted on entry (age k = 0 in that year). Areas are whole hundredths of a mu.
//
//   A = area_per_member · members           yuan a year:
//   earnings_k = A · (price · yield · ramp(k) · exp(s n_ct − s²/2) · exp(i n_ht − i²/2) − cost(k)) − rent · rented
//   ramp(k) = 0 before first harvest g; share s₁ at g, rising to 1 at full harvest; n_ct is common to the prefecture,
//   n_ht the holder's own (household or person, as enrolled)
//   cost(k) = cash_cost_young before the first harvest, or nothing where the programme pays it; then
//             cash_cost_young + (cash_cost − cash_cost_young) · ramp(k)
//   days_k  = A · days of the crop by age: planting (k = 0), young before the first harvest; then, as the cost, rising
//             with the harvest to those of a bearing plot
//
// Earnings may be negative: a price can fall below the cost. A share `failure` of the plots never yields: each costs
// the land, days and money of its planting year, then is given up and its land carries grain again.
//
// Land: own arable land first, as far as no other plot stands on it. What exceeds it is by `land` rented, newly
// cleared, or left out ("own": the plot is smaller). What grain on own land earned is forgone
// (processes/forgone_grain.hpp).
//
// The crop is chosen once by the Gumbel-max method over the county's crop shares, with one shock for each crop name, so
// that adding a crop changes only the choices of households that now choose it.
// Not modelled: falling prices when everybody plants the same, crops between young trees, replanting, sale of the plot,
// the income of those who let land.
#pragma once

#include "models/effects/verbs.hpp"

namespace tuopin {

/// Keys of asset_grant that only plots have.
std::vector<Field> plot_fields();
std::unique_ptr<Effect> make_plot(const EffectContext&);

}  // namespace tuopin
