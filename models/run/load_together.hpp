// Reads several scenario files; the problems of all files are reported in one list.
#pragma once

#include "models/run/catalogue.hpp"
#include "models/scenario/scenario.hpp"

namespace tuopin {

/// Reads scenarios that are to be run together. Throws with all problems of the files and of their margins, and for
/// scenarios of equal name or of different regions. `last_year`: the last simulated year; zero: as the region says.
std::vector<Scenario> load_together(const std::vector<std::filesystem::path>& paths, const Catalogue& catalogue,
                                    int last_year = 0);
/// Reads scenarios independently of each other.
std::vector<Scenario> load_each(const std::vector<std::filesystem::path>& paths, const Catalogue& catalogue);

/// Warnings: what is not wrong but may be a mistake, each once.
std::vector<Problem> warnings_of(const std::vector<Scenario>& scenarios);

}  // namespace tuopin
