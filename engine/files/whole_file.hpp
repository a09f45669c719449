// Writing a file so that under its name stands the whole of it or nothing: temporary beside it, sync, rename.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

namespace tuopin {

/// Writes the bytes to a temporary in the folder of `path`, syncs, renames it to `path` and syncs the folder. On any
/// failure the temporary is removed and OutputError names `path` and the system's reason; an older file stays.
void write_whole_file(const std::filesystem::path& path, const char* bytes, std::size_t size);

/// All bytes of a file; nothing where it cannot be read.
std::string contents_of(const std::filesystem::path& path);

/// Temporaries of `path` that killed runs left behind. Only for who holds the claim on it: a living run has one, too.
void remove_temporaries_of(const std::filesystem::path& path);

/// Makes the name of `path` in its folder durable.
void sync_folder(const std::filesystem::path& path);

/// The file `from` under the name `to` as well, whole or not at all; an older file is replaced. `from` stays.
void put_also_under(const std::filesystem::path& from, const std::filesystem::path& to);

}  // namespace tuopin
