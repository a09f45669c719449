// The yearly review of the register (建档立卡动态管理): it closes the year.
//
//   exit      registered, ŷ ≥ line · (1 + margin) and all guarantees met
//   entry     not registered, ŷ < line, and detected (probability `detection`); never with exit_only
//
// In the base year nobody enters or leaves here: identification (register/identification.hpp) makes the first list.
// Not modelled: quotas for exits, reporting pressure, audits.
#pragma once

#include "models/processes/process.hpp"

namespace tuopin {

class Review : public Process {
 public:
  explicit Review(const Settings& scenario);
  Description describe() const override;
  const char* name() const override { return "register.review"; }
  void live(World& world, const Block& block, Scratch& scratch) const override;
  /// The review's line of a year, yuan a head.
  double line(const World& world) const;

 private:
  bool statistical_line_, exit_only_;
  double detection_, margin_;
};

}  // namespace tuopin
