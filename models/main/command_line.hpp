// From the words of a command line to Options; nothing is computed and no file is looked at.
#pragma once

#include <string>
#include <vector>

#include "models/main/options.hpp"

namespace tuopin {

inline constexpr int max_draws = 65'535, max_replicates = 65'535;  ///< both are halves of the key of a task's luck
inline constexpr std::uint64_t max_tasks = 10'000'000;             ///< draws × replicates

/// `words`: the program's name, the command, its arguments. Throws UsageError with every problem, each with its option.
Options read_command_line(const std::vector<std::string>& words);

/// The names of the commands, in the order of the help.
std::vector<std::string> command_names();

/// The language of everything that is said: --lang where it is given rightly, else the locale (LC_ALL, LC_MESSAGES,
/// LANG: the first that is set decides), else English. Needed before the command line is known to be sound.
std::string language_of(const std::vector<std::string>& words);

}  // namespace tuopin
