// The programme files of a scenario: where they are found, and copies that lost the luck of what they were copied from.
#pragma once

#include <vector>

#include "models/scenario/fields.hpp"
#include "models/scenario/scenario.hpp"

namespace tuopin {

/// Names of the programme files in programmes/ of these folders, sorted.
std::vector<std::string> programme_names_in(const std::vector<std::filesystem::path>& folders);

/// Reads the programmes that a scenario lists. A name is looked for in programmes/ beside the file that lists it, then
/// beside the files which that one extends. Appends to `problems` and to the scenario's warnings.
void load_programmes(Scenario& scenario, const FileKinds& kinds, std::vector<Problem>& problems);

/// Warns of each programme that has the people of another one of `others` and luck of its own: the difference between
/// the two then holds the noise of both. The line to add stands in the hint.
std::vector<Problem> copies_without_luck(const Scenario& scenario, const std::vector<const Scenario*>& others);

/// The same against the files that the scenario extends.
std::vector<Problem> copies_of_bases(const Scenario& scenario, const FileKinds& kinds);

/// Scenarios that are compared in one run: each against those before it. Adds to their warnings.
void warn_of_copies(std::vector<Scenario>& scenarios);

}  // namespace tuopin
