// Errors: exceptions only, never exit(). Each knows the program's exit code and every problem that was found.
#pragma once

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/message.hpp"

namespace tuopin {

/// Exit codes of the program.
enum class ExitCode {
  done = 0,
  defect = 1,       ///< a defect of tuopin itself
  usage = 2,        ///< the command line asks for something that does not exist
  scenario = 3,     ///< a scenario, programme or region file is invalid
  data = 4,         ///< a data file (CSV, population, study) is invalid
  interrupted = 5,  ///< stopped on request; can be run again
  output = 6,       ///< the result cannot be written
};

/// Where in the user's files something was read. `line` and `column` count from 1; 0 means unknown.
struct Origin {
  Origin() = default;
  Origin(std::string in_file, int at_line = 0, int at_column = 0)
      : file(std::move(in_file)), line(at_line), column(at_column) {}

  std::string file;
  int line = 0;
  int column = 0;
};

/// One problem, with its parts in the order in which a user reads them: where, which key, what is wrong, what to do.
struct Problem {
  Origin origin;
  std::string key;  ///< dotted path of the key, or empty
  Message message;  ///< value, unit and what was expected
  Message hint;     ///< nearest valid name or way out; may be empty
};

/// `file:line:column: key: message (hint)`, leaving out what is not known. In another language than English, the hint
/// stands in full-width parentheses.
std::string to_text(const Problem& problem, const Translation& translation = {});
/// Every problem, one a line.
std::string to_text(const std::vector<Problem>& problems, const Translation& translation = {});

/// Base of all errors that a user can cause. what() holds every problem in English, one a line.
class Error : public std::runtime_error {
 public:
  Error(ExitCode code, std::vector<Problem> problems);
  Error(ExitCode code, Message message);

  ExitCode code() const noexcept { return code_; }
  const std::vector<Problem>& problems() const noexcept { return problems_; }

 private:
  ExitCode code_;
  std::vector<Problem> problems_;
};

/// Defines one error class per exit code, so that callers can catch the errors that they can handle.
template <ExitCode Code>
class ErrorOf : public Error {
 public:
  explicit ErrorOf(std::vector<Problem> problems) : Error(Code, std::move(problems)) {}
  explicit ErrorOf(Message message) : Error(Code, std::move(message)) {}
};

using UsageError = ErrorOf<ExitCode::usage>;
using ScenarioError = ErrorOf<ExitCode::scenario>;
using DataError = ErrorOf<ExitCode::data>;
using Interrupted = ErrorOf<ExitCode::interrupted>;
using OutputError = ErrorOf<ExitCode::output>;

}  // namespace tuopin
