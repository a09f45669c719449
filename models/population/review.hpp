// Counts a finished population from its tables alone and compares it with the requested margins.
#pragma once

#include "models/population/context.hpp"

namespace tuopin {

void review(const Population& population, const SynthesisContext& context, SynthesisReport& report);

}  // namespace tuopin
