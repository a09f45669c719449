// The program: parses the command line, runs a command, reports errors.
#pragma once

#include <functional>

#include "models/run/catalogue.hpp"

namespace tuopin {

/// The body of main(). The catalogue lists what the program can simulate: the shipped one, or an extended copy. Returns
/// the exit code.
int run_program(int argc, char** argv, const Catalogue& catalogue);
/// The same with a copy of the shipped catalogue that `add` extends; errors thrown by `add` are reported like others.
int run_program(int argc, char** argv, const std::function<void(Catalogue&)>& add);

}  // namespace tuopin
