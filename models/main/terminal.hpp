// Progress display while a command runs: a bar on a terminal, JSON lines for programs, nothing elsewhere.
#pragma once

#include <cstddef>
#include <string>

#include "engine/run/parallel.hpp"
#include "engine/run/progress.hpp"

namespace tuopin {

/// `mode`: auto (a bar when stderr is a terminal, else only a line with an estimate where it takes long), bar, json,
/// none.
ProgressSink progress_sink(const std::string& mode, const std::string& language);

/// Columns of the terminal on standard output, from 80 to 120; 80 where it is none.
std::size_t terminal_width();

/// On a terminal the text in lines that fit into it, those that go on indented; in a pipe as it is, one line for each.
std::string for_terminal(const std::string& text, std::size_t least_indent = 0);
/// The same of what goes to standard error, where lines that go on are indented. A line that is indented already, such
/// as a rule with a mark below it, stays whole.
std::string for_error_terminal(const std::string& text);

/// The flag that Ctrl-C or SIGTERM sets while this object lives. A second Ctrl-C ends the program at once.
class InterruptGuard {
 public:
  InterruptGuard();
  ~InterruptGuard();
  InterruptGuard(const InterruptGuard&) = delete;
  InterruptGuard& operator=(const InterruptGuard&) = delete;
  const StopFlag& flag() const;
};

/// "1 min 05 s", "3.2 s".
std::string duration_text(double seconds);
/// "77 s", "6 min", "2.5 h"; in Chinese "77秒": no more digits than an estimate has.
std::string about_text(double seconds, const std::string& language);

}  // namespace tuopin
