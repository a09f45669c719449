// The guarantees beside income (两不愁三保障): safe housing, safe water, compulsory schooling, basic medical care.
// Each is a flag; an unmet guarantee becomes met with a yearly probability. Programmes can provide housing too. If the
// section is switched off, all four count as met from the base year on.
// Not modelled: guarantees that are lost again; costs of the repairs outside programmes.
#pragma once

#include <array>

#include "models/state/row_luck.hpp"

namespace tuopin {

class Guarantees : public Year::BlockStep {
 public:
  Guarantees(Binder& b, const Settings& scenario);
  static Description about();
  void run(Moment::Visit& visit) const override;

 private:
  void note_who_has_all(Moment::Visit& visit) const;

  bool off_;
  std::array<double, 4> repair_;             ///< yearly probability that an unmet guarantee becomes met
  std::array<Writes<std::uint8_t>, 4> met_;  ///< housing, water, schooling, medical
  Temp<std::uint8_t> guaranteed_;            ///< all four are met
  Temp<std::uint8_t> repaired_;
  RowLuck unmet_;
  LuckName luck_;
};

}  // namespace tuopin
