// True register net income per head (建档立卡人均纯收入): the household's income over its register members, migrants
// included.
//
//   y = y_market + (programme earnings + payments) / members
//
// One-off programme cash and houses are not income; medical and school costs are not deducted (they work through the
// guarantees), which is the register's own definition.
#pragma once

#include "models/state/moment.hpp"

namespace tuopin {

class TrueIncome : public Year::BlockStep {
 public:
  explicit TrueIncome(Binder& b);
  static Description about();
  void live(Moment::Visit& visit) const override;

 private:
  Temp<double> market_income_, log_true_;
  Reads<float> earnings_;
  Reads<std::int32_t> payments_;
  Reads<std::uint8_t> members_;
  Writes<float> true_income_;
};

}  // namespace tuopin
