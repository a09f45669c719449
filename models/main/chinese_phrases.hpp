// Messages of problems in both languages. A new English message needs a line in one of these four lists. If several
// phrases fit, the one with most literal characters is used, so their order does not matter.
#pragma once

#include <span>

#include "models/main/chinese.hpp"

namespace tuopin {

std::span<const Phrase> phrases_of_commands();  ///< of the command line, outputs and interrupted runs
std::span<const Phrase> phrases_of_files();     ///< of TOML and CSV files, of studies
std::span<const Phrase> phrases_of_tables();    ///< of a region's tables: cells, units, margins, targets
std::span<const Phrase> phrases_of_models();    ///< of scenarios, regions, programmes, rules, populations

}  // namespace tuopin
