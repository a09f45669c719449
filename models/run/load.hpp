// Scenarios from files, ready to run: what their files say, and the year made from it, checked together.
#pragma once

#include "models/run/catalogue.hpp"
#include "models/scenario/scenario.hpp"

namespace tuopin {

/// The kinds of files that the shipped program reads, its verbs included.
const FileKinds& shipped_file_kinds();

/// Reads a scenario with all it names. Every problem of every file is appended: values, relations, rules, and names of
/// luck that would be shared.
Scenario load_scenario(const std::filesystem::path& path, std::vector<Problem>& problems,
                       const Catalogue& catalogue = shipped_catalogue());

/// Sections of mechanisms: what is left out says why, and a weight is of a stream that there is.
void check_sections(const Scenario& scenario, const Catalogue& catalogue, std::vector<Problem>& problems);
/// Rules and verbs of the scenario's programmes.
void check_rules(const Scenario& scenario, const Catalogue& catalogue, std::vector<Problem>& problems);
/// Of one of them.
void check_rules(const Scenario& scenario, const Settings& programme, const Catalogue& catalogue,
                 std::vector<Problem>& problems);

/// Several scenarios, refused together: all problems of all files.
std::vector<Scenario> load_checked(const std::vector<std::filesystem::path>& paths,
                                   const Catalogue& catalogue = shipped_catalogue());

}  // namespace tuopin
