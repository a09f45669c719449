#include "models/register/review.hpp"

#include <algorithm>

#include "engine/base/numbers.hpp"

namespace tuopin {

Review::Review(Binder& b, const Settings& scenario)
    : statistical_line_(scenario.text("register.line") == "statistical"),
      statistical_entry_line_(scenario.has("register.entry_line")
                                  ? scenario.text("register.entry_line") == "statistical"
                                  : statistical_line_),
      exit_only_(scenario.flag("register.exit_only")), detection_(scenario.number("register.detection")),
      look_back_detection_(scenario.has("register.look_back_year") ? scenario.number("register.look_back_detection")
                                                                   : 0),
      margin_(scenario.number("register.margin")),
      look_back_year_(scenario.has("register.look_back_year") ? scenario.integer("register.look_back_year") : 0),
      measured_(b.reads<float>("household.measured_income")), guaranteed_(b.uses<std::uint8_t>("year.guaranteed")),
      was_registered_(b.shares<std::uint8_t>("year.was_registered")),
      registered_(b.updates<std::uint8_t>("household.registered")),
      ever_registered_(b.writes<std::uint8_t>("household.ever_registered")),
      exit_year_(b.writes<std::uint16_t>("household.exit_year")), below_(b, 1),
      luck_(b.luck("register.review", Kind::household)) {}

Description Review::about() {
  return {"register.review",
          msgid("exit on measured income and all guarantees; entry of the newly poor when detected")};
}

void Review::run(Moment::Visit& visit) const {
  const World& world = visit.world();
  const std::uint32_t n = visit.rows();
  std::uint8_t* __restrict registered = visit[registered_];
  std::uint8_t* __restrict was = visit[was_registered_];
  std::copy_n(registered, n, was);
  if (world.base_year()) return;

  const auto line = [&](bool statistical) {
    return statistical ? world.lines.statistical : world.lines.administrative;
  };
  const double entry_line = line(statistical_entry_line_), exit_line = line(statistical_line_) * (1 + margin_);
  const double detection = world.year == look_back_year_ ? look_back_detection_ : detection_;
  const auto year = static_cast<std::uint16_t>(world.year);
  const float* __restrict measured = visit[measured_];
  const std::uint8_t* __restrict guaranteed = visit[guaranteed_];
  std::uint16_t* __restrict exit_year = visit[exit_year_];
  for (std::uint32_t i = 0; i < n; ++i) {
    const std::uint8_t leaves = registered[i] & guaranteed[i] & (measured[i] >= exit_line);
    registered[i] = registered[i] & (leaves ^ 1u);
    exit_year[i] = leaves ? year : exit_year[i];
  }
  if (exit_only_) return;

  std::uint32_t* rows = visit[below_.rows];
  std::uint32_t candidates = 0;
  for (std::uint32_t i = 0; i < n; ++i) {
    rows[candidates] = i;
    candidates += !was[i] & (measured[i] < entry_line);
  }
  const std::uint32_t* draws = below_.of_rows(visit, world.luck(luck_), candidates);
  std::uint8_t* ever_registered = visit[ever_registered_];
  for (std::uint32_t k = 0; k < candidates; ++k)
    if (uniform_from(draws[k]) < detection) registered[rows[k]] = ever_registered[rows[k]] = 1;
}

}  // namespace tuopin
