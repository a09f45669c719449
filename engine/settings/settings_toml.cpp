// Parses TOML text into a tree; the only file that includes toml++. Text that would overflow the parser's stack is
// refused before parsing.
#include <fmt/format.h>

#include <toml++/toml.h>
#include <algorithm>

#include "engine/settings/settings_text.hpp"
#include "engine/settings/settings_tree.hpp"
#include "engine/settings/toml_hints.hpp"
#include "engine/settings/toml_words.hpp"

namespace tuopin {

namespace {

/// Length of the quote at `at`: 3 for a multi-line string, 1 otherwise.
std::size_t quote_length(std::string_view text, std::size_t at) {
  const char quote = text[at];
  return text.substr(at, 3) == std::string(3, quote) ? 3 : 1;
}

/// Position after the string that opens at `at`. A string that is never closed ends where the parser will complain.
std::size_t after_string(std::string_view text, std::size_t at, int& line) {
  const char quote = text[at];
  const std::size_t length = quote_length(text, at);
  std::size_t i = at + length;
  while (i < text.size()) {
    if (text[i] == '\n') {
      if (length == 1) return i;
      ++line;
    }
    if (quote == '"' && text[i] == '\\') {
      if (i + 1 < text.size() && text[i + 1] == '\n') ++line;
      i += 2;
    } else if (text[i] == quote && length == 1) {
      return i + 1;
    } else if (text[i] == quote && quote_length(text, i) == 3) {
      i += 3;  // up to two more quotes belong to the text: """she said "yes""""
      for (int more = 0; more < 2 && i < text.size() && text[i] == quote; ++more) ++i;
      return i;
    } else {
      ++i;
    }
  }
  return text.size();
}

/// The parser recurses once per bracket and once per part of a dotted key: 400 kB of "a.a.a" overflow its stack. Up to
/// the first syntax error this scan sees strings and comments as the parser does; beyond it the parser never gets.
std::optional<int> first_line_too_deep(std::string_view text) {
  int depth = 0, dots = 0, line = 1;
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    if (c == '"' || c == '\'') {
      i = after_string(text, i, line);
      continue;
    }
    if (c == '#') {
      i = std::min(text.find('\n', i), text.size());
      continue;
    }
    if (c == '[' || c == '{') ++depth;
    if (c == ']' || c == '}') depth = std::max(0, depth - 1);
    if (c == '.') ++dots;
    if (c == '\n' || c == '=' || c == ',' || c == '[' || c == '{') dots = 0;
    if (depth > max_settings_depth || dots >= max_settings_depth) return line;
    if (c == '\n') ++line;
    ++i;
  }
  return std::nullopt;
}

int line_of(const toml::source_region& region) { return static_cast<int>(region.begin.line); }
int column_of(const toml::source_region& region) { return static_cast<int>(region.begin.column); }

TomlNode to_node(const toml::node& from, const std::shared_ptr<const TomlSource>& source) {
  TomlNode node;
  node.source = source;
  node.line = line_of(from.source());
  node.column = column_of(from.source());
  if (const auto* table = from.as_table()) {
    node.kind = TomlNode::Kind::table;
    for (const auto& [key, value] : *table)
      node.entries.push_back(
          {std::string(key.str()), to_node(value, source), line_of(key.source()), column_of(key.source())});
    std::stable_sort(node.entries.begin(), node.entries.end(), [](const TomlEntry& a, const TomlEntry& b) {
      return std::pair(a.line, a.column) < std::pair(b.line, b.column);
    });
  } else if (const auto* array = from.as_array()) {
    node.kind = TomlNode::Kind::array;
    for (const auto& item : *array) node.items.push_back(to_node(item, source));
  } else if (const auto* text = from.as_string()) {
    node.kind = TomlNode::Kind::text;
    node.text = text->get();
  } else if (const auto* integer = from.as_integer()) {
    node.kind = TomlNode::Kind::integer;
    node.integer = integer->get();
    node.number = static_cast<double>(node.integer);
  } else if (const auto* number = from.as_floating_point()) {
    node.kind = TomlNode::Kind::number;
    node.number = number->get();
  } else if (const auto* flag = from.as_boolean()) {
    node.kind = TomlNode::Kind::flag;
    node.flag = flag->get();
  } else {
    node.kind = TomlNode::Kind::date;
  }
  return node;
}

}  // namespace

std::optional<TomlNode> parse_toml(std::string_view text, const std::shared_ptr<const TomlSource>& source,
                                   std::vector<Problem>& problems) {
  if (!is_readable_text(text, source->name, max_settings_bytes, problems)) return std::nullopt;
  if (const auto line = first_line_too_deep(text)) {
    problems.push_back({{source->name, *line, 0},
                        "",
                        message("tables, arrays or dotted keys are nested deeper than {}", max_settings_depth),
                        ""});
    return std::nullopt;
  }
  try {
    const toml::table table = toml::parse(text);
    return to_node(table, source);
  } catch (const toml::parse_error& error) {
    const int line = line_of(error.source()), column = column_of(error.source());
    if (is_csv(source->name, text))
      problems.push_back({{source->name, line, 0},
                          "",
                          message("is a table of values separated by commas (CSV), expected TOML"),
                          message("TOML has lines such as {}", "key = \"value\"")});
    else
      problems.push_back({{source->name, line, column},
                          "",
                          message("is not TOML: {}", toml_error_in_words(error.description())),
                          toml_hint(text, line, column, error.description())});
    return std::nullopt;
  }
}

}  // namespace tuopin
