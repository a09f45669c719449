// Places of a year: those of the whole region come from the programme's file; a sample of villages gets its share.
//
//   whole     W(t): capacity of the year to the nearest whole; where pools are counties, W(c,t): W(t) by the published
//             key of the whole region, by largest remainder. Used as it is for a full population (share 1)
//   exact     E(t) = share · W(t), with `share` of the region's persons; in counties
//             E(c,t) = E(t) · W(c,t) s(c) / Σ W(c,t) s(c), with s(c) the share of the county's persons that were kept:
//             places per person are as in the whole county, and their sum follows the whole region
//   year      G(t) − G(t−1), with G(t) = share · Σ W(u) of all years u ≤ t, to the nearest whole
//   county    the integer part of E(c,t); the year's remaining places go, one each, to the counties with a fraction in
//             E(c,t) for which Σ E(c,u) exceeds the places given so far most; ties go to the earlier county
//
// So the places of the first n years, for any n, sum to share · Σ W rounded to the nearest integer, and each year, and
// each county in a year, differs from its exact value by less than one. Only past years matter: scenarios that differ
// from some year on have the same places before it.
#pragma once

#include "models/programme/programme.hpp"
#include "models/state/sharded_population.hpp"

namespace tuopin {

/// Places of a year, one number for the region or one per county; `unlimited` if everyone may enter, 0 while the
/// programme is closed and in the base year.
std::vector<std::int64_t> places_of(const Programme& programme, const ShardedPopulation& sharded, int year);

/// Places of a year in all pools together as the programme's file prints them, before any draw from their range.
std::int64_t places_printed(const Settings& programme, int base_year, int year, double share);

/// Rounds the `exact` places of one year to integers that sum to `total`, which differs from their sum by less than
/// one. `owed`: balance of exact minus given places of earlier years, by county; updated.
std::vector<std::int64_t> whole_places(std::int64_t total, std::span<const double> exact, std::span<double> owed);

}  // namespace tuopin
