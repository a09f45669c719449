// The catalogue: lists of everything the program can simulate and record: the mechanisms of the year, the verbs of
// programmes, the figures, the measures of targets, the tables of a region, the income streams. A program that extends
// the model copies the catalogue and adds entries; no other registration is needed.
#pragma once

#include <functional>

#include "models/effects/verbs.hpp"
#include "models/measures/figure.hpp"
#include "models/measures/year_result.hpp"
#include "models/processes/income.hpp"
#include "models/programme/desk.hpp"
#include "models/scenario/scenario.hpp"

namespace tuopin {

/// What the parts of a year are constructed from. All of it must outlive the year.
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
  bool adds_up_streams;  ///< true if figures of income streams are recorded
};

/// One entry of the year's list: usually one part; for programmes one part for each programme.
struct Mechanism {
  std::string name;  ///< name of its part: "household.illness"
  /// Appends its parts to the year.
  std::function<void(Year&, Making&)> make;
  /// The sections of a scenario file that it brings and reads.
  std::vector<Section> sections = {};
  /// False if a scenario, as its file says it, does not use the mechanism: then its columns and parts are left out.
  /// Empty: always used.
  std::function<bool(const Settings& scenario)> is_on = {};
  /// Declares the columns and levels that it adds to the state.
  std::function<void(StateSchema&)> declare = {};
};

class Catalogue {
 public:
  std::vector<Mechanism> year;  ///< in the order in which they are run
  Verbs verbs;
  FigureTable figures;  ///< all that can be recorded
  std::vector<TargetMeasure> measures;
  std::vector<TableKind> tables;  ///< tables of a region, in addition to those that the program always reads
  Streams streams;                ///< income streams
  /// Columns of streams of the year before that are kept in every scenario, also where no rule of its own reads them.
  std::set<std::string, std::less<>> last_years;
  bool keeps_streams = false;  ///< keep the payments of every stream by household, also of those with weight one

  /// Inserts a mechanism after the one of that name. Throws UsageError if there is none, and std::logic_error if the
  /// new name is taken.
  void add_after(std::string_view name, Mechanism mechanism);
  /// Throws std::logic_error if the verb's name is taken.
  void add(Verb verb);

  /// Sections of a scenario that can be switched off (`off = true`), the shipped ones first.
  std::vector<std::string> sections_with_off() const;
  /// The kinds of files that a scenario consists of, with the sections of all mechanisms and the fields of all verbs.
  FileKinds file_kinds() const;
  /// The state columns that a simulation of this scenario needs, with programmes as their files say them.
  StateSchema schema_of(const Scenario& scenario) const;
  /// The columns of streams of the year before that rules of the scenario's programmes name.
  std::set<std::string, std::less<>> last_years_of(const Scenario& scenario) const;
  Year year_of(Making& making) const;
  /// The mechanisms that this scenario uses.
  std::vector<const Mechanism*> of(const Settings& scenario) const;
};

/// The catalogue of the program as shipped.
const Catalogue& shipped_catalogue();

}  // namespace tuopin
