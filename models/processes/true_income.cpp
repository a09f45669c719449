#include "models/processes/true_income.hpp"

#include <algorithm>

#include "engine/base/numbers.hpp"

namespace tuopin {

TrueIncome::TrueIncome(Binder& b)
    : market_income_(b.uses<double>("year.market_income")), log_true_(b.shares<double>("year.log_true")),
      earnings_(b.reads<float>("household.programme_earnings")), payments_(b.reads<std::int32_t>("household.payments")),
      members_(b.reads<std::uint8_t>("household.members")), true_income_(b.writes<float>("household.true_income")) {}

Description TrueIncome::about() {
  return {"household.true_income",
          "true register net income per head: market income, programme earnings and payments",
          "真实人均纯收入:市场收入、项目经营收入与补助之和",
          {},
          {},
          {}};
}

void TrueIncome::live(Moment::Visit& visit) const {
  const std::uint32_t n = visit.rows();
  const double* __restrict market = visit[market_income_];
  const float* __restrict earnings = visit[earnings_];
  const std::int32_t* __restrict payments = visit[payments_];
  const std::uint8_t* __restrict members = visit[members_];
  float* __restrict income = visit[true_income_];
  double* __restrict log_true = visit[log_true_];
  for (std::uint32_t i = 0; i < n; ++i) {
    const double yuan = earnings[i] + payments[i] * 0.01;
    income[i] = static_cast<float>(market[i] + yuan / members[i]);
  }
  for (std::uint32_t i = 0; i < n; ++i) log_true[i] = fixed_log(std::max(1.0, static_cast<double>(income[i])));
}

}  // namespace tuopin
