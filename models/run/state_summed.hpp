// The sum that the hash of a state is made of, block by block at the end of the year: while what the year has just
// written stands in the processor's cache, it costs half of a pass over all columns afterwards.
#pragma once

#include "models/state/moment.hpp"

namespace tuopin {

/// look: the sum of each block, where somebody asks for it (Moment::state_sums). `programme_names`: hashes, in the
/// order of the model's programmes.
Year::Part state_summed(const StateSchema& schema, YearNeeds& needs, std::vector<std::uint32_t> programme_names);

/// Where in the year nothing changes households, villages or child tables any more: the position behind the last part
/// that may.
std::size_t end_of_changes(const Year& year, const StateSchema& schema);

}  // namespace tuopin
