// A population as a file: kept for the next run, and fetched again. A file that was damaged on its way is refused, not
// simulated.
#pragma once

#include <filesystem>

#include "engine/study/study.hpp"
#include "models/population/synthesis.hpp"

namespace tuopin {

/// Throws OutputError.
void keep_population(const std::filesystem::path& path, const Population& population);
/// Throws DataError.
Population fetch_population(const std::filesystem::path& path);

/// What stands beside the tables: index, mean income, true poverty rate, quotas of the register, names of the groups.
void describe_population(const Population& population, TableFile& file);

/// Codebooks of the four tables.
std::map<std::string, std::vector<ColumnSpec>> population_codebooks();
/// What fetch_population makes of the contents of `path`. Throws DataError where something is missing or where rows
/// lead to rows that do not exist: simulation follows these links unchecked.
Population population_of(TableFile content, const std::filesystem::path& path);

}  // namespace tuopin
