// Reading a file in a sandbox, a separate process with limits. HDF5 1.10 does not validate its files: a few changed
// bytes can make it crash, loop forever or allocate all memory. Therefore HDF5 opens a study only in a forked child
// process under limits, which sends plain values back; if the child fails, the file is reported as damaged.
#pragma once

#include <filesystem>
#include <functional>

#include "engine/files/pipe.hpp"

namespace tuopin {

/// Calls `read` in a child process, which then sends the result while this process receives it. A DataError of `read`
/// is rethrown here; if the child crashes or reaches a limit (engine/files/limits.hpp), a DataError is thrown too.
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
