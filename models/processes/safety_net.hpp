// The old safety net (农村低保), which exists in every scenario: it tops up assessed income towards the allowance line
// for the households that it covers, and so raises the lower tail of incomes.
//
//   payment_h = adequacy · max(0, L_t − â_h) · members,   â_h = ŷ°_h,t−1 · exp(assessment_sd · n_h)
//
// for households with â below applies_below · line that are on the list (a lasting draw with probability coverage).
// Programmes that top up extend the same allowance to others: nobody on the list can hold a place there. ŷ° is the
// income assessed at the last review: of the year before, wages of programmes included, top-ups left out, measured with
// error. So the safety net reaches some who are not poor, and misses some who are; it does not see this year's income.
// In the base year ŷ° is that of processes/year_before.hpp. Not modelled: categories, payment grades; new recipients of
// the plan are a programme of their own.
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
  void draw_the_list(Moment::Visit& visit) const;

  bool off_;
  double coverage_, adequacy_, applies_below_, assessment_sd_;
  Temp<double> factor_;
  Reads<float> assessed_income_;
  Reads<std::uint8_t> members_;
  Reads<std::uint16_t> weight_;
  Writes<std::int32_t> payments_, top_ups_;
  Writes<std::uint8_t> on_list_;
  RowLuck listed_;
  BlockLuck all_;
  LuckName list_, assessment_;
  SumHandle paid_;
  StreamOfPayments stream_;
};

}  // namespace tuopin
