// The shipped year: a list that can be read aloud.
#pragma once

#include "models/run/catalogue.hpp"

namespace tuopin {

/// The year, in the order in which it happens.
std::vector<Mechanism> shipped_year();

}  // namespace tuopin
