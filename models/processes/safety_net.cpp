#include "models/processes/safety_net.hpp"

#include <algorithm>

#include "engine/base/numbers.hpp"
#include "engine/money/ledger.hpp"

namespace tuopin {

SafetyNet::SafetyNet(const Settings& scenario)
    : off_(scenario.flag("safety_net.off")), coverage_(scenario.number("safety_net.coverage")),
      adequacy_(scenario.number("safety_net.adequacy")), applies_below_(scenario.number("safety_net.applies_below")),
      assessment_sd_(scenario.number("safety_net.assessment_sd")) {}

Description SafetyNet::describe() const {
  return {"household.safety_net",
          "the old safety net tops up assessed income towards the allowance line",
          "原有低保:按核定收入补差至低保标准",
          {"year.market_income", "household.members"},
          {"household.payments"},
          {"household.safety_net", "household.safety_net_list"}};
}

void SafetyNet::live(World& world, const Block& block, Scratch& s) const {
  s.safety_net_fen = 0;
  if (off_) return;
  const auto& people = world.ground.people;
  const Luck luck = world.luck("household.safety_net", Kind::household);
  const Luck list(world.seed, world.replicate, hash32("household.safety_net_list"), 0, Kind::household);
  const double applies = applies_below_ * world.lines.statistical;
  const double allowance = world.lines.allowance;
  for (std::uint32_t i = 0; i < block.size(); ++i) {
    if (!(s.market_income[i] < applies)) continue;
    const std::uint32_t row = block.begin + i;
    if (!(list.uniform(people.id[row], 0) < coverage_)) continue;
    const double assessed = s.market_income[i] * fixed_exp(assessment_sd_ * luck.normal(people.id[row], 0));
    const std::int64_t fen = to_fen(adequacy_ * std::max(0.0, allowance - assessed) * people.members[row]);
    world.household.payments[row] += static_cast<std::int32_t>(fen);
    s.safety_net_fen += fen * people.weight[row];
  }
}

}  // namespace tuopin
