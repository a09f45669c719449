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
      assessment_sd_(scenario.number("safety_net.assessment_sd")), factor_(b.mine<double>()),
      assessed_income_(b.reads<float>("household.assessed_income")),
      members_(b.reads<std::uint8_t>("household.members")), weight_(b.reads<std::uint16_t>("household.weight")),
      payments_(b.writes<std::int32_t>("household.payments")), top_ups_(b.writes<std::int32_t>("household.top_ups")),
      on_list_(b.updates<std::uint8_t>("household.on_safety_net_list")), listed_(b, 1), all_(b),
      list_(b.luck("household.safety_net_list", Kind::household)),
      assessment_(b.luck("household.safety_net", Kind::household)), paid_(b.sums({"safety_net_fen", "fen"})),
      stream_(b, "allowance") {}

Description SafetyNet::about() {
  return {"household.safety_net",
          msgid("the old safety net tops up last year's assessed income towards the allowance line")};
}

void SafetyNet::draw_the_list(Moment::Visit& visit) const {
  const std::uint32_t* draws = all_.of_block(visit, visit.world().lasting_luck(list_));
  std::uint8_t* on_list = visit[on_list_];
  for (std::uint32_t i = 0; i < visit.rows(); ++i) on_list[i] = uniform_from(draws[i]) < coverage_;
}

void SafetyNet::run(Moment::Visit& visit) const {
  if (off_) return;
  const World& world = visit.world();
  if (world.base_year()) draw_the_list(visit);
  const double applies = applies_below_ * world.lines.statistical;
  const double allowance = world.lines.allowance;
  const std::uint8_t* on_list = visit[on_list_];
  std::uint32_t* rows = visit[listed_.rows];
  std::uint32_t n = 0;
  for (std::uint32_t i = 0; i < visit.rows(); ++i) {
    rows[n] = i;
    n += on_list[i];
  }
  double* factor = visit[factor_];
  normals_from(listed_.of_rows(visit, world.luck(assessment_), n), factor, n);
  for (std::uint32_t i = 0; i < n; ++i) factor[i] *= assessment_sd_;
  fixed_exp(factor, factor, n);

  const float* assessed_income = visit[assessed_income_];
  const std::uint8_t* members = visit[members_];
  const std::uint16_t* weight = visit[weight_];
  std::int32_t* payments = visit[payments_];
  std::int32_t* top_ups = visit[top_ups_];
  std::int32_t* by_stream = stream_.has_column() ? visit[stream_.column()] : nullptr;
  std::int64_t paid = 0;
  for (std::uint32_t i = 0; i < n; ++i) {
    const std::uint32_t row = rows[i];
    const double assessed = static_cast<double>(assessed_income[row]) * factor[i];
    if (assessed >= applies) continue;
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
