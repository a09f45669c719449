// The part of a saved trajectory that belongs to no row of households: lasting columns of villages, counties and the
// region, and child tables. In the stream villages, counties and parents go by id.
#pragma once

#include "engine/files/bytes.hpp"
#include "models/state/land.hpp"

namespace tuopin {

void save_levels(const Worlds& worlds, BytePacker& to);
/// Into worlds that have not lived yet. Throws DataError for what does not fit them.
void load_levels(ByteUnpacker& from, Worlds& worlds);

/// The block of a household row.
std::uint32_t block_of(const Ground& ground, std::uint32_t row);

}  // namespace tuopin
