#include "models/processes/last_review_uprated.hpp"

#include "models/processes/common_shocks.hpp"

namespace tuopin {

LastReviewUprated::LastReviewUprated(Binder& b, const Settings& scenario, const Region& region)
    : growth_(growth_of_mean_income(scenario, region)), base_year_(region.base_year),
      measured_(b.updates<float>("household.measured_income")),
      assessed_(b.updates<float>("household.assessed_income")) {}

Description LastReviewUprated::about() {
  return {"household.last_review_uprated",
          msgid("incomes of the last review, brought to this year's level by the expected growth of incomes")};
}

void LastReviewUprated::run(Moment::Visit& visit) const {
  const auto year = static_cast<std::size_t>(visit.world().year - base_year_);
  const double uprating = growth_.at(year) / growth_.at(year - 1);
  float* __restrict measured = visit[measured_];
  float* __restrict assessed = visit[assessed_];
  for (std::uint32_t i = 0; i < visit.rows(); ++i) {
    measured[i] = static_cast<float>(measured[i] * uprating);
    assessed[i] = static_cast<float>(assessed[i] * uprating);
  }
}

}  // namespace tuopin
