// Relations that no single field knows: years, money and numbers of a scenario, its programmes and its region.
#pragma once

#include <vector>

#include "models/scenario/scenario.hpp"

namespace tuopin {

/// The name of a scenario stands in studies, tables and messages.
void check_name(const std::string& file, const std::string& name, std::vector<Problem>& problems);

/// Between the keys of the scenario itself.
void check_relations(const Scenario& scenario, std::vector<Problem>& problems);

/// Every year named by the scenario or a programme does something in the years of the region.
void check_years(const Scenario& scenario, std::vector<Problem>& problems);

/// Every fund that a programme draws on is defined, or warned about; one that is nearly a defined one is refused.
void check_funds(Scenario& scenario, std::vector<Problem>& problems);

}  // namespace tuopin
