// True register net income per head (建档立卡人均纯收入): the household's income over its register members, migrants
// included.
//
//   y = Σ_market w_s y_s + (w_e · programme earnings + Σ_paid w_s · payments_s) / members
//
// with the weights of [register_income], one by default. As in the register's own definition, one-off programme cash
// and houses are not income, and medical and school costs are not deducted (they are covered by the guarantees).
#pragma once

#include "models/state/moment.hpp"
#include "models/state/streams.hpp"

namespace tuopin {

class TrueIncome : public Year::BlockStep {
 public:
  /// `adds_up`: true if figures of income streams are recorded.
  TrueIncome(Binder& b, const Settings& scenario, const Streams& streams, bool adds_up);
  static Description about();
  void run(Moment::Visit& visit) const override;

 private:
  /// A paid stream with a weight other than one.
  struct Partly {
    Reads<std::int32_t> payments;
    double left_out;  ///< one less its weight
  };
  void leave_out(Moment::Visit& visit, double* yuan) const;
  void add_up_earnings(Moment::Visit& visit) const;

  Temp<double> market_income_, log_true_, yuan_;
  Reads<float> earnings_;
  Reads<std::int32_t> payments_;
  Reads<std::uint8_t> members_;
  Writes<float> true_income_;
  double earnings_weight_;
  std::vector<Partly> partly_;
  bool adds_up_;
  SumHandle earned_;
};

}  // namespace tuopin
