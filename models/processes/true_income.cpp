#include "models/processes/true_income.hpp"

#include <algorithm>

#include "engine/base/numbers.hpp"
#include "engine/money/ledger.hpp"
#include "models/processes/income_streams.hpp"

namespace tuopin {

TrueIncome::TrueIncome(Binder& b, const Settings& scenario, const Streams& streams, bool adds_up)
    : market_income_(
          b.uses<double>(counts_market_income_in_part(scenario) ? "year.counted_market_income" : "year.market_income")),
      log_true_(b.shares<double>("year.log_true")), yuan_(b.mine<double>()),
      earnings_(b.reads<float>("household.programme_earnings")), payments_(b.reads<std::int32_t>("household.payments")),
      members_(b.reads<std::uint8_t>("household.members")), true_income_(b.writes<float>("household.true_income")),
      earnings_weight_(register_weight(scenario, "programme_earnings")), adds_up_(adds_up) {
  for (const Stream& stream : streams)
    if (const double weight = register_weight(scenario, stream.name); stream.is_paid() && weight != 1)
      partly_.push_back({b.reads<std::int32_t>("household." + std::string(stream.column)), 1 - weight});
  if (!adds_up_) return;
  earned_ = b.adds_to_sum({sum_of_stream("programme_earnings"), "fen"});
  b.reads_also({"household.weight"});
}

Description TrueIncome::about() {
  return {"household.true_income",
          msgid("true register net income per head: market income, programme earnings and payments")};
}

void TrueIncome::run(Moment::Visit& visit) const {
  const std::uint32_t n = visit.rows();
  const double* __restrict market = visit[market_income_];
  const float* __restrict earnings = visit[earnings_];
  const std::int32_t* __restrict payments = visit[payments_];
  const std::uint8_t* __restrict members = visit[members_];
  float* __restrict income = visit[true_income_];
  double* __restrict log_true = visit[log_true_], * __restrict yuan = visit[yuan_];
  for (std::uint32_t i = 0; i < n; ++i) yuan[i] = earnings_weight_ * earnings[i] + payments[i] * 0.01;
  if (!partly_.empty()) leave_out(visit, yuan);
  for (std::uint32_t i = 0; i < n; ++i) income[i] = static_cast<float>(market[i] + yuan[i] / members[i]);
  for (std::uint32_t i = 0; i < n; ++i) log_true[i] = fixed_log(std::max(1.0, static_cast<double>(income[i])));
  if (adds_up_) add_up_earnings(visit);
}

void TrueIncome::leave_out(Moment::Visit& visit, double* yuan) const {
  for (const Partly& stream : partly_) {
    const std::int32_t* payments = visit[stream.payments];
    for (std::uint32_t i = 0; i < visit.rows(); ++i) yuan[i] -= stream.left_out * (payments[i] * 0.01);
  }
}

void TrueIncome::add_up_earnings(Moment::Visit& visit) const {
  const float* earnings = visit[earnings_];
  const auto weight = visit.world().shard.people.weight.subspan(visit.block.begin);
  std::int64_t fen = 0;
  for (std::uint32_t i = 0; i < visit.rows(); ++i)
    if (earnings[i] != 0) fen += to_fen(static_cast<double>(earnings[i])) * weight[i];
  visit.add(earned_, fen);
}

}  // namespace tuopin
