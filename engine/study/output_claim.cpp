// The claim on an output file: refused while another run holds it, or where it exists and may not be replaced.
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <vector>

#include "engine/base/errors.hpp"
#include "engine/study/study.hpp"

namespace tuopin {

namespace {

[[noreturn]] void refuse(const std::filesystem::path& path, Message message, Message hint = "") {
  throw OutputError({Problem{Origin{path.string(), 0, 0}, "", std::move(message), std::move(hint)}});
}

/// Creates the folders of a path that are missing; those that were made, the innermost first.
std::vector<std::filesystem::path> create_folders_of(const std::filesystem::path& path) {
  std::vector<std::filesystem::path> missing;
  std::error_code error;
  for (auto folder = path.parent_path(); !folder.empty() && !std::filesystem::exists(folder, error);
       folder = folder.parent_path())
    missing.push_back(folder);
  if (path.has_parent_path()) std::filesystem::create_directories(path.parent_path(), error);
  if (error) {
    for (const auto& folder : missing) ::rmdir(folder.c_str());
    refuse(path, message("cannot create its folder {}: {}", path.parent_path().string(), system_reason(error.value())));
  }
  return missing;
}

/// True if the open lock file still exists under its name: a previous run removes it when it ends.
bool still_there(int descriptor, const std::filesystem::path& lock_path) {
  struct stat open_file, named_file;
  return ::fstat(descriptor, &open_file) == 0 && ::stat(lock_path.c_str(), &named_file) == 0 &&
         open_file.st_ino == named_file.st_ino && open_file.st_dev == named_file.st_dev;
}

/// Names the process that wrote its number into its lock file.
Message held_by(int descriptor) {
  char digits[32] = {};
  const ssize_t length = ::pread(descriptor, digits, sizeof digits - 1, 0);
  return length > 0
             ? message("another run holds it (process {})", std::string(digits, static_cast<std::size_t>(length)))
             : message("another run holds it");
}

/// True for an empty file or one with a process number. Any other file is not our lock and must not be changed.
bool is_lock(int descriptor) {
  struct stat status;
  constexpr off_t longest = 20;
  if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode) || status.st_size > longest) return false;
  char text[longest] = {};
  const ssize_t length = ::pread(descriptor, text, sizeof text, 0);
  return length >= 0 && std::all_of(text, text + length, [](char c) { return c >= '0' && c <= '9'; });
}

/// Opens and locks; -1 where the lock file was removed between the two and the caller tries again.
int try_lock(const std::filesystem::path& path, const std::filesystem::path& lock_path) {
  constexpr int flags = O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;
  const int descriptor = ::open(lock_path.c_str(), flags, 0666);
  if (descriptor < 0 && (errno == ELOOP || errno == EISDIR || errno == ENXIO))
    refuse(lock_path, message("is no lock of tuopin and stands in the way of this output"), message("move it away"));
  if (descriptor < 0)
    refuse(path, message("its folder cannot be written: {}", system_reason(errno)),
           message("name another folder with {}", "--output"));
  if (!is_lock(descriptor)) {
    ::close(descriptor);
    refuse(lock_path, message("is no lock of tuopin and stands in the way of this output"), message("move it away"));
  }
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    const int code = errno;
    const Message held = code == EWOULDBLOCK ? held_by(descriptor) : "";
    // Some cluster file systems have no locks. There a second run is not noticed; the rename keeps files whole.
    if (code == ENOLCK || code == ENOTSUP || code == ENOSYS) return descriptor;
    ::close(descriptor);
    if (code == EWOULDBLOCK) refuse(path, held, message("wait for it, or name another output"));
    refuse(path, message("cannot lock {}: {}", lock_path.string(), system_reason(code)));
  }
  if (still_there(descriptor, lock_path)) return descriptor;
  ::close(descriptor);
  return -1;
}

void write_holder(int descriptor) {
  const std::string number = std::to_string(::getpid());
  // For people only: a lock that cannot name its holder is a lock all the same.
  if (::ftruncate(descriptor, 0) != 0 || ::pwrite(descriptor, number.data(), number.size(), 0) < 0) return;
}

}  // namespace

OutputClaim::OutputClaim(std::filesystem::path path, bool force) : path_(std::move(path)) {
  lock_path_ = path_;
  lock_path_ += ".lock";
  std::error_code ignored;
  if (std::filesystem::is_directory(path_, ignored)) refuse(path_, message("is a folder, expected a file"));
  new_folders_ = create_folders_of(path_);
  try {
    while (lock_ < 0) lock_ = try_lock(path_, lock_path_);
    write_holder(lock_);
    if (!force && std::filesystem::exists(path_, ignored)) refuse_existing(path_);
  } catch (...) {
    release();
    throw;
  }
}

void refuse_existing(const std::filesystem::path& path) {
  refuse(path, message("exists already"), message("name another output, or replace it with --force"));
}

OutputClaim::~OutputClaim() { release(); }

void OutputClaim::release() {
  if (lock_ >= 0) {
    ::unlink(lock_path_.c_str());  // before the lock is released, so that a waiting run makes a new lock file
    ::close(lock_);
  }
  for (const auto& folder : new_folders_) ::rmdir(folder.c_str());  // succeeds only for empty folders
}

}  // namespace tuopin
