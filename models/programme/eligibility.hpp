// Eligibility: a programme's rule, asked year after year of the same people.
//
//   steady   conjuncts that read founding columns alone: found once a population, kept with the ground
//   flags    flags of households, set or not: bytes, read household by household
//   other    everything else (incomes, lines, years), asked of the units that are left
//
// Where all three hold the rule holds.
#pragma once

#include "models/effects/verbs.hpp"
#include "models/state/steady_units.hpp"

namespace tuopin {

class Eligibility {
 public:
  Eligibility(const Rule& rule, bool unit_is_person, const StateSchema& schema);

  KeptSteadyUnits::Made steady_units(const World& world) const;

  /// Eligible units of a block in the order of rows: person rows and their households', or the same row twice.
  struct Units {
    std::vector<std::uint32_t> row, household;
  };
  /// `marks`: scratch.
  void select(const World& world, const SteadyUnits& steady, const Block& block, std::vector<std::uint8_t>& marks,
              Units& units) const;
  /// The same by asking the whole rule of every unit: the plain way, kept to test the fast one against.
  void select_plainly(const World& world, const Block& block, Units& units) const;

 private:
  struct Flag {
    Reads<std::uint8_t> column;
    bool set;
  };
  void list_persons(const World& world, const BitRows& persons, Units& units) const;
  void add_households(const World& world, Units& units) const;

  Rule rule_, steady_, other_;
  std::vector<Flag> flags_;
  bool unit_is_person_;
};

}  // namespace tuopin
