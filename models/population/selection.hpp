// From weights to whole households: systematic selection, then repair until every one-way margin of persons holds.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "models/population/seed.hpp"

namespace tuopin {

/// Types of a county's households, ascending. Systematic sampling: within each size, n points (i + u)/n with a random u
/// select along the cumulated weights, so each type's number differs from its weight by less than one household.
std::vector<std::uint16_t> select_households(const std::vector<HouseholdType>& types, std::span<const double> weights,
                                             const CountyTargets& county, const Luck& luck, std::uint32_t county_id);

/// Swaps households for a neighbouring type (one or two members of another kind) until every margin of persons holds
/// exactly. `begin` holds the first member of each household and the end. Returns the number of swaps; a margin that
/// cannot be met is a problem that names the gap.
std::int64_t repair(std::span<Member> members, std::span<const std::uint32_t> begin, const CountyTargets& county,
                    const Place& place, const SynthesisContext& context);

}  // namespace tuopin
