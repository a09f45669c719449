// Variants: scenarios made in memory from one that was read, with some keys said anew and some programmes left out.
// Only what is changed is read and checked again, by the field table and with the messages of files, and the relations
// between files with it. What does not change is shared with the scenario.
#pragma once

#include "models/run/catalogue.hpp"
#include "models/scenario/scenario.hpp"

namespace tuopin {

struct Variant {
  std::string name;  ///< of the scenario that it gives
  /// Keys of the scenario ("safety_net.coverage", "funds.central.by_year.2018"), or of one of its programmes with the
  /// programme's name before it ("relocation.capacity.by_year.2018"), with values as a file would give them.
  std::vector<SettingsChange> changes;
  std::vector<std::string> without;  ///< names of programmes
};

/// Appends every problem found; with any, the result is of no use.
Scenario varied(const Scenario& scenario, const Variant& variant, std::vector<Problem>& problems,
                const Catalogue& catalogue = shipped_catalogue());
/// All of them. Throws ScenarioError with the problems of all.
std::vector<Scenario> varied(const Scenario& scenario, const std::vector<Variant>& variants,
                             const Catalogue& catalogue = shipped_catalogue());

/// The changes that take `yuan` of a year from one flow of money and give them to another: "funds.central.by_year",
/// "relocation.budget.by_year". Throws ScenarioError where there is no such flow, or less money in it.
std::vector<SettingsChange> moved_money(const Scenario& scenario, const std::string& from, const std::string& to,
                                        int year, double yuan);

}  // namespace tuopin
