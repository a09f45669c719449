// The catalogue: all that this program knows to do, as lists. The year with its mechanisms, the verbs of programmes,
// the figures, the measures of targets, the tables of a region, the streams of income. Another program takes a copy
// and adds to it with plain calls; nothing else needs to be told.
#pragma once

#include <functional>

#include "models/effects/verbs.hpp"
#include "models/measures/figure.hpp"
#include "models/measures/year_result.hpp"
#include "models/processes/income.hpp"
#include "models/programme/desk.hpp"
#include "models/scenario/scenario.hpp"

namespace tuopin {

/// What the parts of a year are made of. All of it outlives the year.
struct Making {
  const Settings& settings;  ///< of the scenario, drawn
  const Region& region;      ///< drawn
  const Calibration& calibration;
  const std::vector<Programme>& programmes;
  const StateSchema& schema;
  YearNeeds& needs;
  Keep<Desk> desk;
  Keep<SumsByMember> sums;
  const Streams& streams;
  bool adds_up_streams;  ///< figures of streams are asked for
};

/// One entry of the year: usually one part, and for programmes a part each.
struct Mechanism {
  std::string name;  ///< of its part: "household.illness"
  /// Appends its parts to the year.
  std::function<void(Year&, Making&)> make;
  /// What it reads of a scenario file: sections of its own.
  std::vector<Section> sections = {};
  /// False where a scenario (as its file says it) has no use of it: then it has no columns and no part. Empty: always.
  std::function<bool(const Settings& scenario)> is_on = {};
  /// The columns and levels that it brings.
  std::function<void(StateSchema&)> declare = {};
};

class Catalogue {
 public:
  std::vector<Mechanism> year;  ///< in the order in which it happens
  Verbs verbs;
  FigureTable figures;  ///< all that can be recorded
  std::vector<TargetMeasure> measures;
  std::vector<TableKind> tables;  ///< of a region, beyond those that the program reads itself
  Streams streams;                ///< of income
  bool keeps_streams = false;     ///< payments of every stream by household, not only of those that a scenario weighs

  /// Behind the mechanism of that name. Throws UsageError where there is none, and std::logic_error for a name that is
  /// taken.
  void add_after(std::string_view name, Mechanism mechanism);
  /// Throws std::logic_error for a verb of a name that is taken.
  void add(Verb verb);

  /// Sections of a scenario that can be left out (`off = true`), the shipped ones first.
  std::vector<std::string> sections_with_off() const;
  /// The kinds of files that make a scenario, with the sections of all mechanisms and the fields of all verbs.
  FileKinds file_kinds() const;
  /// The columns of a world in which this scenario is lived, programmes as their files say them.
  StateSchema schema_of(const Scenario& scenario) const;
  Year year_of(Making& making) const;
  /// The entries of the year that act on this scenario.
  std::vector<const Mechanism*> of(const Settings& scenario) const;
};

/// What the program ships.
const Catalogue& shipped_catalogue();

}  // namespace tuopin
