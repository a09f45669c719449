#include "models/processes/guarantees.hpp"

#include <algorithm>

#include "engine/base/numbers.hpp"

namespace tuopin {

Guarantees::Guarantees(const Settings& scenario)
    : off_(scenario.flag("guarantees.off")), housing_(scenario.number("guarantees.housing_repair")),
      water_(scenario.number("guarantees.water_repair")), schooling_(scenario.number("guarantees.schooling_repair")),
      medical_(scenario.number("guarantees.medical_repair")) {}

Description Guarantees::describe() const {
  return {"household.guarantees",
          "repairs what is unmet of housing, water, schooling and medical care",
          "住房、饮水、教育、医疗保障的逐年改善",
          {"household.housing_safe", "household.water_safe", "household.schooling_met", "household.medical_met"},
          {"household.housing_safe", "household.water_safe", "household.schooling_met", "household.medical_met",
           "year.guaranteed"},
          {"household.guarantees"}};
}

void Guarantees::live(World& world, const Block& block, Scratch& s) const {
  auto& h = world.household;
  const std::uint32_t n = block.size(), first = block.begin;
  if (off_)
    for (const auto& flags : {h.housing_safe, h.water_safe, h.schooling_met, h.medical_met})
      std::fill_n(flags.begin() + first, n, std::uint8_t{1});

  const std::uint8_t* __restrict housing = h.housing_safe.data() + first;
  const std::uint8_t* __restrict water = h.water_safe.data() + first;
  const std::uint8_t* __restrict schooling = h.schooling_met.data() + first;
  const std::uint8_t* __restrict medical = h.medical_met.data() + first;
  std::uint8_t* __restrict all = s.guaranteed.data();
  for (std::uint32_t i = 0; i < n; ++i) all[i] = housing[i] & water[i] & schooling[i] & medical[i];
  if (off_ || world.base_year()) return;

  const Luck luck = world.luck("household.guarantees", Kind::household);
  const auto repair = [&](std::uint8_t& met, std::uint32_t draw, double probability) {
    if (!met) met = uniform_from(draw) < probability;
  };
  for (std::uint32_t i = 0; i < n; ++i) {
    if (all[i]) continue;
    const std::uint32_t row = first + i;
    const auto draws = luck.block(world.ground.people.id[row]);
    repair(h.housing_safe[row], draws[0], housing_);
    repair(h.water_safe[row], draws[1], water_);
    repair(h.schooling_met[row], draws[2], schooling_);
    repair(h.medical_met[row], draws[3], medical_);
    all[i] = h.housing_safe[row] & h.water_safe[row] & h.schooling_met[row] & h.medical_met[row];
  }
}

}  // namespace tuopin
