// The treasury of a trajectory: funds by year, what each programme may still spend, and the ledger in which all money
// is posted.
#pragma once

#include "engine/money/budgets.hpp"
#include "engine/money/ledger.hpp"
#include "models/programme/programme.hpp"
#include "models/scenario/limits.hpp"

namespace tuopin {

/// Names of the accounts of a run, in the order of the ledger's indices.
struct AccountNames {
  std::vector<std::string> funds;       ///< the safety net's own source comes first
  std::vector<bool> unlimited;          ///< by fund: true if its money is not limited
  std::vector<std::string> programmes;  ///< the old safety net first, then the scenario's
};

/// Place of a posting that belongs to no county: money paid into a fund, or money that lapses.
constexpr std::size_t everywhere = 0xffffffff;

class Treasury {
 public:
  /// `share`: share of the register population that is simulated; money and places are scaled by it.
  Treasury(const Settings& scenario, const std::vector<Programme>& programmes, AccountNames names, double share,
           std::uint32_t counties);

  /// Copies the balances and postings of another treasury with the same accounts.
  void continue_from(const Treasury& other);
  /// Between two years: the balances of the funds in the order of names().funds; and restoring them from a saved state.
  std::span<const std::int64_t> left() const { return budgets_.all_left(); }
  void restore(std::span<const std::int64_t> left, Ledger ledger);
  void begin_year(int year);
  /// Largest total in fen that a programme may still spend this year, limited by each of its funds and by its budget.
  std::int64_t available(std::size_t programme) const;
  /// Posts what a programme spent in a county.
  void spend(std::size_t programme, std::uint32_t county, std::int64_t to_household, std::int64_t to_supplier,
             std::int64_t administration);
  void spend_safety_net(std::uint32_t county, std::int64_t to_household);
  void end_year();

  const AccountNames& names() const { return names_; }
  const Ledger& ledger() const { return ledger_; }

 private:
  void post(std::size_t programme, std::size_t account, std::uint32_t county, Purpose purpose, std::int64_t fen);

  AccountNames names_;
  const std::vector<Programme>& programmes_;
  std::vector<YearSeries> fund_money_;          ///< by fund; unlimited funds have none
  std::vector<std::size_t> programme_account_;  ///< of each programme of the scenario
  Budgets budgets_;
  Ledger ledger_;
  double share_;
  std::int64_t splits_;  ///< largest number of calls of spend() of a programme in a year
  int year_ = 0;
};

/// Funds and programmes of a set of scenarios, so that all of them share one numbering.
AccountNames account_names(std::span<const Settings* const> scenarios,
                           std::span<const std::vector<Settings>* const> programmes);

}  // namespace tuopin
