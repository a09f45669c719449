// A digest of a population as it is simulated: who lives where, with which values. It is what says that a saved
// trajectory belongs to these people. Rows are taken by id: no order of rows and no parts of the land change it.
#pragma once

#include "models/state/land.hpp"

namespace tuopin {

std::uint64_t digest_of(const Land& land);

}  // namespace tuopin
