// The frame of a saved trajectory: a magic number, the length of the contents, the contents, and a checksum over all of
// it. The checksum detects damage, not forgery, so every length and id inside is checked as well when it is read.
#pragma once

#include "engine/files/bytes.hpp"

namespace tuopin {

void write_framed(const std::string& contents, ByteWriter& to);
/// Returns the contents. Throws DataError if it is not a saved trajectory, is truncated or damaged.
std::string read_framed(ByteReader& from);

}  // namespace tuopin
