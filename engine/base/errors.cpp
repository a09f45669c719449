// How problems are written for people.
#include "engine/base/errors.hpp"

namespace tuopin {

std::string to_text(const Problem& problem, const Translation& translation) {
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
  text += problem.message.said(translation);
  const std::string hint = problem.hint.said(translation);
  if (!hint.empty()) text += translation ? "（" + hint + "）" : " (" + hint + ")";
  return text;
}

std::string to_text(const std::vector<Problem>& problems, const Translation& translation) {
  std::string text;
  for (const Problem& problem : problems) {
    if (!text.empty()) text += '\n';
    text += to_text(problem, translation);
  }
  return text;
}

namespace {

std::vector<Problem> one_problem(Message message) {
  std::vector<Problem> problems(1);
  problems.front().message = std::move(message);
  return problems;
}

}  // namespace

Error::Error(ExitCode code, std::vector<Problem> problems)
    : std::runtime_error(to_text(problems)), code_(code), problems_(std::move(problems)) {}

Error::Error(ExitCode code, Message message) : Error(code, one_problem(std::move(message))) {}

}  // namespace tuopin
