// Reading in a process of its own. HDF5 1.10 trusts its files: a few changed bytes crash it, keep it busy for ever or
// make it ask for all memory. So HDF5 opens a study only in a forked child under limits, which hands plain values back;
// whatever becomes of the child, the program says that the file is damaged and goes on.
#pragma once

#include <filesystem>
#include <functional>

#include "engine/files/pipe.hpp"

namespace tuopin {

/// Calls `read` in a child process, which then sends what it read, while this process receives it. A DataError of
/// `read` is thrown here as it is; a child that crashes or reaches a limit (engine/files/limits.hpp) is a DataError,
/// too.
void read_sandboxed(const std::filesystem::path& path, const std::function<void()>& read,
                    const std::function<void(PipeWriter&)>& send, const std::function<void(PipeReader&)>& receive);

/// The same for a value that put() and take() know.
template <typename Value>
Value read_sandboxed(const std::filesystem::path& path, const std::function<Value()>& read) {
  Value value;
  read_sandboxed(
      path, [&] { value = read(); }, [&](PipeWriter& to) { put(to, value); },
      [&](PipeReader& from) { take(from, value); });
  return value;
}

}  // namespace tuopin
