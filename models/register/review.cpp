#include "models/register/review.hpp"

#include <algorithm>

#include "engine/base/numbers.hpp"

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
          {"household.registered", "household.ever_registered", "household.exit_year", "year.was_registered"},
          {"register.review"}};
}

void Review::live(Moment::Visit& visit) const {
  World& world = visit.world();
  const Block& block = visit.block;
  Scratch& s = visit.scratch;
  auto& h = world.household;
  const std::uint32_t n = block.size(), first = block.begin;
  std::copy_n(h.registered.begin() + first, n, s.was_registered.begin());
  if (world.base_year()) return;

  const double entry_line = statistical_line_ ? world.lines.statistical : world.lines.administrative,
               exit_line = entry_line * (1 + margin_);
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
  std::uint32_t* rows = s.rows.data();
  std::uint32_t candidates = 0;
  for (std::uint32_t i = 0; i < n; ++i) {
    rows[candidates] = i;
    candidates += !was[i] & (measured[i] < entry_line);
  }
  for (std::uint32_t k = 0; k < candidates; ++k) s.ids[k] = world.ground.people.id[first + rows[k]];
  world.luck("register.review", Kind::household)
      .fill(std::span<const std::uint32_t>(s.ids.data(), candidates), s.draws.data(), s.stride);
  for (std::uint32_t k = 0; k < candidates; ++k)
    if (uniform_from(s.draws[k]) < detection_) registered[rows[k]] = h.ever_registered[first + rows[k]] = 1;
}

}  // namespace tuopin
