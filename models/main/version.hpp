// Version information of the program, as needed in a bug report.
#pragma once

#include <string>
#include <vector>

namespace tuopin {

/// "tuopin 0.1.0", and below it build, compiler and instruction set.
std::string version_text();

/// The same with the command that was given, for a message that asks to be reported.
std::string report_text(const std::vector<std::string>& words);

}  // namespace tuopin
