// Computes the sums for the state hash block by block at the end of the year. The data that the year has just written
// are then still in the processor's cache, so this costs half as much as a separate pass over all columns.
#pragma once

#include "models/state/moment.hpp"

namespace tuopin {

/// look: the sum of each block, if it was requested (Moment::state_sums). `programme_names`: hashes of the names, in
/// the order of the model's programmes.
Year::Part state_summed(const StateSchema& schema, YearNeeds& needs, std::vector<std::uint32_t> programme_names);

/// Position in the year after the last part that may change households, villages or child tables.
std::size_t end_of_changes(const Year& year, const StateSchema& schema);

}  // namespace tuopin
