// Measured income: true income as the register observes it, with error.
//
//   ln ŷ = (1 − λ) ln y + λ ln ȳ_t + b + σ_m n
//
// The error pulls incomes towards the mean of the year without shocks (λ); σ_m² is the measurement part of the white
// variance.
// Not modelled: larger errors for own-farm income, heaping, pressure to report.
#pragma once

#include "models/processes/income.hpp"

namespace tuopin {

class Measurement : public Year::BlockStep {
 public:
  Measurement(Binder& b, const Settings& scenario, const IncomeParts& parts);
  static Description about();
  void run(Moment::Visit& visit) const override;

 private:
  double lambda_, bias_, sigma_m_;
  Temp<double> log_true_, error_, log_measured_;
  Reads<double> mean_path_;
  Writes<float> measured_;
};

}  // namespace tuopin
