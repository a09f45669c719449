#include "models/processes/payments_last_year.hpp"

#include <algorithm>

namespace tuopin {

bool keeps_payments_of_last_year(const Streams& streams, const StateSchema& schema) {
  return std::any_of(streams.begin(), streams.end(),
                     [&](const Stream& stream) { return schema.has(last_year_column(stream.name)); });
}

PaymentsLastYear::PaymentsLastYear(Binder& b, const Streams& streams)
    : members_(b.reads<std::uint8_t>("household.members")) {
  for (const Stream& stream : streams)
    if (const std::string column = last_year_column(stream.name); b.schema().has(column))
      kept_.push_back({b.reads<std::int32_t>("household." + std::string(stream.column)), b.writes<float>(column)});
}

Description PaymentsLastYear::about() {
  return {"household.payments_last_year",
          msgid("what streams of payments brought, per head, for the rules of the next year")};
}

void PaymentsLastYear::run(Moment::Visit& visit) const {
  const std::uint8_t* __restrict members = visit[members_];
  for (const Kept& stream : kept_) {
    const std::int32_t* __restrict payments = visit[stream.payments];  // fen
    float* __restrict last_year = visit[stream.last_year];             // yuan a head
    for (std::uint32_t i = 0; i < visit.rows(); ++i) last_year[i] = static_cast<float>(payments[i] * 0.01 / members[i]);
  }
}

}  // namespace tuopin
