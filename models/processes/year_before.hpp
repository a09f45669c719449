// The year before the base year, as far as it is needed: the income that the old safety net would have assessed. It has
// the household's permanent part, a persistent part of the stationary process that led to this year's, and white parts
// and a measurement error of its own.
//
//   z′ = ρ z + σ_z √(1−ρ²) n              the stationary AR(1) is reversible, so this is also z_h,t−1 given z_ht
//   y′ = L · Σ_s a_hs · exp(f_h + z′ + e′_hs − v/2)       L: level of the base year, so that y′ is uprated to it
//   ln ŷ° = (1 − λ) ln y′ + λ ln L + b + σ_m n′
//
// Acts in the base year only. Not modelled: common shocks of that year, allowances drawn in it.
#pragma once

#include <array>

#include "models/processes/income.hpp"
#include "models/state/row_luck.hpp"

namespace tuopin {

class YearBefore : public Year::BlockStep {
 public:
  YearBefore(Binder& b, const Settings& scenario, const IncomeParts& parts);
  static Description about();
  bool acts(const Moment& now) const override { return now.base_year(); }
  void run(Moment::Visit& visit) const override;

 private:
  IncomeParts parts_;
  double lambda_, bias_;
  Reads<float> z_, score_;
  std::array<Reads<float>, 4> share_;
  Reads<double> mean_path_;
  Temp<double> base_, stream_, error_;
  BlockLuck draws_;
  LuckName luck_;
  Writes<float> assessed_;
};

}  // namespace tuopin
