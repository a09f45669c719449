// Components of income common to all households of a place: the mean of the year without shocks, and common shocks.
//
//   ȳ_t      = level · g_t                        yuan per head; level: calibrated (run/calibration.hpp)
//   level_vt = ȳ_t · C_p · C_c · C_v              of village v in county c of prefecture p
//   C        = exp(sd·n − sd²/2), mean one
//
// The base year has no prefecture shock, because its mean income is the observed one.
//
// Not modelled: shocks that last, shocks of one kind of income.
#pragma once

#include "models/scenario/region.hpp"
#include "models/state/moment.hpp"

namespace tuopin {

/// Steps: barrier: mean of the year · block: income levels of the villages
/// Growth of mean market income since the base year, for every year up to the last. After the last observed mean,
/// income grows at the rate `trend`.
std::vector<double> growth_of_mean_income(const Settings& scenario, const Region& region);

Year::Part common_shocks(const StateSchema& schema, YearNeeds& needs, const Settings& scenario, const Region& region,
                         double level);

}  // namespace tuopin
