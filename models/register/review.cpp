#include "models/register/review.hpp"

#include <algorithm>

namespace tuopin {

Review::Review(const Settings& scenario)
    : statistical_line_(scenario.text("register.line") == "statistical"),
      exit_only_(scenario.flag("register.exit_only")), detection_(scenario.number("register.detection")),
      margin_(scenario.number("register.margin")) {}

Description Review::describe() const {
  return {"register.review",
          "exit on measured income and all guarantees; entry of the newly poor when detected",
          "动态管理:收入达标且保障到位则退出,新致贫被识别则纳入",
          {"household.measured_income", "household.registered", "year.guaranteed"},
          {"household.registered", "household.ever_registered", "household.exit_year"},
          {"register.review"}};
}

double Review::line(const World& world) const {
  return statistical_line_ ? world.lines.statistical : world.lines.administrative;
}

void Review::live(World& world, const Block& block, Scratch& s) const {
  auto& h = world.household;
  const std::uint32_t n = block.size(), first = block.begin;
  std::copy_n(h.registered.begin() + first, n, s.was_registered.begin());
  if (world.base_year()) return;

  const double entry_line = line(world), exit_line = entry_line * (1 + margin_);
  const auto year = static_cast<std::uint16_t>(world.year);
  const float* __restrict measured = h.measured_income.data() + first;
  const std::uint8_t* __restrict guaranteed = s.guaranteed.data();
  std::uint8_t* __restrict registered = h.registered.data() + first;
  std::uint16_t* __restrict exit_year = h.exit_year.data() + first;
  for (std::uint32_t i = 0; i < n; ++i) {
    const std::uint8_t leaves = registered[i] & guaranteed[i] & (measured[i] >= exit_line);
    registered[i] = registered[i] & (leaves ^ 1u);
    exit_year[i] = leaves ? year : exit_year[i];
  }
  if (exit_only_) return;

  const std::uint8_t* __restrict was = s.was_registered.data();
  const Luck luck = world.luck("register.review", Kind::household);
  for (std::uint32_t i = 0; i < n; ++i) {
    if (was[i] || !(measured[i] < entry_line)) continue;
    if (luck.uniform(world.ground.people.id[first + i], 0) < detection_)
      registered[i] = h.ever_registered[first + i] = 1;
  }
}

}  // namespace tuopin
