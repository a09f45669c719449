// What a year adds up to in one place. All sums are integers, so that no order of adding changes a bit:
// counts are persons, money is fen, Foster–Greer–Thorbecke terms are 2^-40 and Watts terms 2^-36 of a person.
#pragma once

#include <array>
#include <cstdint>

#include "models/world.hpp"

namespace tuopin {

constexpr int concepts = 2;                                                       ///< true income, measured income
constexpr int line_count = 4;                                                     ///< multiples of the statistical line
constexpr std::array<double, line_count> line_multiples = {1.0, 1.25, 1.5, 2.0};  // definition: lines that are reported
constexpr int income_bins = 256;

/// Log bins of income: bin b holds incomes in [exp(b·w), exp((b+1)·w)) yuan, the last bin everything above.
/// w = 0.0546875 (exact in binary): from 1 to about 1.2 million yuan a head.
constexpr double bin_width = 0.0546875;  // definition: see above

struct IncomeBins {
  std::array<std::int64_t, income_bins> persons{};
  std::array<std::int64_t, income_bins> fen{};  ///< income, summed over persons
  void add(const IncomeBins& other);
};

/// Terms of a person are up to 2^40 units: 64 bits would overflow beyond some millions of persons.
__extension__ typedef __int128 WideSum;

struct PlaceSums {
  std::int64_t persons = 0, households = 0;
  std::array<std::int64_t, concepts> income_fen{};                    ///< summed over persons
  std::array<std::array<std::int64_t, line_count>, concepts> poor{};  ///< persons strictly below
  std::array<std::array<WideSum, line_count>, concepts> gap{}, gap_squared{}, watts{};
  std::array<IncomeBins, concepts> bins;

  std::int64_t registered = 0, registered_not_poor = 0, poor_not_registered = 0;  ///< persons
  std::int64_t exits_gross = 0, entries = 0, fall_back_registered = 0, fall_back_true = 0;
  /// Against the first scenario; sustained: the net exits of the year before that still are.
  std::int64_t exits_net = 0, exits_sustained = 0;
  std::int64_t gap_fen = 0;  ///< perfect-information gap: Σ persons · max(0, line − y)
  std::int64_t safety_net_fen = 0;
  std::int64_t payments_fen = 0;  ///< all payments to households, safety net included

  void add(const PlaceSums& other);
};

/// Adds one block to the sums of its county. `poor_now`, `poor_before`, `reference_now`, `reference_before`: flags by
/// household row of true poverty in this scenario and in the first one; `before` spans are empty in the base year, and
/// the reference's are empty for the first scenario itself. Writes poor_now.
struct PovertyHistory {
  std::span<std::uint8_t> poor_now;
  std::span<const std::uint8_t> poor_before, reference_now, reference_before;
};
void add_block(const World& world, const Block& block, const Scratch& scratch, const PovertyHistory& history,
               PlaceSums& sums);

}  // namespace tuopin
