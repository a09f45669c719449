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

namespace tuopin {

namespace {

namespace fs = std::filesystem;

struct PackageCommand {
  const char *name, *en, *zh;
};
constexpr PackageCommand package_commands[] = {
    {"summary", "print the tables of a study file", "显示结果文件的各种表"},
    {"export", "write the figures of a study as CSV, Parquet and Excel", "把结果写成CSV、Parquet和Excel"},
    {"chart", "draw the fan chart of a study", "绘制结果的扇形图"},
    {"completion", "print what bash or zsh needs to complete commands", "输出bash或zsh的命令补全脚本"}};

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

[[noreturn]] void refuse(const std::string& name, std::vector<std::string> commands) {
  for (const PackageCommand& command : package_commands) commands.emplace_back(command.name);
  if (is_of_package(name))
    throw UsageError({Problem{
        {},
        "",
        fmt::format(
            "the command \"{}\" is part of tuopin's Python package, which is not installed here (no program {})", name,
            program_of(name)),
        "./run setup installs it, and so does pip install in the folder of the sources"}});
  const std::string near = did_you_mean(name, commands);
  throw UsageError({Problem{{},
                            "",
                            fmt::format("there is no command \"{}\" (and no program {})", name, program_of(name)),
                            near.empty() ? "see tuopin --help" : near}});
}

}  // namespace

std::string package_help(const std::string& language) {
  const bool zh = language == "zh";
  std::string text = zh ? "Python包的命令" : "Commands of the Python package";
  const bool all = std::all_of(std::begin(package_commands), std::end(package_commands),
                               [](const PackageCommand& command) { return is_installed(command.name); });
  if (!all)
    text += zh ? "（此处未安装：./run setup 或在源码目录中 pip install . 可安装）"
               : ", which is not installed here (./run setup installs it, or pip install . in the sources)";
  text += zh ? "：" : ":";
  for (const PackageCommand& command : package_commands)
    text += fmt::format("\n  {:<27} {}", command.name, zh ? command.zh : command.en);
  return text;
}

void try_external(int argc, char** argv, std::vector<std::string> own) {
  if (argc < 2 || argv[1][0] == '-') return;
  const std::string name = argv[1];
  if (std::find(own.begin(), own.end(), name) != own.end()) return;
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
