// The page of --help in the language asked for: CLI11's own words and the groups' headings.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace tuopin {

/// What `--help` ends with: exit codes and other commands.
std::string footer_of_help(const std::string& language);

/// Its commands, one a line, each with what it does.
std::string list_of_commands(const CLI::App& app);

class HelpFormatter : public CLI::Formatter {
 public:
  explicit HelpFormatter(std::string language);
  std::string make_group(std::string group, bool is_positional, std::vector<const CLI::Option*> options) const override;
  std::string make_option(const CLI::Option* option, bool is_positional) const override;
  std::string make_subcommands(const CLI::App* app, CLI::AppFormatMode mode) const override;

 private:
  std::string language_;
};

}  // namespace tuopin
