// Counts a finished population anew, from its tables alone, beside what was asked of it.
#pragma once

#include "models/population/context.hpp"

namespace tuopin {

void review(const Population& population, const SynthesisContext& context, SynthesisReport& report);

}  // namespace tuopin
