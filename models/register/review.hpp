// The yearly review of the register (建档立卡动态管理): it closes the year.
//
//   exit      registered, ŷ ≥ line · (1 + margin) and all guarantees met
//   entry     not registered, ŷ < line, and detected (probability `detection`); never with exit_only
//
// In the base year nobody enters or leaves here: identification (register/identification.hpp) makes the first list.
// Not modelled: quotas for exits, reporting pressure, audits.
#pragma once

#include "models/state/moment.hpp"

namespace tuopin {

class Review : public Year::BlockStep {
 public:
  explicit Review(const Settings& scenario);
  Description describe() const;
  void live(Moment::Visit& visit) const override;

 private:
  bool statistical_line_, exit_only_;
  double detection_, margin_;
};

}  // namespace tuopin
