// The guarantees beside income (两不愁三保障): safe housing, safe water, compulsory schooling, basic medical care.
// Each is a flag; what is unmet is repaired with a yearly probability. Housing is repaired by programmes too.
// Turned off, all four count as met from the base year on.
// Not modelled: guarantees that are lost again; costs of the repairs outside programmes.
#pragma once

#include "models/state/moment.hpp"

namespace tuopin {

class Guarantees : public Year::BlockStep {
 public:
  explicit Guarantees(const Settings& scenario);
  Description describe() const;
  void live(Moment::Visit& visit) const override;

 private:
  bool off_;
  double housing_, water_, schooling_, medical_;  ///< share of the unmet that is repaired in a year
};

}  // namespace tuopin
