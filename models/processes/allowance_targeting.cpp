#include "models/processes/allowance_targeting.hpp"

#include "models/state/streams.hpp"

namespace tuopin {

AllowanceTargeting::AllowanceTargeting(Binder& b, const Settings& scenario)
    : allowance_weight_(register_weight(scenario, "allowance")), true_income_(b.reads<float>("household.true_income")),
      top_ups_(b.reads<std::int32_t>("household.top_ups")), members_(b.reads<std::uint8_t>("household.members")),
      weight_(b.reads<std::uint16_t>("household.weight")), recipients_(b.sums({"allowance_recipients", "persons"})),
      recipients_not_poor_(b.sums({"allowance_recipients_not_poor", "persons"})),
      poor_(b.sums({"poor_without_allowance", "persons"})), fen_(b.sums({"allowance_fen", "fen"})),
      fen_to_not_poor_(b.sums({"allowance_to_not_poor_fen", "fen"})) {}

Description AllowanceTargeting::about() {
  return {"household.allowance_targeting", msgid("whom allowances reach, for figures")};
}

void AllowanceTargeting::run(Moment::Visit& visit) const {
  const double line = visit.world().lines.statistical;
  const float* income = visit[true_income_];
  const std::int32_t* top_ups = visit[top_ups_];  // fen
  const std::uint8_t* members = visit[members_];
  const std::uint16_t* weight = visit[weight_];
  std::int64_t recipients = 0, recipients_not_poor = 0, poor = 0, fen = 0, fen_to_not_poor = 0;
  for (std::uint32_t i = 0; i < visit.rows(); ++i) {
    const double without = income[i] - allowance_weight_ * (top_ups[i] * 0.01) / members[i];
    const std::int64_t persons = std::int64_t{members[i]} * weight[i], paid = std::int64_t{top_ups[i]} * weight[i];
    const bool is_poor = without<line, draws = top_ups[i]> 0;
    poor += is_poor ? persons : 0;
    recipients += draws ? persons : 0;
    recipients_not_poor += draws && !is_poor ? persons : 0;
    fen += paid;
    fen_to_not_poor += is_poor ? 0 : paid;
  }
  visit.add(recipients_, recipients);
  visit.add(recipients_not_poor_, recipients_not_poor);
  visit.add(poor_, poor);
  visit.add(fen_, fen);
  visit.add(fen_to_not_poor_, fen_to_not_poor);
}

}  // namespace tuopin
