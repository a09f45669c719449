// Incomes of the last review, at this year's level.
//
//   ŷ_h ← ŷ_h · ȳ_t / ȳ_t−1,   ȳ: mean market income as the scenario has it grow, without its shocks
//
// Rules, rankings, top-ups and the old safety net hold the income of the last review against lines of this year; both
// are then at one level. The review at the end of the year replaces what stands here. Nothing happens in the base year.
#pragma once

#include "models/state/moment.hpp"

namespace tuopin {

class LastReviewUprated : public Year::BlockStep {
 public:
  LastReviewUprated(Binder& b, const Settings& scenario, const Region& region);
  static Description about();
  bool acts(const Moment& now) const override { return !now.base_year(); }
  void run(Moment::Visit& visit) const override;

 private:
  std::vector<double> growth_;  ///< of the mean market income since the base year, by year
  int base_year_;
  Writes<float> measured_, assessed_;
};

}  // namespace tuopin
