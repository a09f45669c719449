// Variants: scenarios made in memory from one that was read, with some keys changed and some programmes left out. Only
// the changed files, and the relations between files, are read and checked again, with the same rules and messages as
// for files. Everything else is shared with the original scenario.
#pragma once

#include "models/run/catalogue.hpp"
#include "models/scenario/scenario.hpp"

namespace tuopin {

struct Variant {
  std::string name;  ///< name of the new scenario
  /// Keys of the scenario ("safety_net.coverage", "funds.central.by_year.2018"), or of one of its programmes with the
  /// programme's name before it ("relocation.capacity.by_year.2018"), with values as a file would give them.
  std::vector<SettingsChange> changes;
  std::vector<std::string> without;  ///< names of programmes
};

/// Appends every problem found; if there is any, the result must not be used.
Scenario varied(const Scenario& scenario, const Variant& variant, std::vector<Problem>& problems,
                const Catalogue& catalogue = shipped_catalogue());
/// All variants of a scenario. Throws ScenarioError with the problems of all.
std::vector<Scenario> varied(const Scenario& scenario, const std::vector<Variant>& variants,
                             const Catalogue& catalogue = shipped_catalogue());

/// The changes that move `yuan` of one year from one series of money to another: "funds.central.by_year",
/// "relocation.budget.by_year". Throws ScenarioError if there is no such series, or less money in it.
std::vector<SettingsChange> moved_money(const Scenario& scenario, const std::string& from, const std::string& to,
                                        int year, double yuan);

}  // namespace tuopin
