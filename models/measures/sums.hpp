// The sums of a year in one place. All are integers, so that the result does not depend on the order of addition.
// Units: counts in persons, money in fen, Foster–Greer–Thorbecke terms in 2^-40 and Watts terms in 2^-36 of a person.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "engine/run/declared_sums.hpp"
#include "models/state/moment.hpp"

namespace tuopin {

constexpr int concepts = 2;                                                       ///< true income, measured income
constexpr int line_count = 4;                                                     ///< multiples of the statistical line
constexpr std::array<double, line_count> line_multiples = {1.0, 1.25, 1.5, 2.0};  // definition: lines that are reported
constexpr int income_bins = 256;

/// Definitions of poverty by which the register's inclusion and exclusion errors are counted: true income below the
/// statistical line; below the line that the scenario's register uses; below that line, or any of the four guarantees
/// unmet.
constexpr std::array<const char*, 3> standards = {"statistical_line", "register_line", "register_line_and_guarantees"};
constexpr std::size_t standard_count = standards.size();

/// Log bins of income: bin b holds incomes in [exp(b·w), exp((b+1)·w)) yuan, the last bin everything above.
/// w = 0.0546875 (exact in binary): from 1 to about 1.2 million yuan a head.
constexpr double bin_width = 0.0546875;  // definition: see above

struct IncomeBins {
  std::array<std::int64_t, income_bins> persons{};
  std::array<std::int64_t, income_bins> fen{};  ///< income, summed over persons
};

/// A person contributes up to 2^40 units: 64 bits would overflow beyond some millions of persons.
__extension__ typedef __int128 WideSum;

/// Only 64-bit sums may be members: the struct is added as one array of integers.
struct Counts {
  std::int64_t persons = 0, households = 0;
  std::array<std::int64_t, concepts> income_fen{};                    ///< summed over persons
  std::array<std::array<std::int64_t, line_count>, concepts> poor{};  ///< persons strictly below
  std::array<IncomeBins, concepts> bins;

  std::int64_t registered = 0;
  /// By poverty standard: persons short of it, registered persons who are not short (inclusion error), and persons
  /// short of it who are not registered (exclusion error).
  std::array<std::int64_t, standard_count> short_of{}, registered_not_short{}, short_not_registered{};
  std::int64_t exits_gross = 0, entries = 0, fall_back_registered = 0, fall_back_true = 0;
  /// Compared with the first scenario under equal luck: poor there and not here, and the reverse.
  std::int64_t out_of_poverty = 0, into_poverty = 0;
  /// Persons who left true poverty this year; and who left it one, or two, years ago and are still not poor.
  std::int64_t true_exits = 0, exits_out_one_year = 0, exits_out_two_years = 0;
  /// Persons who left true poverty in one of the three years before this one; those of them who are poor now.
  std::int64_t left_lately = 0, left_lately_poor = 0;
  std::array<std::int64_t, 3> poor_in_three_years{};  ///< poor in none, one or two, all of this year and the two before
  std::int64_t gap_fen = 0;                           ///< perfect-information gap: Σ persons · max(0, line − y)
  std::int64_t payments_fen = 0;                      ///< all payments to households, safety net included
};

/// Only 128-bit sums may be members, for the same reason.
struct WideCounts {
  std::array<std::array<WideSum, line_count>, concepts> gap{}, gap_squared{}, watts{};
};

struct PlaceSums : Counts, WideCounts {
  /// Adds to a sum that a mechanism has declared.
  void add(SumHandle sum, std::int64_t amount) {
    if (sum.row >= own.size()) own.resize(sum.row + 1);
    own[sum.row] += amount;
  }
  std::int64_t of(SumHandle sum) const { return sum.row < own.size() ? own[sum.row] : 0; }

  void add(const PlaceSums& other);

  std::vector<std::int64_t> own;  ///< declared sums; sums beyond the end are zero
};

/// Poverty in the current and earlier years, one byte per household row: bit k is set if true income was below the line
/// k years ago (bit 0: this year). Years before the base year are unknown: their bits are zero.
struct PovertyHistory {
  std::span<std::uint8_t> poor;                 ///< written
  std::span<const std::uint8_t> poor_before;    ///< the bytes of the year before; empty in the base year
  std::span<const std::uint8_t> poor_in_first;  ///< in the first scenario, this year; empty for that scenario itself
};

/// The columns that the measures read.
struct MeasuredColumns {
  explicit MeasuredColumns(Binder& b);
  Reads<float> true_income, measured_income;
  Reads<std::uint8_t> registered;
  Reads<std::uint16_t> exit_year, weight;
  Reads<std::int32_t> payments;
  Temp<double> log_true, log_measured;
  Temp<std::uint8_t> was_registered, guaranteed;
};

/// Adds the sums over incomes of one block: poverty by income and line, and the income bins.
void add_block_incomes(const Moment::Visit& visit, const MeasuredColumns& columns, PlaceSums& sums);

/// Adds one block to the sums of its county; writes `history.poor`. `register_line`: the line by which the scenario's
/// register is reviewed, in yuan per head.
void add_block(const Moment::Visit& visit, const MeasuredColumns& columns, const PovertyHistory& history,
               double register_line, PlaceSums& sums);

}  // namespace tuopin
