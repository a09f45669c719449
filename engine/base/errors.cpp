// How problems are written for people.
#include "engine/base/errors.hpp"

namespace tuopin {

std::string to_text(const Problem& problem) {
  std::string text;
  const Origin& at = problem.origin;
  if (!at.file.empty()) text += at.file + ":";
  if (at.line > 0) {
    if (at.file.empty()) text += "line ";
    text += std::to_string(at.line) + ":";
    if (at.column > 0) text += std::to_string(at.column) + ":";
  }
  if (!text.empty()) text += ' ';
  if (!problem.key.empty()) text += problem.key + ": ";
  text += problem.message;
  if (!problem.hint.empty()) text += " (" + problem.hint + ")";
  return text;
}

namespace {

std::string all_lines(const std::vector<Problem>& problems) {
  std::string text;
  for (const Problem& problem : problems) {
    if (!text.empty()) text += '\n';
    text += to_text(problem);
  }
  return text;
}

std::vector<Problem> one_problem(const std::string& message) {
  std::vector<Problem> problems(1);
  problems.front().message = message;
  return problems;
}

}  // namespace

Error::Error(ExitCode code, std::vector<Problem> problems)
    : std::runtime_error(all_lines(problems)), code_(code), problems_(std::move(problems)) {}

Error::Error(ExitCode code, const std::string& message) : Error(code, one_problem(message)) {}

}  // namespace tuopin
