// The programme files of a scenario: how they are found, and a warning about copied programmes that no longer share the
// random numbers of their original.
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

/// Warns of each programme that has the same rules of eligibility as one of `others` but random numbers of its own: the
/// difference between the two then contains the noise of both. The hint gives the line to add.
std::vector<Problem> copies_without_luck(const Scenario& scenario, const std::vector<const Scenario*>& others);

/// The same for the files that the scenario extends.
std::vector<Problem> copies_of_bases(const Scenario& scenario, const FileKinds& kinds);

/// The same for scenarios of one run, each compared with those before it. Adds to their warnings.
void warn_of_copies(std::vector<Scenario>& scenarios);

}  // namespace tuopin
