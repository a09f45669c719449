#include "models/main/help.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "models/main/language.hpp"

namespace tuopin {

namespace {

struct Label {
  const char* key;  ///< of CLI11
  MessageId text;
};
constexpr Label labels[] = {
    {"Usage", msgid("Usage")},
    {"OPTIONS", msgid("OPTIONS")},
    {"SUBCOMMAND", msgid("SUBCOMMAND")},
    {"REQUIRED", msgid("REQUIRED")},
    {"FILE", msgid("FILE")},
    {"FOLDER", msgid("FOLDER")},
    {"NUMBER", msgid("NUMBER")},
    {"WORD", msgid("WORD")},
    {"NAME", msgid("NAME")},
    {"NAMES", msgid("NAMES")},
    {"Options", msgid("Options")},
    {"Positionals", msgid("Positionals")},
    {"Subcommands", msgid("Subcommands")},
};

constexpr MessageId footer = msgid(
    R"(Exit codes:
  0  done
  1  defect of the program
  2  wrong usage
  3  scenario invalid
  4  data invalid
  5  interrupted (go on with --resume)
  6  output cannot be written, nobody could read the answer, or the machine refused (memory, processes)

Other commands are programs named tuopin-<command> beside this one or on the path.)");

std::string translated(const std::string& word, const std::string& language) {
  for (const Label& label : labels)
    if (word == label.key) return in_words(message(label.text), language);
  return word;
}

}  // namespace

std::string footer_of_help(const std::string& language) { return in_words(message(footer), language); }

std::string list_of_commands(const CLI::App& app) {
  std::string text;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; }))
    text += fmt::format("{}  {:<29} {}", text.empty() ? "" : "\n", command->get_name(), command->get_description());
  return text;
}

HelpFormatter::HelpFormatter(std::string language) : language_(std::move(language)) {
  column_width(32);  // two blanks behind the longest option: only then do its words go on below themselves
  for (const Label& own : labels) label(own.key, in_words(message(own.text), language_));
}

std::string HelpFormatter::make_group(std::string group, bool is_positional,
                                      std::vector<const CLI::Option*> options) const {
  return Formatter::make_group(translated(group, language_), is_positional, std::move(options));
}

/// CLI11 counts bytes: what is missing for columns that align is added after the name.
std::string HelpFormatter::make_option(const CLI::Option* option, bool is_positional) const {
  std::string line = Formatter::make_option(option, is_positional);
  const std::string name = "  " + make_option_name(option, is_positional) + make_option_opts(option);
  if (!line.starts_with(name + " ")) return line;
  const auto continued = [](unsigned char byte) { return (byte & 0xC0) == 0x80; };
  const auto bytes = std::count_if(name.begin(), name.end(), continued);  // two of the three of a Chinese character
  return line.insert(name.size(), std::string(static_cast<std::size_t>(bytes / 2), ' '));
}

std::string HelpFormatter::make_subcommands(const CLI::App* app, CLI::AppFormatMode mode) const {
  const std::string text = Formatter::make_subcommands(app, mode), heading = "\nSubcommands:\n";
  if (!text.starts_with(heading)) return text;
  return "\n" + translated("Subcommands", language_) + ":\n" + text.substr(heading.size());
}

}  // namespace tuopin
