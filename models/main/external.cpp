#include "models/main/external.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <iterator>
#include <string_view>
#include <system_error>

#include "engine/base/errors.hpp"
#include "engine/settings/settings.hpp"
#include "models/main/language.hpp"

namespace tuopin {

namespace {

namespace fs = std::filesystem;

struct PackageCommand {
  const char* name;
  MessageId meaning;
};
constexpr PackageCommand package_commands[] = {
    {"summary", msgid("print the tables of a study file")},
    {"export", msgid("write the figures of a study as CSV, Parquet and Excel")},
    {"chart", msgid("draw the fan chart of a study")},
    {"trace", msgid("print what stands in the program for a policy document, row by row")},
    {"validate", msgid("print simulated figures beside published ones, with sources and errors")},
    {"assumptions", msgid("print what a study assumes, and which assumptions make its result vary")},
    {"completion", msgid("print what bash or zsh needs to complete commands")}};

fs::path this_program() {
  std::error_code ignored;
  return fs::read_symlink("/proc/self/exe", ignored);
}

std::string program_of(const std::string& name) { return "tuopin-" + name; }

bool is_of_package(const std::string& name) {
  return std::any_of(std::begin(package_commands), std::end(package_commands),
                     [&](const PackageCommand& command) { return name == command.name; });
}

/// Whether there is a program tuopin-NAME.
bool is_installed(const std::string& name) {
  const fs::path beside = this_program().parent_path() / program_of(name);
  if (::access(beside.c_str(), X_OK) == 0) return true;
  const char* const path = std::getenv("PATH");
  std::string_view folders = path ? path : "";
  while (!folders.empty()) {
    const std::size_t end = std::min(folders.find(':'), folders.size());
    if (::access((fs::path(folders.substr(0, end)) / program_of(name)).c_str(), X_OK) == 0) return true;
    folders.remove_prefix(std::min(end + 1, folders.size()));
  }
  return false;
}

/// Where the first word stands that does not choose the language.
int first_after_language(int argc, char** argv) {
  int at = 1;
  while (at < argc) {
    const std::string_view word = argv[at];
    if (word != "--lang" && !word.starts_with("--lang=")) break;
    at += word == "--lang" ? 2 : 1;
  }
  return at;
}

[[noreturn]] void refuse(const std::string& name, std::vector<std::string> commands) {
  for (const PackageCommand& command : package_commands) commands.emplace_back(command.name);
  if (is_of_package(name))
    throw UsageError({Problem{
        {},
        "",
        message("the command \"{}\" is part of tuopin's Python package, which is not installed here (no program {})",
                name, program_of(name)),
        message("./run setup installs it, and so does pip install in the folder of the sources")}});
  const Message near = did_you_mean(name, commands);
  throw UsageError({Problem{{},
                            "",
                            message("there is no command \"{}\" (and no program {})", name, program_of(name)),
                            near.empty() ? message("see tuopin --help") : near}});
}

}  // namespace

std::string package_help(const std::string& language) {
  const bool all = std::all_of(std::begin(package_commands), std::end(package_commands),
                               [](const PackageCommand& command) { return is_installed(command.name); });
  std::string text = in_words(all ? message("Commands of the Python package:")
                                  : message("Commands of the Python package, which is not installed here (./run setup "
                                            "installs it, or pip install . in the sources):"),
                              language);
  for (const PackageCommand& command : package_commands)
    text += fmt::format("\n  {:<29} {}", command.name, in_words(message(command.meaning), language));
  return text;
}

void try_external(int argc, char** argv, std::vector<std::string> own) {
  const int at = first_after_language(argc, argv);
  if (at >= argc || argv[at][0] == '-') return;
  const std::string name = argv[at];
  if (std::find(own.begin(), own.end(), name) != own.end()) return;
  std::rotate(argv + 1, argv + at, argv + at + 1);  // --lang stands behind the command from here on
  const std::string program = program_of(name);
  char* const second = argv[1];
  argv[1] = argv[0];
  if (const fs::path self = this_program(); !self.empty()) {
    ::setenv("TUOPIN_EXECUTABLE", self.c_str(), 0);  // the package reads studies with the program it was called by
    execv((self.parent_path() / program).c_str(), argv + 1);
  }
  if (name.find('/') == std::string::npos) execvp(program.c_str(), argv + 1);
  argv[1] = second;
  refuse(name, std::move(own));
}

}  // namespace tuopin
