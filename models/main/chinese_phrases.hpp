// What problems say, in both languages. A message that is added in English gets its line in one of these four lists.
// Where several fit, the one with most letters of its own is taken, so their order does not matter.
#pragma once

#include <span>

#include "models/main/chinese.hpp"

namespace tuopin {

std::span<const Phrase> phrases_of_commands();  ///< of the command line, outputs and interrupted runs
std::span<const Phrase> phrases_of_files();     ///< of TOML and CSV files, of studies
std::span<const Phrase> phrases_of_tables();    ///< of a region's tables: cells, units, margins, targets
std::span<const Phrase> phrases_of_models();    ///< of scenarios, regions, programmes, rules, populations

}  // namespace tuopin
