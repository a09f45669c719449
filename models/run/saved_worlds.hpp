// The section of a saved trajectory with the state: columns of households and of all other levels, poverty flags, and
// enrolments. In the stream, households, persons and programmes are identified by id or name.
#pragma once

#include "engine/files/bytes.hpp"
#include "models/programme/programme.hpp"
#include "models/state/sharded_population.hpp"

namespace tuopin {

/// Poverty flags by shard and household row; empty before the first year.
using FlagsByShard = std::vector<std::vector<std::uint8_t>>;

void save_worlds(const Worlds& worlds, const std::vector<Programme>& programmes, const FlagsByShard& flags,
                 BytePacker& to);
/// Loads into new worlds and returns the poverty flags. Throws DataError for data that do not fit the worlds.
FlagsByShard load_worlds(ByteUnpacker& from, const std::vector<Programme>& programmes, Worlds& worlds);

}  // namespace tuopin
