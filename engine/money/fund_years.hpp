// Flows and balance of each fund in each year, computed from the ledger alone.
//
//   transfer_in + carried_in − paid = balance = carried_over + lapsed;   carried_in = carried_over of the year before
#pragma once

#include "engine/money/ledger.hpp"

namespace tuopin {

/// In fen.
struct FundYear {
  std::int64_t transfer_in = 0, carried_in = 0, paid = 0, carried_over = 0, lapsed = 0;
  std::int64_t balance() const { return transfer_in + carried_in - paid; }  ///< unspent at the end of the year
};

/// [year][fund], from `first_year` on. Nothing may have been posted before it.
std::vector<std::vector<FundYear>> fund_years(const Ledger& ledger, int first_year, std::size_t years,
                                              std::size_t funds);

}  // namespace tuopin
