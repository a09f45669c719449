// A checksum behind the end of a file. The program's own files of many megabytes are read without the detour over a
// process apart; the seal says that they are still as they were written. It keeps out damage, not forgery: whoever may
// write into a user's cache needs no forged file. HDF5 does not look behind a file's end.
#pragma once

#include <array>
#include <cstddef>
#include <filesystem>

namespace tuopin {

using Seal = std::array<char, 16>;

Seal seal_of(const char* bytes, std::size_t size);
/// True where the file ends in the seal of all that stands before it; false for any other and for one that cannot be
/// read.
bool is_sealed(const std::filesystem::path& path);

}  // namespace tuopin
