// Upper limits for a scenario and its region, because files may come from untrusted sources. They are far above any
// legitimate case; a file beyond a limit is refused with a message that names it. Limits on bytes and rows are in
// engine/files/limits.hpp.
#pragma once

#include <cstddef>

namespace tuopin {

inline constexpr std::size_t max_programmes = 100, max_funds = 100;  ///< of a scenario
inline constexpr std::size_t max_counties = 1'000, max_crops = 100;  ///< of a region
inline constexpr std::size_t max_targets = 10'000;                   ///< targets, and observations
inline constexpr double max_persons = 1e8;                           ///< of a region: 4 GB of households and persons
inline constexpr double max_margin = 1e12;                           ///< any margin: counts stay whole numbers
inline constexpr double max_income = 1e9, max_places = 1e6;  ///< yuan a head or mu; villages, counties, mu a head
inline constexpr double max_days = 366;                      ///< of a year
inline constexpr int first_calendar_year = 1900, last_calendar_year = 2200;

/// Name of the fund and account of the old safety net, which a scenario must not use for anything else.
inline constexpr const char* safety_net_name = "safety_net";

}  // namespace tuopin
