// Checks of relations between fields: years, money and numbers of a scenario, its programmes and its region.
#pragma once

#include <vector>

#include "models/scenario/scenario.hpp"

namespace tuopin {

/// Checks the name of a scenario, which appears in studies, tables and messages.
void check_name(const std::string& file, const std::string& name, std::vector<Problem>& problems);

/// Checks relations between the keys of the scenario itself.
void check_relations(const Scenario& scenario, std::vector<Problem>& problems);

/// Checks that every year named by the scenario or a programme has an effect in the years of the region.
void check_years(const Scenario& scenario, std::vector<Problem>& problems);

/// Warns of funds that a programme uses and that are not defined; refuses a name that is close to a defined fund.
void check_funds(Scenario& scenario, std::vector<Problem>& problems);

}  // namespace tuopin
