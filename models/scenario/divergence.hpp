// The first year in which two scenarios differ; before it their results are identical. This is a simple version that
// compares two texts. Runs use digests (digests.hpp), which tests compare with this version.
#pragma once

#include "models/scenario/scenario.hpp"

namespace tuopin {

/// The first year in which two scenarios may differ: the base year if anything but programmes and money differs, the
/// year after the last if nothing does. Conservative: never later than the true year, possibly earlier.
int first_difference(const Scenario& a, const Scenario& b);

}  // namespace tuopin
