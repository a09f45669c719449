// The frame of a saved trajectory: a mark, the length of what follows, the contents, and a seal over all of it. It
// keeps out damage, not forgery; what is inside is read with every length and id checked all the same.
#pragma once

#include "engine/files/bytes.hpp"

namespace tuopin {

void write_framed(const std::string& contents, ByteWriter& to);
/// The contents. Throws DataError for what is no saved trajectory, ends early or is damaged.
std::string read_framed(ByteReader& from);

}  // namespace tuopin
