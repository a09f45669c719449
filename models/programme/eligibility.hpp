// Eligibility: evaluates a programme's rule for all units every year. The conditions joined by "and" are split in three
// groups, from cheap to expensive:
//
//   steady   conditions that read only founding (unchanging) columns: evaluated once per population and kept
//   flags    conditions on flags of households (set or not set), stored as bytes
//   other    everything else (incomes, lines, years), evaluated only for the units that remain
//
// The rule holds if all three hold.
#pragma once

#include "models/effects/verbs.hpp"
#include "models/state/steady_units.hpp"

namespace tuopin {

class Eligibility {
 public:
  Eligibility(const Rule& rule, bool unit_is_person, const StateSchema& schema);

  KeptSteadyUnits::Made steady_units(const World& world) const;

  /// Eligible units of a block in the order of rows. If the unit is the household, `row` equals `household`.
  struct Units {
    std::vector<std::uint32_t> row, household;
  };
  /// `marks`: scratch memory, overwritten.
  void select(const World& world, const SteadyUnits& steady, const Block& block, std::vector<std::uint8_t>& marks,
              Units& units) const;
  /// The same by evaluating the whole rule for every unit: a simple version, against which select() is tested.
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
