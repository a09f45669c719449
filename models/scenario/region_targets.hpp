// Targets and observations of a region, and what its tables may hold at most.
#pragma once

#include <filesystem>
#include <vector>

#include "models/scenario/region.hpp"

namespace tuopin {

/// Reads the targets. Those that are compared with the model are checked and converted to the unit of their measure.
void read_targets(Region& region, std::vector<Problem>& problems);
void read_observations(Region& region, std::vector<Problem>& problems);

/// Reports more rows of a kind than the limit.
void check_count(std::size_t count, std::size_t most, MessageId what, const std::filesystem::path& path,
                 std::vector<Problem>& problems);

}  // namespace tuopin
