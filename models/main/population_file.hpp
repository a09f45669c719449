// Storing a population in a file for later runs, and reading it. A damaged file is refused.
#pragma once

#include <filesystem>

#include "engine/study/study.hpp"
#include "models/population/synthesis.hpp"

namespace tuopin {

/// Throws OutputError.
void keep_population(const std::filesystem::path& path, const Population& population);
/// Throws DataError.
Population fetch_population(const std::filesystem::path& path);

/// Adds the data besides the tables: index, mean income, true poverty rate, register quotas, names of the groups.
void describe_population(const Population& population, TableFile& file);

/// Codebooks of the four tables.
std::map<std::string, std::vector<ColumnSpec>> population_codebooks();
/// Makes a population from the contents of the file `path`. Throws DataError if something is missing or if rows refer
/// to rows that do not exist, because the simulation does not check these links.
Population population_of(TableFile content, const std::filesystem::path& path);

}  // namespace tuopin
