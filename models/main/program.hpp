// The program: reads the command line, calls a command, says what went wrong.
#pragma once

#include <functional>

#include "models/run/catalogue.hpp"

namespace tuopin {

/// All that main() does. The catalogue says what the program knows to do: the shipped one, or a copy with more in it.
/// Returns the exit code.
int run_program(int argc, char** argv, const Catalogue& catalogue);
/// The same with a copy of the shipped catalogue, to which `add` adds: what it does wrong is said like any other error.
int run_program(int argc, char** argv, const std::function<void(Catalogue&)>& add);

}  // namespace tuopin
