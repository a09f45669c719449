// Parses a command line into Options; nothing is computed and no file is opened.
#pragma once

#include <string>
#include <vector>

#include "models/main/options.hpp"

namespace tuopin {

inline constexpr int max_draws = 65'535, max_replicates = 65'535;  ///< each is 16 bits of the key of random numbers
inline constexpr std::uint64_t max_tasks = 10'000'000;             ///< draws × replicates

/// `words`: the program's name, the command, its arguments. Throws UsageError with every problem, each with its option.
Options read_command_line(const std::vector<std::string>& words);

/// The names of the commands, in the order of the help.
std::vector<std::string> command_names();

}  // namespace tuopin
