// Payments to households by a process, through an income stream. The money comes from outside the plan and is not
// posted in the ledger.
#pragma once

#include <algorithm>
#include <limits>

#include "models/state/moment.hpp"
#include "models/state/streams.hpp"

namespace tuopin {

class StreamPayments {
 public:
  /// `stream`: a paid one of the catalogue. The part must stand before household.true_income.
  StreamPayments(Binder& b, std::string_view stream)
      : payments_(b.updates<std::int32_t>("household.payments")), weight_(b.reads<std::uint16_t>("household.weight")),
        stream_(b, stream) {}

  /// Pays `fen` to the household in this row of the block. A year's payments are capped at what the column can hold
  /// (21 million yuan).
  void pay(Moment::Visit& visit, std::uint32_t row, std::int64_t fen) const {
    std::int32_t& payments = visit[payments_][row];
    const std::int64_t most = std::numeric_limits<std::int32_t>::max();
    const auto added = static_cast<std::int32_t>(std::min(fen, most - payments));
    payments += added;
    if (stream_.has_column()) visit[stream_.column()][row] += added;
    visit.add(stream_.sum(), std::int64_t{added} * visit[weight_][row]);
  }

 private:
  Writes<std::int32_t> payments_;
  Reads<std::uint16_t> weight_;
  StreamOfPayments stream_;
};

}  // namespace tuopin
