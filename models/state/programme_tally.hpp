// What a programme did in a year in one county: whole persons, places and fen.
#pragma once

#include <cstdint>
#include <vector>

namespace tuopin {

/// What a programme did in a year in one county.
struct ProgrammeTally {
  /// Capacity units that were offered. Places of the whole region belong to no county and stand with the first; where
  /// everyone may enter there are none.
  std::int64_t places = 0;
  std::int64_t eligible_persons = 0;       ///< persons of eligible units
  std::int64_t applied_persons = 0;        ///< persons of units that were reached and wanted it
  std::int64_t entered_units = 0;          ///< capacity units: persons, households or posts
  std::int64_t entered_persons = 0;        ///< members of the households that entered
  std::int64_t entered_poor_persons = 0;   ///< of these, truly poor in the year before
  std::int64_t holding_persons = 0;        ///< members of households enrolled at the end of the year
  std::int64_t left_register_persons = 0;  ///< members of enrolled households that left the register this year
  std::int64_t to_household_fen = 0, to_supplier_fen = 0, administration_fen = 0;

  std::int64_t spent_fen() const { return to_household_fen + to_supplier_fen + administration_fen; }
  void add(const ProgrammeTally& other);
};

/// Of a year: [programme][county].
using YearTallies = std::vector<std::vector<ProgrammeTally>>;

}  // namespace tuopin
