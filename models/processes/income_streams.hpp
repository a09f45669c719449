// Market income taken apart by stream: what each adds up to, and what of it counts as register income.
//
//   counted_h = level · exp(f + z − v/2) · Σ_s w_s a_hs F_hs exp(e_hs)      with the terms of household.income
//
// w from [register_income] of the scenario, one where it says nothing. With one stream of income all of it is wages.
// The part is there only where a figure of streams is recorded or a weight is not one.
#pragma once

#include "models/state/moment.hpp"

namespace tuopin {

/// Weights of the market streams that a scenario does not count in full.
bool counts_market_income_in_part(const Settings& scenario);

/// With one stream of income no other market stream has anything to weigh.
void check_market_weights(const Settings& scenario, std::vector<Problem>& problems);

Year::Part market_income_by_stream(const StateSchema& schema, YearNeeds& needs, const Settings& scenario, bool adds_up);

}  // namespace tuopin
