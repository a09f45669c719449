// Commands that are programs of their own: `tuopin NAME …` runs tuopin-NAME beside this program or on the path. Those
// of the Python package are known by name, so that a build without it can say what it lacks.
#pragma once

#include <string>
#include <vector>

namespace tuopin {

/// The lines of the help on the commands of the package; says how to get them where they are missing.
std::string package_help(const std::string& language);

/// Becomes the program of a command that is none of `own`. Returns if the command line names no such command; throws
/// UsageError, with the nearest name, if there is no such program.
void try_external(int argc, char** argv, std::vector<std::string> own);

}  // namespace tuopin
