// The permanent part of income as a score with a standard normal distribution over persons, for any population.
//
//   index_h = county + village + β_size z(members) + β_labour z(able workers / members) + own_h
//   score_h = Φ⁻¹((persons with a lower index + members_h / 2) / persons)
#pragma once

#include "models/population/zones.hpp"

namespace tuopin {

void score_households(Population& population, const SynthesisContext& context, const ScoreParts& parts);

/// Values as z over persons: mean 0 and standard deviation 1 where members weigh.
std::vector<double> standardised(std::vector<double> values, std::span<const std::uint8_t> members);

}  // namespace tuopin
