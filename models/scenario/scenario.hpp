// A scenario: its settings, its region and its programme files, checked together.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "models/scenario/fields.hpp"
#include "models/scenario/region.hpp"

namespace tuopin {

struct Scenario {
  std::string name;  ///< the file's stem
  Text title;
  Settings settings;
  std::shared_ptr<const Region> region;
  std::vector<Settings> programmes;  ///< in the order of serving
  std::vector<Problem> warnings;     ///< what is valid but may be a mistake

  /// The same scenario without the programmes of a batch; named "<name> without <batch>".
  Scenario without_batch(const std::string& batch) const;
  /// Batches of its programmes, in the order in which they first appear.
  std::vector<std::string> batches() const;
};

/// Reads a scenario and all files that it names. Appends every problem of every file, and of relations between them;
/// rules are checked later, when programmes are constructed (models/run/load.hpp).
Scenario read_scenario(const std::filesystem::path& path, const FileKinds& kinds, std::vector<Problem>& problems);

/// Throws what was found while loading: a DataError where only tables (CSV) are wrong, otherwise a ScenarioError.
[[noreturn]] void refuse(std::vector<Problem> problems);

/// Counts the numbers of the scenario, its programmes, lines, crops and margins by status: published, derived, assumed.
struct InputCount {
  int published = 0, derived = 0, assumption = 0;
  int total() const { return published + derived + assumption; }
};
/// Whether a programme hands out plots: then crops are read.
bool grants_plots(const Settings& programme);
InputCount count_inputs(const Scenario& scenario);

}  // namespace tuopin
