#include "models/processes/guarantees.hpp"

#include <algorithm>

#include "engine/base/numbers.hpp"

namespace tuopin {

Guarantees::Guarantees(Binder& b, const Settings& scenario)
    : off_(scenario.flag("guarantees.off")),
      repair_{scenario.number("guarantees.housing_repair"), scenario.number("guarantees.water_repair"),
              scenario.number("guarantees.schooling_repair"), scenario.number("guarantees.medical_repair")},
      met_{b.updates<std::uint8_t>("household.housing_safe"), b.updates<std::uint8_t>("household.water_safe"),
           b.updates<std::uint8_t>("household.schooling_met"), b.updates<std::uint8_t>("household.medical_met")},
      guaranteed_(b.shares<std::uint8_t>("year.guaranteed")), repaired_(b.mine<std::uint8_t>()), unmet_(b, 4),
      luck_(b.luck("household.guarantees", Kind::household)) {}

Description Guarantees::about() {
  return {"household.guarantees", msgid("repairs what is unmet of housing, water, schooling and medical care")};
}

void Guarantees::note_who_has_all(Moment::Visit& visit) const {
  std::uint8_t* __restrict all = visit[guaranteed_];
  const std::uint8_t *housing = visit[met_[0]], *water = visit[met_[1]], *schooling = visit[met_[2]],
                     *medical = visit[met_[3]];
  for (std::uint32_t i = 0; i < visit.rows(); ++i) all[i] = housing[i] & water[i] & schooling[i] & medical[i];
}

void Guarantees::run(Moment::Visit& visit) const {
  const std::uint32_t n = visit.rows();
  if (off_)
    for (const auto& flags : met_) std::fill_n(visit[flags], n, std::uint8_t{1});
  note_who_has_all(visit);
  if (off_ || visit.world().base_year()) return;

  std::uint8_t* all = visit[guaranteed_];
  std::uint32_t* rows = visit[unmet_.rows];
  std::uint32_t unmet = 0;
  for (std::uint32_t i = 0; i < n; ++i) {
    rows[unmet] = i;
    unmet += all[i] ^ 1u;
  }
  const std::uint32_t* draws = unmet_.of_rows(visit, visit.world().luck(luck_), unmet);
  std::uint8_t* __restrict repaired = visit[repaired_];  // bit k: the k-th of the four
  std::fill_n(repaired, unmet, std::uint8_t{0});
  for (std::size_t k = 0; k < met_.size(); ++k) {
    const std::uint32_t* __restrict draw = draws + k * visit.scratch.stride();
    for (std::uint32_t i = 0; i < unmet; ++i)
      repaired[i] = static_cast<std::uint8_t>(repaired[i] | (uniform_from(draw[i]) < repair_[k]) << k);
  }
  std::uint8_t *housing = visit[met_[0]], *water = visit[met_[1]], *schooling = visit[met_[2]],
               *medical = visit[met_[3]];
  for (std::uint32_t i = 0; i < unmet; ++i) {
    const std::uint32_t row = rows[i], bits = repaired[i];
    housing[row] = static_cast<std::uint8_t>(housing[row] | (bits & 1));
    water[row] = static_cast<std::uint8_t>(water[row] | (bits >> 1 & 1));
    schooling[row] = static_cast<std::uint8_t>(schooling[row] | (bits >> 2 & 1));
    medical[row] = static_cast<std::uint8_t>(medical[row] | (bits >> 3));
    all[row] = housing[row] & water[row] & schooling[row] & medical[row];
  }
}

}  // namespace tuopin
