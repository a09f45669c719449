#include "models/processes/year_before.hpp"

#include <algorithm>
#include <cmath>

#include "engine/base/numbers.hpp"

namespace tuopin {

YearBefore::YearBefore(Binder& b, const Settings& scenario, const IncomeParts& parts)
    : parts_(parts), lambda_(scenario.number("measurement.mean_reversion")), bias_(scenario.number("measurement.bias")),
      z_(b.reads<float>("household.persistent_income")), score_(b.reads<float>("household.permanent_score")),
      share_{b.reads<float>("household.share_wage"), b.reads<float>("household.share_business"),
             b.reads<float>("household.share_property"), b.reads<float>("household.share_transfer")},
      mean_path_(b.reads<double>("region.mean_path")), base_(b.mine<double>()), stream_(b.mine<double>()),
      error_(b.mine<double>()), draws_(b), luck_(b.luck("household.year_before", Kind::household)),
      assessed_(b.writes<float>("household.assessed_income")) {}

Description YearBefore::about() {
  return {"household.year_before",
          msgid("in the base year: income of the year before, as the old safety net assesses it")};
}

void YearBefore::run(Moment::Visit& visit) const {
  const std::uint32_t n = visit.rows();
  const std::size_t stride = visit.scratch.stride();
  const std::uint32_t* draws = draws_.of_block(visit, visit.world().luck(luck_));
  double* __restrict base = visit[base_];
  double* __restrict stream = visit[stream_];
  const float* __restrict z = visit[z_];
  const float* __restrict score = visit[score_];
  const double level = *visit.world()[mean_path_];
  const double innovation = parts_.sigma_z * std::sqrt(1 - parts_.rho * parts_.rho);

  normals_from(draws, base, n);
  for (std::uint32_t i = 0; i < n; ++i) {
    const double z_before = parts_.rho * z[i] + innovation * base[i];
    base[i] = level * fixed_exp(parts_.sigma_f * score[i] + z_before - parts_.half_v);
  }
  double* __restrict sum = visit[error_];
  std::fill_n(sum, n, 0.0);
  for (std::size_t s = 0; s < (parts_.streams ? share_.size() : 1); ++s) {
    normals_from(draws + (1 + s) * stride, stream, n);
    const float* __restrict share = visit[share_[s]];
    for (std::uint32_t i = 0; i < n; ++i)
      sum[i] += (parts_.streams ? static_cast<double>(share[i]) : 1.0) * fixed_exp(parts_.sigma_e * stream[i]);
  }
  for (std::uint32_t i = 0; i < n; ++i) base[i] *= sum[i];

  double* __restrict error = visit[error_];
  normals_from(draws + (1 + share_.size()) * stride, error, n);
  float* __restrict assessed = visit[assessed_];
  const double centre = lambda_ * fixed_log(level) + bias_;
  for (std::uint32_t i = 0; i < n; ++i)
    assessed[i] = static_cast<float>(
        fixed_exp((1 - lambda_) * fixed_log(std::max(1.0, base[i])) + centre + parts_.sigma_measurement * error[i]));
}

}  // namespace tuopin
