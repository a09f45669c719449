// Whom allowances reach: sums over persons, for the figures of leakage and undercoverage. An allowance is any top-up,
// of the old safety net or of a programme.
//
//   y° = y − w · top-ups / members      true income without top-ups; poor: y° < statistical line
#pragma once

#include "models/state/moment.hpp"

namespace tuopin {

class AllowanceTargeting : public Year::BlockStep {
 public:
  AllowanceTargeting(Binder& b, const Settings& scenario);
  static Description about();
  void run(Moment::Visit& visit) const override;

 private:
  double allowance_weight_;
  Reads<float> true_income_;
  Reads<std::int32_t> top_ups_;
  Reads<std::uint8_t> members_;
  Reads<std::uint16_t> weight_;
  SumHandle recipients_, recipients_not_poor_, poor_, fen_, fen_to_not_poor_;
};

}  // namespace tuopin
