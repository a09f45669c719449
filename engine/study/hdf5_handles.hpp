// Thin ownership over HDF5 identifiers: closed once, errors as exceptions that carry HDF5's innermost message.
#pragma once

#include <hdf5.h>

#include <stdexcept>
#include <string>
#include <utility>

#include "engine/base/message.hpp"

namespace tuopin {

/// A failed HDF5 call: what was being done, and the reason in HDF5's own words. Callers add the file's name and
/// rethrow it as DataError or OutputError.
class Hdf5Error : public std::runtime_error {
 public:
  explicit Hdf5Error(const Message& what) : std::runtime_error(what.english()), message(what) {}
  Message message;
};

/// Call before anything else of HDF5. HDF5 1.10 crashes in its exit handler when a file could not be flushed (full
/// disk), so the handler is never installed: every file is closed by hand. Printing is off per thread, so call it at
/// each entry.
inline void start_hdf5() {
  static const herr_t no_exit_handler = H5dont_atexit();
  static_cast<void>(no_exit_handler);  // fails harmlessly where the host program has opened HDF5 before us
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
}

/// The deepest message of the error stack, which HDF5 says in English alone: "truncated file: …" rather than "unable to
/// open file".
inline std::string innermost_hdf5_words() {
  std::string reason;
  H5Ewalk2(
      H5E_DEFAULT, H5E_WALK_UPWARD,
      [](unsigned depth, const H5E_error2_t* error, void* out) -> herr_t {
        if (depth == 0 && error->desc != nullptr) *static_cast<std::string*>(out) = error->desc;
        return 0;
      },
      &reason);
  H5Eclear2(H5E_DEFAULT);
  return reason;
}
inline Message quoted_from_hdf5(const std::string& words) {
  return words.empty() ? message("HDF5 gives no reason") : message("in HDF5's own words: \"{}\"", words);
}

[[noreturn]] inline void throw_hdf5(MessageId doing) {
  throw Hdf5Error(message("{}: {}", message(doing), quoted_from_hdf5(innermost_hdf5_words())));
}

/// Passes a result of HDF5 through, or throws where it is negative.
template <typename Result>
Result h5(Result result, MessageId doing) {
  if (result < 0) throw_hdf5(doing);
  return result;
}

/// Owner of one identifier, with the function that closes it.
class H5Id {
 public:
  using Closer = herr_t (*)(hid_t);

  H5Id() = default;
  H5Id(hid_t id, Closer closer, MessageId doing) : id_(h5(id, doing)), closer_(closer) {}
  H5Id(H5Id&& other) noexcept : id_(std::exchange(other.id_, H5I_INVALID_HID)), closer_(other.closer_) {}
  H5Id& operator=(H5Id&& other) noexcept {
    std::swap(id_, other.id_);
    std::swap(closer_, other.closer_);
    return *this;
  }
  ~H5Id() {
    if (id_ >= 0) closer_(id_);  // only on the way out of an error: the way through calls close()
  }

  operator hid_t() const { return id_; }

  /// Closes and checks: a close writes, so it can fail.
  void close(MessageId doing) {
    if (id_ >= 0) h5(closer_(std::exchange(id_, H5I_INVALID_HID)), doing);
  }

 private:
  hid_t id_ = H5I_INVALID_HID;
  Closer closer_ = nullptr;
};

}  // namespace tuopin
