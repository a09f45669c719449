// The section of a saved trajectory with the levels other than households: lasting columns of villages, counties and
// the region, and child tables. In the stream, villages, counties and parents are identified by id.
#pragma once

#include "engine/files/bytes.hpp"
#include "models/state/sharded_population.hpp"

namespace tuopin {

void save_levels(const Worlds& worlds, BytePacker& to);
/// Loads into new worlds. Throws DataError for data that do not fit them.
void load_levels(ByteUnpacker& from, Worlds& worlds);

/// The block that contains a household row.
std::uint32_t block_of(const Shard& shard, std::uint32_t row);

}  // namespace tuopin
