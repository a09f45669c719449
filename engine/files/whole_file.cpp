// Atomic writing of files, with every return value of the system checked.
#include "engine/files/whole_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <iterator>
#include <string>
#include <system_error>
#include <vector>

#include "engine/base/errors.hpp"

namespace tuopin {

namespace {

constexpr const char* temporary_mark = ".tmp-";

[[noreturn]] void refuse(const std::filesystem::path& path, MessageId what, int reason) {
  const Message hint = reason == ENOSPC || reason == EDQUOT ? message("free some space, or name another folder") : "";
  throw OutputError({Problem{Origin{path.string(), 0, 0}, "", message(what, system_reason(reason)), hint}});
}

/// An open temporary file that is removed unless it was renamed.
class Temporary {
 public:
  explicit Temporary(const std::filesystem::path& target) : target_(target) {
    for (int attempt = 0; descriptor_ < 0; ++attempt) {
      name_ = target.string() + temporary_mark + std::to_string(::getpid()) + "-" + std::to_string(attempt);
      descriptor_ = ::open(name_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
      if (descriptor_ < 0 && (errno != EEXIST || attempt > 1000))
        refuse(target_, msgid("cannot create a file in its folder: {}"), errno);
    }
  }
  Temporary(const Temporary&) = delete;
  Temporary& operator=(const Temporary&) = delete;
  ~Temporary() {
    if (descriptor_ >= 0) ::close(descriptor_);
    if (!name_.empty()) ::unlink(name_.c_str());
  }

  void write(const char* bytes, std::size_t size) {
    constexpr std::size_t piece = std::size_t{1} << 26;  // Linux writes at most 2 GiB at once
    while (size > 0) {
      const ssize_t written = ::write(descriptor_, bytes, std::min(size, piece));
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) refuse(target_, msgid("cannot write: {}"), errno);
      bytes += written;
      size -= static_cast<std::size_t>(written);
    }
  }

  void rename_to_target() {
    if (::fsync(descriptor_) != 0) refuse(target_, msgid("cannot write to the disk: {}"), errno);
    const int closed = ::close(descriptor_);
    descriptor_ = -1;
    if (closed != 0) refuse(target_, msgid("cannot close: {}"), errno);
    if (::rename(name_.c_str(), target_.c_str()) != 0) refuse(target_, msgid("cannot put in its place: {}"), errno);
    name_.clear();
  }

 private:
  std::filesystem::path target_;
  std::string name_;
  int descriptor_ = -1;
};

}  // namespace

/// The new name is durable only when the folder is. Some network file systems cannot sync a folder (EINVAL): there
/// nothing more can be done, and the file itself is safe.
void sync_folder(const std::filesystem::path& path) {
  const std::filesystem::path folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;  // a folder that may be written but not listed
  const int reason = ::fsync(descriptor) == 0 ? 0 : errno;
  ::close(descriptor);
  if (reason != 0 && reason != EINVAL && reason != ENOTSUP)
    refuse(path, msgid("cannot write its folder to the disk: {}"), reason);
}

void write_whole_file(const std::filesystem::path& path, const char* bytes, std::size_t size) {
  Temporary temporary(path);
  temporary.write(bytes, size);
  temporary.rename_to_target();
  sync_folder(path);
}

std::string contents_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

namespace {

/// Recognises names given by `Temporary` and put_also_under: a process number and another number or "link". A user's
/// own "study.h5.tmp-notes" is not one.
bool is_temporary(const std::string& name, const std::string& start) {
  if (!name.starts_with(start)) return false;
  const std::string rest = name.substr(start.size());
  const std::size_t dash = rest.find('-');
  const auto number = [](const std::string& text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
  };
  return dash != std::string::npos && number(rest.substr(0, dash)) &&
         (number(rest.substr(dash + 1)) || rest.substr(dash + 1) == "link");
}

}  // namespace

void remove_temporaries_of(const std::filesystem::path& path) {
  const std::string start = path.filename().string() + temporary_mark;
  std::error_code error;
  const auto folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
  std::vector<std::filesystem::path> found;
  for (std::filesystem::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error))
    if (is_temporary(entry->path().filename().string(), start)) found.push_back(entry->path());
  for (const auto& temporary : found) std::filesystem::remove(temporary, error);
}

void put_also_under(const std::filesystem::path& from, const std::filesystem::path& to) {
  const std::string name = to.string() + temporary_mark + std::to_string(::getpid()) + "-link";
  std::error_code error;
  std::filesystem::remove(name, error);
  if (::link(from.c_str(), name.c_str()) == 0) {
    const int renamed = ::rename(name.c_str(), to.c_str()) == 0 ? 0 : errno;
    ::unlink(name.c_str());  // where both are one file already, rename does nothing and leaves it
    if (renamed != 0) refuse(to, msgid("cannot put in its place: {}"), renamed);
    sync_folder(to);
    return;
  }
  // Another disk, or a file system without links.
  std::ifstream in(from, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  if (in.bad() || !in.is_open()) refuse(from, msgid("cannot read: {}"), errno);
  write_whole_file(to, bytes.data(), bytes.size());
}

}  // namespace tuopin
