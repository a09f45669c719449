// The first register, at the end of the base year: in each county the lowest measured incomes, up to the county's quota
// of persons, exactly (households are not divided: when the next in rank no longer fits, the next that fits is taken).
#pragma once

#include "models/state/land.hpp"

namespace tuopin {

/// `persons`: size of the register; the counties' quotas are rescaled to it by largest remainder. Weights count.
void identify(Worlds& worlds, std::int64_t persons, int threads);

}  // namespace tuopin
