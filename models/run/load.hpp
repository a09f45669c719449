// Scenarios from files, ready to run: what their files say, and the year made from it, checked together.
#pragma once

#include "models/scenario/scenario.hpp"

namespace tuopin {

/// The kinds of files that this program reads, its verbs included.
const FileKinds& file_kinds();
const FileKind& scenario_file();
const FileKind& programme_file();

/// Reads a scenario with all it names. Every problem of every file is appended: values, relations, rules, and names of
/// luck that would be shared.
Scenario load_scenario(const std::filesystem::path& path, std::vector<Problem>& problems);

/// Rules and verbs of one programme.
void check_rules(const Settings& programme, const Region& region, std::vector<Problem>& problems);

/// Several scenarios, refused together: all problems of all files.
std::vector<Scenario> load_checked(const std::vector<std::filesystem::path>& paths);

}  // namespace tuopin
