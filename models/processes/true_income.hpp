// True register net income per head (建档立卡人均纯收入): the household's income over its register members, migrants
// included.
//
//   y = y_market + (programme earnings + payments) / members
//
// One-off programme cash and houses are not income; medical and school costs are not deducted (they work through the
// guarantees), which is the register's own definition.
#pragma once

#include "models/processes/process.hpp"

namespace tuopin {

class TrueIncome : public Process {
 public:
  Description describe() const override;
  const char* name() const override { return "household.true_income"; }
  void live(World& world, const Block& block, Scratch& scratch) const override;
};

}  // namespace tuopin
