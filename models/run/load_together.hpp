// Scenario files, read and refused together: every problem of every file in one list.
#pragma once

#include "models/run/catalogue.hpp"
#include "models/scenario/scenario.hpp"

namespace tuopin {

/// Scenarios that are to run together. Throws with the problems of the files themselves and of their margins, with
/// names that two scenarios share, and regions that differ.
std::vector<Scenario> load_together(const std::vector<std::filesystem::path>& paths, const Catalogue& catalogue);
/// Scenarios each by itself.
std::vector<Scenario> load_each(const std::vector<std::filesystem::path>& paths, const Catalogue& catalogue);

/// What is not wrong but worth a look, each once.
std::vector<Problem> warnings_of(const std::vector<Scenario>& scenarios);

}  // namespace tuopin
