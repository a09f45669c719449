// Market income by stream: yearly sums of each stream, and the part that counts as register income.
//
//   counted_h = level · exp(f + z − v/2) · Σ_s w_s a_hs F_hs exp(e_hs)      with the terms of household.income
//
// w: from [register_income] of the scenario, one by default. If market income is one stream (`streams = false`), it is
// all counted as wages. This part of the year exists only if a figure of streams is recorded or a weight is not one.
#pragma once

#include "models/state/moment.hpp"

namespace tuopin {

/// True if a scenario gives a market stream a weight other than one.
bool counts_market_income_in_part(const Settings& scenario);

/// Reports weights of market streams that do not exist because market income is one stream.
void check_market_weights(const Settings& scenario, std::vector<Problem>& problems);

Year::Part market_income_by_stream(const StateSchema& schema, YearNeeds& needs, const Settings& scenario, bool adds_up);

}  // namespace tuopin
