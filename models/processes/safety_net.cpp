#include "models/processes/safety_net.hpp"

#include <algorithm>
#include <limits>

#include "engine/base/numbers.hpp"
#include "engine/money/ledger.hpp"
#include "models/state/top_ups.hpp"

namespace tuopin {

SafetyNet::SafetyNet(Binder& b, const Settings& scenario)
    : off_(scenario.flag("safety_net.off")), coverage_(scenario.number("safety_net.coverage")),
      adequacy_(scenario.number("safety_net.adequacy")), applies_below_(scenario.number("safety_net.applies_below")),
      assessment_sd_(scenario.number("safety_net.assessment_sd")), market_income_(b.uses<double>("year.market_income")),
      factor_(b.mine<double>()), members_(b.reads<std::uint8_t>("household.members")),
      weight_(b.reads<std::uint16_t>("household.weight")), payments_(b.writes<std::int32_t>("household.payments")),
      top_ups_(b.writes<std::int32_t>("household.top_ups")),
      holds_top_up_(b.reads<std::uint8_t>("household.holds_top_up")), poor_(b, 1), listed_(b, 1),
      list_(b.luck("household.safety_net_list", Kind::household)),
      assessment_(b.luck("household.safety_net", Kind::household)), paid_(b.sums({"safety_net_fen", "fen"})),
      stream_(b, "allowance") {}

Description SafetyNet::about() {
  return {"household.safety_net", msgid("the old safety net tops up assessed income towards the allowance line")};
}

void SafetyNet::run(Moment::Visit& visit) const {
  if (off_) return;
  const World& world = visit.world();
  const double applies = applies_below_ * world.lines.statistical;
  const double allowance = world.lines.allowance;
  const double* market = visit[market_income_];
  const std::uint8_t* elsewhere = visit[holds_top_up_];
  // First who is poor enough, then who of them is on the list, so that random draws are looked up for few rows only.
  std::uint32_t* rows = visit[poor_.rows];
  std::uint32_t n = 0;
  for (std::uint32_t i = 0; i < visit.rows(); ++i) {
    rows[n] = i;
    n += static_cast<std::uint32_t>(market[i] < applies) & static_cast<std::uint32_t>(elsewhere[i] == 0);
  }
  const std::uint32_t* draws = poor_.of_rows(visit, world.lasting_luck(list_), n);
  const std::uint32_t poor = n;
  std::uint32_t* listed = visit[listed_.rows];
  n = 0;
  for (std::uint32_t i = 0; i < poor; ++i) {
    listed[n] = rows[i];
    n += uniform_from(draws[i]) < coverage_;
  }
  double* factor = visit[factor_];
  normals_from(listed_.of_rows(visit, world.luck(assessment_), n), factor, n);
  for (std::uint32_t i = 0; i < n; ++i) factor[i] *= assessment_sd_;
  fixed_exp(factor, factor, n);

  const std::uint8_t* members = visit[members_];
  const std::uint16_t* weight = visit[weight_];
  std::int32_t* payments = visit[payments_];
  std::int32_t* top_ups = visit[top_ups_];
  std::int32_t* by_stream = stream_.has_column() ? visit[stream_.column()] : nullptr;
  std::int64_t paid = 0;
  for (std::uint32_t i = 0; i < n; ++i) {
    const std::uint32_t row = listed[i];
    const double assessed = market[row] * factor[i];
    const std::int64_t fen = to_fen(adequacy_ * std::max(0.0, allowance - assessed) * members[row]);
    const std::int64_t total = payments[row] + fen;
    payments[row] = static_cast<std::int32_t>(std::min<std::int64_t>(total, std::numeric_limits<std::int32_t>::max()));
    if (by_stream) by_stream[row] += payments[row] - static_cast<std::int32_t>(total - fen);
    add_top_up(top_ups[row], fen);
    paid += fen * weight[row];
  }
  visit.add(paid_, paid);
  visit.add(stream_.sum(), paid);
}

}  // namespace tuopin
