// Writing a file so that under its name stands the whole of it or nothing: temporary beside it, sync, rename.
#pragma once

#include <cstddef>
#include <filesystem>

namespace tuopin {

/// Writes the bytes to a temporary in the folder of `path`, syncs, renames it to `path` and syncs the folder. On any
/// failure the temporary is removed and OutputError names `path` and the system's reason; an older file stays.
void write_whole_file(const std::filesystem::path& path, const char* bytes, std::size_t size);

}  // namespace tuopin
