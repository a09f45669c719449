// From household types to tables: villages, households, their members with ages, and ethnicity.
#pragma once

#include <vector>

#include "models/population/seed.hpp"

namespace tuopin {

/// Village sizes by county: households, at least one each; spread quasi-lognormally.
std::vector<std::vector<std::int64_t>> village_sizes(const SynthesisContext& context);

/// Makes counties, villages, households and persons from the types selected in each county. Households are assigned to
/// villages in random order; persons are contiguous by household, households by village, villages by county.
void place_households(Population& population, const SynthesisContext& context, const std::vector<HouseholdType>& types,
                      const std::vector<std::vector<std::uint16_t>>& selected, std::vector<Member>& members);

/// Ages within the members' kinds, flags, and the households' counts of members.
void describe(Population& population, const SynthesisContext& context, const std::vector<Member>& members);

/// Ethnicity by household, with the villages' own correlation; exact by county.
void assign_ethnicity(Population& population, const SynthesisContext& context);

}  // namespace tuopin
