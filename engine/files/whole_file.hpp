// Atomic writing of files: write a temporary in the same folder, sync it, rename it.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

namespace tuopin {

/// Writes the bytes to a temporary in the folder of `path`, syncs, renames it to `path` and syncs the folder. On any
/// failure the temporary is removed and OutputError names `path` and the system's reason; an older file stays.
void write_whole_file(const std::filesystem::path& path, const char* bytes, std::size_t size);

/// All bytes of a file; empty if it cannot be read.
std::string contents_of(const std::filesystem::path& path);

/// Removes temporaries of `path` that killed runs left behind. The caller must hold the claim on `path`, because a
/// running program has a temporary too.
void remove_temporaries_of(const std::filesystem::path& path);

/// Syncs a folder, so that names created in it survive a power failure.
void sync_folder(const std::filesystem::path& path);

/// Atomically makes the file `from` also available as `to`; an older file is replaced. `from` stays.
void put_also_under(const std::filesystem::path& from, const std::filesystem::path& to);

}  // namespace tuopin
