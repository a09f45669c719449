#include "models/main/speech.hpp"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>

#include "engine/base/errors.hpp"

namespace tuopin {

namespace {

/// All of the text; else the system's reason.
int write_all(int descriptor, std::string_view text) noexcept {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written >= 0) {
      text.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno == EAGAIN) {  // a pipe that another process has made non-blocking
      pollfd ready{descriptor, POLLOUT, 0};
      if (::poll(&ready, 1, -1) < 0 && errno != EINTR) return errno;
    } else if (errno != EINTR) {
      return errno;
    }
  }
  return 0;
}

}  // namespace

void hold_standard_streams() {
  for (int descriptor = STDIN_FILENO; descriptor <= STDERR_FILENO; ++descriptor) {
    if (::fcntl(descriptor, F_GETFD) >= 0) continue;
    // The lowest number that is free is this one. Read-only, so that writing fails.
    if (::open("/dev/null", O_RDONLY) < 0 && ::open("/", O_RDONLY) < 0) return;
  }
}

void answer(std::string_view text) {
  int reason = write_all(STDOUT_FILENO, text);
  if (reason == 0) {  // network disks tell what went wrong only when a file is closed
    const int copy = ::dup(STDOUT_FILENO);
    if (copy >= 0 && ::close(copy) != 0 && errno != EINTR) reason = errno;
  }
  if (reason == 0) return;
  const Message why = reason == EBADF ? message("it is closed") : system_reason(reason);
  throw OutputError({Problem{Origin{}, "", message("standard output: cannot write: {}", why), ""}});
}

void remark(std::string_view text) noexcept { write_all(STDERR_FILENO, text); }

}  // namespace tuopin
