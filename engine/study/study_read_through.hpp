// A file of another kind, read whole so that what is wrong with it shows in the process that reads sandboxed.
#pragma once

#include "engine/study/hdf5_values.hpp"

namespace tuopin {

/// Reads every value and attribute below a group and keeps nothing. Throws Hdf5Error.
void read_through(hid_t group, int depth = 0);

}  // namespace tuopin
