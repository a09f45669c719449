// The year as shipped: the list of mechanisms in the order in which they are run.
#pragma once

#include "models/run/catalogue.hpp"

namespace tuopin {

/// The mechanisms of the shipped year, in order.
std::vector<Mechanism> shipped_year();

}  // namespace tuopin
