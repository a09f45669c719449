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

void Guarantees::live(Moment::Visit& visit) const {
  World& world = visit.world();
  const Block& block = visit.block;
  Scratch& s = visit.scratch;
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

  std::uint32_t* rows = s.rows.data();
  std::uint32_t unmet = 0;
  for (std::uint32_t i = 0; i < n; ++i) {
    rows[unmet] = i;
    unmet += all[i] ^ 1u;
  }
  for (std::uint32_t k = 0; k < unmet; ++k) s.ids[k] = world.ground.people.id[first + rows[k]];
  world.luck("household.guarantees", Kind::household)
      .fill(std::span<const std::uint32_t>(s.ids.data(), unmet), s.draws.data(), s.stride);
  const auto repair = [&](std::span<std::uint8_t> met, unsigned draw, double probability) {
    for (std::uint32_t k = 0; k < unmet; ++k)
      met[first + rows[k]] |= uniform_from(s.draws[draw * s.stride + k]) < probability;
  };
  repair(h.housing_safe, 0, housing_);
  repair(h.water_safe, 1, water_);
  repair(h.schooling_met, 2, schooling_);
  repair(h.medical_met, 3, medical_);
  for (std::uint32_t i = 0; i < n; ++i) all[i] = housing[i] & water[i] & schooling[i] & medical[i];
}

}  // namespace tuopin
