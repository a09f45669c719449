#include "models/processes/guarantees.hpp"

namespace tuopin {

Guarantees::Guarantees(const Settings& scenario)
    : off_(scenario.flag("guarantees.off")),
      housing_(scenario.number("guarantees.housing_repair")),
      water_(scenario.number("guarantees.water_repair")),
      schooling_(scenario.number("guarantees.schooling_repair")),
      medical_(scenario.number("guarantees.medical_repair")) {}

Description Guarantees::describe() const {
  return {"household.guarantees",
          "repairs what is unmet of housing, water, schooling and medical care",
          "住房、饮水、教育、医疗保障的逐年改善",
          {"household.housing_safe", "household.water_safe", "household.schooling_met", "household.medical_met"},
          {"household.housing_safe", "household.water_safe", "household.schooling_met", "household.medical_met"},
          {"household.guarantees"}};
}

void Guarantees::live(World& world, const Block& block, Scratch&) const {
  auto& h = world.household;
  const Luck luck = world.luck("household.guarantees", Kind::household);
  for (std::uint32_t row = block.begin; row < block.end; ++row) {
    if (off_) {
      h.housing_safe[row] = h.water_safe[row] = h.schooling_met[row] = h.medical_met[row] = 1;
      continue;
    }
    if (world.base_year() || (h.housing_safe[row] & h.water_safe[row] & h.schooling_met[row] & h.medical_met[row])) continue;
    const std::uint32_t id = world.ground.people.id[row];
    if (!h.housing_safe[row]) h.housing_safe[row] = luck.uniform(id, 0) < housing_;
    if (!h.water_safe[row]) h.water_safe[row] = luck.uniform(id, 1) < water_;
    if (!h.schooling_met[row]) h.schooling_met[row] = luck.uniform(id, 2) < schooling_;
    if (!h.medical_met[row]) h.medical_met[row] = luck.uniform(id, 3) < medical_;
  }
}

}  // namespace tuopin
