// When two scenarios begin to differ: until then they are one world. The plain version, which compares two texts: runs
// read digests (digests.hpp), and tests hold these against it.
#pragma once

#include "models/scenario/scenario.hpp"

namespace tuopin {

/// The first year whose events may differ between two scenarios: the base year where anything but programmes and money
/// differs, a year after the last where nothing does. Never later than the true one; where it cannot tell, earlier.
int first_difference(const Scenario& a, const Scenario& b);

}  // namespace tuopin
