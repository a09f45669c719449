// Places of a year: the whole region's as the programme's file says, and in a sample of villages the sample's part.
//
//   whole     W(t): capacity of the year to the nearest whole; where pools are counties, W(c,t): W(t) by the published
//             key of the whole region, by largest remainder. All there is where nobody was left out: share 1
//   exact     E(t) = share · W(t), with `share` of the region's persons; in counties
//             E(c,t) = E(t) · W(c,t) s(c) / Σ W(c,t) s(c), with s(c) the share of the county's persons that were kept:
//             places to a person are the whole county's, their sum is the whole region's
//   year      G(t) − G(t−1), with G(t) = share · Σ W(u) of all years u ≤ t, to the nearest whole
//   county    the whole part of E(c,t); what the year has left goes, one each, to those who are owed most: the counties
//             with a fraction in E(c,t) for which Σ E(c,u) exceeds what they were given most, ties to the earlier
//
// So the places of all years together are share · Σ W to the nearest whole, those of the first years of any number too,
// and a year or a county of a year differs from its exact places by less than one. Only what came before counts:
// scenarios that part ways in a year have the same places until then.
#pragma once

#include "models/programme/programme.hpp"
#include "models/state/land.hpp"

namespace tuopin {

/// Places of a year, one number for the region or one a county; `unlimited` where everyone may enter, 0 while closed
/// and in the base year.
std::vector<std::int64_t> places_of(const Programme& programme, const Land& land, int year);

/// Places of a year in all pools together as the programme's file prints them, before any draw from their range.
std::int64_t places_printed(const Settings& programme, int base_year, int year, double share);

/// Of one year: whole places near the `exact` ones that sum to `total`, which is less than one from their sum. `owed`,
/// what earlier years have left, grows by what is exact and shrinks by what is given.
std::vector<std::int64_t> whole_places(std::int64_t total, std::span<const double> exact, std::span<double> owed);

}  // namespace tuopin
