#include "models/register/measurement.hpp"

#include <algorithm>

#include "engine/base/numbers.hpp"
#include "models/state/streams.hpp"

namespace tuopin {

Measurement::Measurement(Binder& b, const Settings& scenario, const IncomeParts& parts)
    : lambda_(scenario.number("measurement.mean_reversion")), bias_(scenario.number("measurement.bias")),
      sigma_m_(parts.sigma_measurement), allowance_weight_(register_weight(scenario, "allowance")),
      log_true_(b.uses<double>("year.log_true")), error_(b.uses<double>("year.measurement_error")),
      log_measured_(b.shares<double>("year.log_measured")), mean_path_(b.reads<double>("region.mean_path")),
      true_income_(b.reads<float>("household.true_income")), top_ups_(b.reads<std::int32_t>("household.top_ups")),
      members_(b.reads<std::uint8_t>("household.members")), measured_(b.writes<float>("household.measured_income")),
      assessed_(b.writes<float>("household.assessed_income")) {}

Description Measurement::about() {
  return {"register.measurement", msgid("measured income: true income with mean-reverting error")};
}

void Measurement::run(Moment::Visit& visit) const {
  const std::uint32_t n = visit.rows();
  const double* __restrict log_true = visit[log_true_];
  const double* __restrict error = visit[error_];
  double* __restrict log_measured = visit[log_measured_];
  float* __restrict measured = visit[measured_];
  const double mean_path = *visit.world()[mean_path_];
  const double centre = lambda_ * fixed_log(mean_path) + bias_;
  for (std::uint32_t i = 0; i < n; ++i)
    measured[i] = static_cast<float>(fixed_exp((1 - lambda_) * log_true[i] + centre + sigma_m_ * error[i]));
  for (std::uint32_t i = 0; i < n; ++i) log_measured[i] = fixed_log(std::max(1.0, static_cast<double>(measured[i])));
  assess(visit, centre);
}

void Measurement::assess(Moment::Visit& visit, double centre) const {
  const float *measured = visit[measured_], *true_income = visit[true_income_];
  const std::int32_t* top_ups = visit[top_ups_];  // fen
  const std::uint8_t* members = visit[members_];
  const double* error = visit[error_];
  float* assessed = visit[assessed_];
  for (std::uint32_t i = 0; i < visit.rows(); ++i) {
    assessed[i] = measured[i];
    if (top_ups[i] == 0) continue;
    const double without = true_income[i] - allowance_weight_ * (top_ups[i] * 0.01) / members[i];
    assessed[i] =
        static_cast<float>(fixed_exp((1 - lambda_) * fixed_log(std::max(1.0, without)) + centre + sigma_m_ * error[i]));
  }
}

}  // namespace tuopin
