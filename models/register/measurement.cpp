#include "models/register/measurement.hpp"

#include <algorithm>

#include "engine/base/numbers.hpp"

namespace tuopin {

Measurement::Measurement(const Settings& scenario, const IncomeParts& parts)
    : lambda_(scenario.number("measurement.mean_reversion")), bias_(scenario.number("measurement.bias")),
      sigma_m_(parts.sigma_measurement) {}

Description Measurement::describe() const {
  return {"register.measurement",
          "measured income: true income with mean-reverting error",
          "测算收入:真实收入加趋均误差",
          {"year.log_true", "year.mean_path", "year.measurement_error"},
          {"household.measured_income", "year.log_measured"},
          {}};
}

void Measurement::live(Moment::Visit& visit) const {
  World& world = visit.world();
  const Block& block = visit.block;
  Scratch& s = visit.scratch;
  const std::uint32_t n = block.size(), first = block.begin;
  const double* __restrict log_true = s.log_true.data();
  const double* __restrict error = s.normal[5].data();
  double* __restrict value = s.work_a.data();
  float* __restrict measured = world.household.measured_income.data() + first;
  const double centre = lambda_ * fixed_log(world.mean_path) + bias_;
  for (std::uint32_t i = 0; i < n; ++i) value[i] = (1 - lambda_) * log_true[i] + centre + sigma_m_ * error[i];
  fixed_exp(value, value, n);
  for (std::uint32_t i = 0; i < n; ++i) measured[i] = static_cast<float>(value[i]);
  for (std::uint32_t i = 0; i < n; ++i) value[i] = std::max(1.0, static_cast<double>(measured[i]));
  fixed_log(value, s.log_measured.data(), n);
}

}  // namespace tuopin
