// Largest remainder: whole numbers by weight that sum to the total (Hamilton's method); ties go to the earlier place.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace tuopin {

/// Whole numbers near total · weight / Σ weights that sum to `total`. All weights zero: shared evenly.
std::vector<std::int64_t> largest_remainder(std::int64_t total, std::span<const double> weights);

/// The same with at most room[i] for place i: the excess goes to the others by weight. What exceeds the sum of all room
/// is given to the first place.
std::vector<std::int64_t> largest_remainder_within(std::int64_t total, std::span<const double> weights,
                                                   std::span<const std::int64_t> room);

/// The nearest whole number, halves upwards.
std::int64_t nearest_whole(double value);

}  // namespace tuopin
