#include "engine/files/read_sandboxed.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <new>
#include <system_error>

#include "engine/base/errors.hpp"
#include "engine/files/limits.hpp"

namespace tuopin {

inline auto members_of(const Origin& o) { return std::tie(o.file, o.line, o.column); }
inline auto members_of(Origin& o) { return std::tie(o.file, o.line, o.column); }
inline void put(PipeWriter& to, const Message& message) {
  put(to, static_cast<std::uint8_t>(message.kind()));
  put(to, message.text());
  put(to, static_cast<std::uint64_t>(message.values().size()));
  for (const Message& value : message.values()) put(to, value);
}
inline void take(PipeReader& from, Message& message) {
  std::uint8_t kind = 0;
  std::string text;
  take(from, kind);
  take(from, text);
  std::vector<Message> values(from.count(1));
  for (Message& value : values) take(from, value);
  message = Message(static_cast<Message::Kind>(kind), std::move(text), std::move(values));
}
inline auto members_of(const Problem& p) { return std::tie(p.origin, p.key, p.message, p.hint); }
inline auto members_of(Problem& p) { return std::tie(p.origin, p.key, p.message, p.hint); }

namespace {

enum class Answer : std::uint8_t { values, problems, no_memory, end };

/// Sanitizers reserve terabytes of address space, so no limit on it can be set under them.
constexpr bool under_sanitizer =
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
    true;
#else
    false;
#endif
#else
    false;
#endif

[[noreturn]] void refuse_broken(const std::filesystem::path& path, Message what) {
  throw DataError({Problem{Origin{path.string(), 0, 0}, "", std::move(what),
                           message("it is damaged, or was never a file of tuopin: copy it again, or run again")}});
}

/// Address space that this process uses already, which counts towards the child's limit.
rlim_t addresses_in_use() {
  unsigned long pages = 0;
  if (std::FILE* file = std::fopen("/proc/self/statm", "r")) {
    if (std::fscanf(file, "%lu", &pages) != 1) pages = 0;
    std::fclose(file);
  }
  return static_cast<rlim_t>(pages) * static_cast<rlim_t>(::sysconf(_SC_PAGESIZE));
}

void lower(int resource, rlim_t most) {
  rlimit limit{};
  if (::getrlimit(static_cast<decltype(RLIMIT_AS)>(resource), &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max == RLIM_INFINITY || most < limit.rlim_max ? most : limit.rlim_max;
  ::setrlimit(static_cast<decltype(RLIMIT_AS)>(resource), &limit);
}

rlim_t seconds_for(const std::filesystem::path& path) {
  std::error_code ignored;
  const std::uintmax_t size = std::filesystem::file_size(path, ignored);
  return hdf5_seconds + (ignored ? 0 : size / hdf5_bytes_a_second);
}

struct Work {
  const std::function<void()>& read;
  const std::function<void(PipeWriter&)>& send;
};

void limit_this_process(rlim_t seconds) {
  lower(RLIMIT_CORE, 0);
  lower(RLIMIT_CPU, seconds);
  ::signal(SIGXCPU, SIG_DFL);
  ::signal(SIGPIPE, SIG_DFL);
  if (under_sanitizer) return;
  const rlim_t used = addresses_in_use();
  if (used > 0) lower(RLIMIT_AS, used + max_hdf5_values_bytes + hdf5_working_bytes);
  const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);  // the C library prints messages when it aborts
  if (nowhere >= 0) ::dup2(nowhere, STDERR_FILENO);
}

/// Runs in the child. Never returns, and never runs the handlers registered for the end of the program.
[[noreturn]] void be_the_child(int descriptor, rlim_t seconds, const Work& work) {
  try {
    limit_this_process(seconds);
    PipeWriter to(descriptor);
    const auto answer = [&](Answer kind) { put(to, static_cast<std::uint8_t>(kind)); };
    try {
      work.read();
      answer(Answer::values);
      work.send(to);
      answer(Answer::end);
    } catch (const DataError& error) {
      answer(Answer::problems);
      put(to, error.problems());
    } catch (const std::bad_alloc&) {
      answer(Answer::no_memory);
    }
    to.flush();
    ::_exit(0);
  } catch (...) {
    ::_exit(1);
  }
}

/// The running child and our end of its pipe; the destructor ends both.
class Child {
 public:
  Child(const std::filesystem::path& path, const Work& work) {
    const rlim_t seconds = seconds_for(path);
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) fail(msgid("cannot make a pipe to read a file"));
    constexpr int pipe_bytes = 1 << 20;  // requested size: fewer switches between the two processes
    ::fcntl(ends[1], F_SETPIPE_SZ, pipe_bytes);
    id_ = ::fork();
    if (id_ == 0) {
      ::close(ends[0]);
      be_the_child(ends[1], seconds, work);
    }
    ::close(ends[1]);
    descriptor = ends[0];
    if (id_ < 0) {
      ::close(descriptor);
      fail(msgid("cannot make a process to read a file"));
    }
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() {
    if (id_ > 0) {
      ::kill(id_, SIGKILL);
      wait();
    }
    if (descriptor >= 0) ::close(descriptor);
  }

  /// Describes how the child ended.
  Message end() {
    ::close(descriptor);  // otherwise the child could block on writing while we wait for its end
    descriptor = -1;
    const int status = wait();
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGPIPE) return message("reading it gives what no sound file holds");
    if (!WIFSIGNALED(status)) return message("reading it failed half-way");
    if (WTERMSIG(status) == SIGXCPU) return message("reading it takes longer than any sound file of its size");
    return message("reading it brings HDF5 down (signal {})", WTERMSIG(status));
  }

  int descriptor = -1;

 private:
  [[noreturn]] static void fail(MessageId what) { throw std::system_error(errno, std::generic_category(), what.text); }

  int wait() {
    int status = 0;
    while (::waitpid(id_, &status, 0) < 0 && errno == EINTR) continue;
    id_ = -1;
    return status;
  }

  pid_t id_ = -1;
};

}  // namespace

void read_sandboxed(const std::filesystem::path& path, const std::function<void()>& read,
                    const std::function<void(PipeWriter&)>& send, const std::function<void(PipeReader&)>& receive) {
  Child child(path, Work{read, send});
  PipeReader from(child.descriptor, max_hdf5_values_bytes + hdf5_working_bytes);
  const auto answer = [&] {
    std::uint8_t word = 0;
    take(from, word);
    return static_cast<Answer>(word);
  };
  std::vector<Problem> problems;
  try {
    switch (answer()) {
      case Answer::values:
        receive(from);
        if (answer() != Answer::end) throw PipeBroken("no end");
        child.end();
        return;
      case Answer::problems: take(from, problems); break;
      case Answer::no_memory: refuse_broken(path, message("reading it takes more memory than any sound file does"));
      default: throw PipeBroken("no answer");
    }
  } catch (const PipeBroken&) {
    refuse_broken(path, child.end());
  }
  throw DataError(problems);
}

}  // namespace tuopin
