#include "models/register/review.hpp"

namespace tuopin {

Review::Review(const Settings& scenario)
    : statistical_line_(scenario.text("register.line") == "statistical"),
      exit_only_(scenario.flag("register.exit_only")),
      detection_(scenario.number("register.detection")),
      margin_(scenario.number("register.margin")) {}

Description Review::describe() const {
  return {"register.review",
          "exit on measured income and all guarantees; entry of the newly poor when detected",
          "动态管理:收入达标且保障到位则退出,新致贫被识别则纳入",
          {"household.measured_income", "household.registered", "household.housing_safe", "household.water_safe",
           "household.schooling_met", "household.medical_met"},
          {"household.registered", "household.ever_registered", "household.exit_year"},
          {"register.review"}};
}

double Review::line(const World& world) const {
  return statistical_line_ ? world.lines.statistical : world.lines.administrative;
}

void Review::live(World& world, const Block& block, Scratch& s) const {
  auto& h = world.household;
  const double entry_line = line(world), exit_line = entry_line * (1 + margin_);
  const Luck luck = world.luck("register.review", Kind::household);
  for (std::uint32_t i = 0; i < block.size(); ++i) {
    const std::uint32_t row = block.begin + i;
    s.was_registered[i] = h.registered[row];
    if (world.base_year()) continue;
    if (h.registered[row]) {
      const bool guaranteed = h.housing_safe[row] & h.water_safe[row] & h.schooling_met[row] & h.medical_met[row];
      if (guaranteed && h.measured_income[row] >= exit_line) {
        h.registered[row] = 0;
        h.exit_year[row] = static_cast<std::uint16_t>(world.year);
      }
    } else if (!exit_only_ && h.measured_income[row] < entry_line &&
               luck.uniform(world.ground.people.id[row], 0) < detection_) {
      h.registered[row] = 1;
      h.ever_registered[row] = 1;
    }
  }
}

}  // namespace tuopin
