// The old safety net (农村低保), which exists in every scenario: it tops up assessed income towards the allowance line
// for the households that it covers, and so raises the lower tail of incomes.
//
//   payment_h = adequacy · max(0, L_t − ŷ_h) · members,   ŷ_h = y_market,h · exp(assessment_sd · n_h)
//
// for households with y_market < applies_below · line that are on the list (a lasting draw with probability coverage)
// and hold no place in a programme that tops up: that is the same allowance, extended.
// Not modelled: categories, payment grades, delays; new recipients of the plan are a programme of their own.
#pragma once

#include "models/state/row_luck.hpp"
#include "models/state/streams.hpp"

namespace tuopin {

class SafetyNet : public Year::BlockStep {
 public:
  SafetyNet(Binder& b, const Settings& scenario);
  static Description about();
  void run(Moment::Visit& visit) const override;

 private:
  bool off_;
  double coverage_, adequacy_, applies_below_, assessment_sd_;
  Temp<double> market_income_, factor_;
  Reads<std::uint8_t> members_;
  Reads<std::uint16_t> weight_;
  Writes<std::int32_t> payments_, top_ups_;
  Reads<std::uint8_t> holds_top_up_;
  RowLuck poor_, listed_;
  LuckName list_, assessment_;
  SumHandle paid_;
  StreamOfPayments stream_;
};

}  // namespace tuopin
