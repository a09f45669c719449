// The ledger: double entry in whole fen (1/100 yuan). Every posting takes from one account and gives to another, so the
// balances of all accounts sum to zero to the fen, whatever was posted.
//
//   purpose          takes from                     gives to
//   to_household     fund, through the programme    receipts of households
//   to_supplier      fund, through the programme    suppliers
//   administration   fund, through the programme    administration
//   transfer_in      the payers outside             fund
//   lapsed           fund                           lapsed
#pragma once

#include <array>
#include <cmath>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

namespace tuopin {

/// Yuan to fen, halves rounded up; amounts too large for an account are capped. Payments are rounded only here, and
/// incomes use the rounded amount.
inline std::int64_t to_fen(double yuan) {
  constexpr double most = 1e17;  // fen: ninety of them fit in 64 bits
  const double fen = std::floor(100.0 * yuan + 0.5);
  return static_cast<std::int64_t>(fen < most ? (fen > -most ? fen : -most) : most);
}

enum class Purpose : std::uint8_t {
  to_household = 0,
  to_supplier = 1,
  administration = 2,
  transfer_in = 3,
  lapsed = 4
};

inline constexpr std::array<const char*, 5> ledger_purposes = {"to_household", "to_supplier", "administration",
                                                               "transfer_in", "lapsed"};

/// Accounts that are not funds.
enum class Account : std::uint8_t { outside = 0, households = 1, suppliers = 2, administration = 3, lapsed = 4 };

class Ledger {
 public:
  /// Moves `fen` (not negative). Places, programmes and funds are row numbers of the caller; what belongs to no place
  /// or programme (a fund's yearly money, what lapses) is posted by the caller where he wants to find it again. Throws
  /// std::invalid_argument for a negative amount, std::overflow_error beyond 9.2e16 yuan.
  void post(int year, std::size_t place, std::size_t programme, std::size_t fund, Purpose purpose, std::int64_t fen);

  /// Adds all postings of another ledger: in any order and grouping the result is the same.
  void merge(const Ledger& other);

  /// Postings, summed by (year, place, programme, fund, purpose), in that order; sums of zero are left out.
  template <typename Visit>
  void for_each(Visit visit) const {
    for (const auto& [line, fen] : lines_) {
      if (fen != 0)
        visit(line.year, std::size_t{line.place}, std::size_t{line.programme}, std::size_t{line.fund}, line.purpose,
              fen);
    }
  }

  std::int64_t fund_balance(std::size_t fund) const;
  std::int64_t balance(Account account) const { return accounts_[static_cast<std::size_t>(account)]; }
  /// What went through a programme: payments, supplies and administration.
  std::int64_t programme_turnover(std::size_t programme) const;
  /// Sum of the balances of all accounts: zero, always.
  std::int64_t balance_sum() const;
  /// True when the balances are those that the postings alone would give.
  bool balances_follow_from_postings() const;

  friend bool operator==(const Ledger& a, const Ledger& b);

 private:
  struct Line {
    int year;
    std::uint32_t place, programme, fund;
    Purpose purpose;
    auto operator<=>(const Line&) const = default;
  };
  void book(const Line& line, std::int64_t fen);

  std::map<Line, std::int64_t> lines_;
  std::array<std::int64_t, 5> accounts_{};
  std::vector<std::int64_t> funds_;
};

}  // namespace tuopin
