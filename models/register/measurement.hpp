// Measured income: true income as the register observes it, with error.
//
//   ln ŷ = (1 − λ) ln y + λ ln ȳ_t + b + σ_m n
//
//   ŷ° as ŷ, of y° = y − w · top-ups / members     the income on which top-ups are assessed, under the same error
//
// with w the weight of allowances in register income. The error pulls incomes towards the mean of the year without
// shocks (λ); σ_m² is the measurement part of the white variance. Not modelled: larger errors for own-farm income,
// heaping, pressure to report.
#pragma once

#include "models/processes/income.hpp"

namespace tuopin {

class Measurement : public Year::BlockStep {
 public:
  Measurement(Binder& b, const Settings& scenario, const IncomeParts& parts);
  static Description about();
  void run(Moment::Visit& visit) const override;

 private:
  void assess(Moment::Visit& visit, double centre) const;

  double lambda_, bias_, sigma_m_, allowance_weight_;
  Temp<double> log_true_, error_, log_measured_;
  Reads<double> mean_path_;
  Reads<float> true_income_;
  Reads<std::int32_t> top_ups_;
  Reads<std::uint8_t> members_;
  Writes<float> measured_, assessed_;
};

}  // namespace tuopin
