// The seal: a checksum appended to a file. Large files that the program has written itself (cached populations) are
// read without a sandbox if their seal shows that they are unchanged. The seal detects damage, not forgery: whoever can
// write into a user's cache does not need a forged file. HDF5 ignores bytes after the end that its header states.
#pragma once

#include <array>
#include <cstddef>
#include <filesystem>

namespace tuopin {

using Seal = std::array<char, 16>;

Seal seal_of(const char* bytes, std::size_t size);
/// True if the file ends with a valid seal of the bytes before it; false for any other file, or if it cannot be read.
bool is_sealed(const std::filesystem::path& path);

}  // namespace tuopin
