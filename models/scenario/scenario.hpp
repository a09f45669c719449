// A scenario made ready: its settings, its region and its programme files, checked together.
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
  std::vector<Problem> warnings;     ///< what is not wrong but worth a look

  /// The same scenario without the programmes of a batch; named "<name> without <batch>".
  Scenario without_batch(const std::string& batch) const;
  /// Batches of its programmes, in the order in which they first appear.
  std::vector<std::string> batches() const;
};

/// Reads a scenario with all it names. Every problem of every file is appended, relations included; rules are checked
/// where programmes are made (models/run/load.hpp).
Scenario read_scenario(const std::filesystem::path& path, const FileKinds& kinds, std::vector<Problem>& problems);

/// Throws what was found while loading: a DataError where only tables (CSV) are wrong, otherwise a ScenarioError.
[[noreturn]] void refuse(std::vector<Problem> problems);

/// Numbers of the scenario, its programmes, lines, crops and margins by status: what share is published, derived,
/// assumed.
struct InputCount {
  int published = 0, derived = 0, assumption = 0;
  int total() const { return published + derived + assumption; }
};
InputCount count_inputs(const Scenario& scenario);

}  // namespace tuopin
