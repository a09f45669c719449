#include "models/processes/planted_land.hpp"

namespace tuopin {

PlantedLand::PlantedLand(Binder& b)
    : own_(b.reads<std::uint32_t>("household.planted_own")),
      rented_(b.reads<std::uint32_t>("household.planted_rented")),
      cleared_(b.reads<std::uint32_t>("household.planted_cleared")),
      weight_(b.reads<std::uint16_t>("household.weight")), own_sum_(b.sums({"planted_own", "0.01 mu"})),
      rented_sum_(b.sums({"planted_rented", "0.01 mu"})), cleared_sum_(b.sums({"planted_cleared", "0.01 mu"})) {}

Description PlantedLand::about() {
  return {"household.planted_land", msgid("land under plots of programmes: own, rented, newly cleared")};
}

void PlantedLand::run(Moment::Visit& visit) const {
  const std::uint16_t* weight = visit[weight_];
  const auto add_up = [&](Reads<std::uint32_t> column, SumHandle sum) {
    const std::uint32_t* land = visit[column];
    std::int64_t total = 0;
    for (std::uint32_t i = 0; i < visit.rows(); ++i) total += std::int64_t{land[i]} * weight[i];
    visit.add(sum, total);
  };
  add_up(own_, own_sum_);
  add_up(rented_, rented_sum_);
  add_up(cleared_, cleared_sum_);
}

}  // namespace tuopin
