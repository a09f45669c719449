// The part of a saved trajectory that stands by rows: the state of households and of all other levels, their flags of
// poverty, and who is enrolled. In the stream households, persons and programmes go by id or name.
#pragma once

#include "engine/files/bytes.hpp"
#include "models/programme/programme.hpp"
#include "models/state/land.hpp"

namespace tuopin {

/// Flags of poverty by part and household row; empty before the first year.
using FlagsByPart = std::vector<std::vector<std::uint8_t>>;

void save_worlds(const Worlds& worlds, const std::vector<Programme>& programmes, const FlagsByPart& flags,
                 BytePacker& to);
/// Into worlds that have not lived yet; returns the flags. Throws DataError for what does not fit them.
FlagsByPart load_worlds(ByteUnpacker& from, const std::vector<Programme>& programmes, Worlds& worlds);

}  // namespace tuopin
