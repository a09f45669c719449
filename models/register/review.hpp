// The yearly review of the register (建档立卡动态管理), the last process of the year.
//
//   exit      registered, ŷ ≥ line · (1 + margin) and all guarantees met
//   entry     not registered, ŷ < entry line, and detected (probability `detection`, in the year of a look-back
//             `look_back_detection`); never with exit_only
//
// There is no review in the base year: identification (register/identification.hpp) makes the first register.
// Not modelled: quotas for exits, reporting pressure, audits.
#pragma once

#include "models/state/row_luck.hpp"

namespace tuopin {

class Review : public Year::BlockStep {
 public:
  Review(Binder& b, const Settings& scenario);
  static Description about();
  void run(Moment::Visit& visit) const override;

 private:
  bool statistical_line_, statistical_entry_line_, exit_only_;
  double detection_, look_back_detection_, margin_;
  long look_back_year_;
  Reads<float> measured_;
  Temp<std::uint8_t> guaranteed_, was_registered_;
  Writes<std::uint8_t> registered_, ever_registered_;
  Writes<std::uint16_t> exit_year_;
  RowLuck below_;
  LuckName luck_;
};

}  // namespace tuopin
