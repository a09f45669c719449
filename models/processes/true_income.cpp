#include "models/processes/true_income.hpp"

#include <algorithm>

#include "engine/base/numbers.hpp"

namespace tuopin {

Description TrueIncome::describe() const {
  return {"household.true_income",
          "true register net income per head: market income, programme earnings and payments",
          "真实人均纯收入:市场收入、项目经营收入与补助之和",
          {"year.market_income", "household.programme_earnings", "household.payments", "household.members"},
          {"household.true_income", "year.log_true"},
          {}};
}

void TrueIncome::live(Moment::Visit& visit) const {
  World& world = visit.world();
  const Block& block = visit.block;
  Scratch& s = visit.scratch;
  const std::uint32_t n = block.size(), first = block.begin;
  const double* __restrict market = s.market_income.data();
  const float* __restrict earnings = world.household.programme_earnings.data() + first;
  const std::int32_t* __restrict payments = world.household.payments.data() + first;
  const std::uint8_t* __restrict members = world.ground.people.members.data() + first;
  float* __restrict income = world.household.true_income.data() + first;
  double* __restrict at_least_one = s.work_a.data();
  for (std::uint32_t i = 0; i < n; ++i) {
    const double yuan = earnings[i] + payments[i] * 0.01;
    income[i] = static_cast<float>(market[i] + yuan / members[i]);
  }
  for (std::uint32_t i = 0; i < n; ++i) at_least_one[i] = std::max(1.0, static_cast<double>(income[i]));
  fixed_log(at_least_one, s.log_true.data(), n);
}

}  // namespace tuopin
