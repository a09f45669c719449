// Reads scenarios from files and checks them completely: the files themselves and the year constructed from them.
#pragma once

#include "models/run/catalogue.hpp"
#include "models/scenario/scenario.hpp"

namespace tuopin {

/// The kinds of files that the shipped program reads, its verbs included.
const FileKinds& shipped_file_kinds();

/// Reads a scenario and all files that it names. Appends every problem of every file: values, relations, rules, and
/// random streams that two processes would share.
Scenario load_scenario(const std::filesystem::path& path, std::vector<Problem>& problems,
                       const Catalogue& catalogue = shipped_catalogue());

/// Checks the sections of mechanisms: a section that is switched off must say why, and weights must name known streams.
void check_sections(const Scenario& scenario, const Catalogue& catalogue, std::vector<Problem>& problems);
/// Checks the rules and verbs of the scenario's programmes.
void check_rules(const Scenario& scenario, const Catalogue& catalogue, std::vector<Problem>& problems);
/// The same for one programme.
void check_rules(const Scenario& scenario, const Settings& programme, const Catalogue& catalogue,
                 std::vector<Problem>& problems);

/// Reads several scenarios. If any has a problem, throws once with the problems of all files.
std::vector<Scenario> load_checked(const std::vector<std::filesystem::path>& paths,
                                   const Catalogue& catalogue = shipped_catalogue());

}  // namespace tuopin
