// Budgets: money of funds by year, yearly budgets ("envelopes") of programmes, and shares of places, all in whole fen
// (or units).
//
//   fund (by year; the rest lapses or is carried over)
//     └ programme: draws on its funds in fixed shares, up to its own envelope of the year
//         └ place: by a published key, largest remainder (Hamilton's method)
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace tuopin {

/// Stands for "no limit"; small enough that a few of them can be added without overflow.
inline constexpr std::int64_t unlimited = std::numeric_limits<std::int64_t>::max() / 16;

/// Shares a total by keys so that the parts are whole and sum to the total: each gets the whole part of its exact
/// share, what is left goes to the largest remainders, ties to the lower index. Exact (128-bit products). All keys
/// zero: evenly. Throws std::invalid_argument for a negative total or key, or a total without anybody to take it.
std::vector<std::int64_t> apportion(std::int64_t total, std::span<const std::int64_t> keys);

/// The same by real weights, which are first brought to whole numbers of 2^-52 of the largest.
std::vector<std::int64_t> apportion_by_weights(std::int64_t total, std::span<const double> weights);

/// Fixed shares of several funds in one cost, held as whole billionths that sum to one exactly.
class Shares {
 public:
  static constexpr std::int64_t whole = 1'000'000'000;

  /// Throws std::invalid_argument for a negative share or no positive one. Scaled to sum to one.
  explicit Shares(std::span<const double> shares);

  std::size_t size() const { return parts_.size(); }
  /// Parts of a total, by largest remainder: they sum to it exactly, and none is a fen above its exact share.
  std::vector<std::int64_t> split(std::int64_t total) const;
  /// Largest total that can be spent in `splits` separate splits, whatever their sizes, so that no fund is overdrawn:
  /// each split may round a fund's part up by less than a fen, so `splits` fen are kept back (none for a single fund).
  std::int64_t fundable(std::span<const std::int64_t> left, std::int64_t splits = 1) const;

 private:
  std::vector<std::int64_t> parts_;
};

/// The funds of a run through its years. Programmes are served in the order of the caller; nothing is reserved for
/// those who come later: the order of the scenario's list is the order of priority.
class Budgets {
 public:
  struct Fund {
    bool carry_over = false;  ///< what is left stays for the next year; otherwise it lapses
    bool endless = false;     ///< never exhausted
  };
  struct Programme {
    std::vector<std::size_t> funds;
    std::vector<double> shares;  ///< by fund, same order
  };
  struct Draw {
    std::size_t fund;
    std::int64_t fen;
  };

  Budgets(std::vector<Fund> funds, const std::vector<Programme>& programmes);

  /// Copies the balances of other budgets with the same funds, between two years. Throws std::invalid_argument if the
  /// funds differ.
  void take_over(const Budgets& other);
  /// The balances by fund between two years, and restoring them. Throws std::invalid_argument for another number of
  /// funds or a negative amount.
  std::span<const std::int64_t> all_left() const { return left_; }
  void restore(std::span<const std::int64_t> left);
  /// New money by fund, and the envelope of each programme for this year (`unlimited`: none), in fen.
  void begin_year(std::span<const std::int64_t> new_money, std::span<const std::int64_t> envelopes);
  /// Largest amount that the programme may still spend this year in `splits` calls of spend().
  std::int64_t available(std::size_t programme, std::int64_t splits = 1) const;
  /// Takes `fen` from the programme's funds and envelope. Throws std::logic_error rather than overspend.
  std::vector<Draw> spend(std::size_t programme, std::int64_t fen);
  /// Ends the year: by fund, the fen that lapse.
  std::vector<std::int64_t> end_year();

  std::int64_t left(std::size_t fund) const { return funds_[fund].endless ? unlimited : left_[fund]; }

 private:
  struct Claimant {
    std::vector<std::size_t> funds;
    Shares shares;
    std::int64_t envelope_left;
  };
  std::vector<Fund> funds_;
  std::vector<std::int64_t> left_;
  std::vector<Claimant> programmes_;
};

}  // namespace tuopin
