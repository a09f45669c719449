#include "models/state/programme_tally.hpp"

namespace tuopin {

void ProgrammeTally::add(const ProgrammeTally& o) {
  places += o.places;
  eligible_persons += o.eligible_persons;
  applied_persons += o.applied_persons;
  entered_units += o.entered_units;
  entered_persons += o.entered_persons;
  entered_poor_persons += o.entered_poor_persons;
  holding_persons += o.holding_persons;
  left_register_persons += o.left_register_persons;
  to_household_fen += o.to_household_fen;
  to_supplier_fen += o.to_supplier_fen;
  administration_fen += o.administration_fen;
}

}  // namespace tuopin
