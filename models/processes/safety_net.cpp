#include "models/processes/safety_net.hpp"

#include <algorithm>
#include <limits>

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
          {"year.market_income", "household.members", "household.weight"},
          {"household.payments", "year.safety_net_fen"},
          {"household.safety_net", "household.safety_net_list"}};
}

void SafetyNet::live(Moment::Visit& visit) const {
  World& world = visit.world();
  const Block& block = visit.block;
  Scratch& s = visit.scratch;
  std::int64_t& paid = visit.work().safety_net_fen[visit.cell];
  paid = 0;
  if (off_) return;
  const auto& people = world.ground.people;
  const double applies = applies_below_ * world.lines.statistical;
  const double allowance = world.lines.allowance;
  // Who is poor enough, then who of them is on the list: few rows are left for each further look at luck.
  std::uint32_t* rows = s.rows.data();
  std::uint32_t* ids = s.ids.data();
  std::uint32_t n = 0;
  for (std::uint32_t i = 0; i < block.size(); ++i) {
    rows[n] = i;
    n += s.market_income[i] < applies;
  }
  const auto look_up = [&](const Luck& luck) {
    for (std::uint32_t i = 0; i < n; ++i) ids[i] = people.id[block.begin + rows[i]];
    luck.fill(std::span<const std::uint32_t>(ids, n), s.draws.data(), s.stride);
  };
  look_up(Luck(world.seed, world.replicate, hash32("household.safety_net_list"), 0, Kind::household));
  const std::uint32_t poor = n;
  n = 0;
  for (std::uint32_t i = 0; i < poor; ++i) {
    rows[n] = rows[i];
    n += uniform_from(s.draws[i]) < coverage_;
  }
  look_up(world.luck("household.safety_net", Kind::household));
  double* factor = s.work_a.data();
  normals_from(s.draws.data(), factor, n);
  for (std::uint32_t i = 0; i < n; ++i) factor[i] *= assessment_sd_;
  fixed_exp(factor, factor, n);
  for (std::uint32_t i = 0; i < n; ++i) {
    const std::uint32_t row = block.begin + rows[i];
    const double assessed = s.market_income[rows[i]] * factor[i];
    const std::int64_t fen = to_fen(adequacy_ * std::max(0.0, allowance - assessed) * people.members[row]);
    const std::int64_t total = world.household.payments[row] + fen;
    world.household.payments[row] =
        static_cast<std::int32_t>(std::min<std::int64_t>(total, std::numeric_limits<std::int32_t>::max()));
    paid += fen * people.weight[row];
  }
}

}  // namespace tuopin
