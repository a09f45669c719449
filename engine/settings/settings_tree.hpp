// The raw contents of a TOML file as a plain tree: entries in file order, each with its origin, `extends` resolved.
// It keeps toml++, which is slow to compile, inside one translation unit.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/errors.hpp"

namespace tuopin {

constexpr std::size_t max_settings_bytes = 1048576;
constexpr int max_settings_depth = 32;

/// The file that a node was written in.
struct TomlSource {
  std::string name;                             ///< for messages
  std::filesystem::path folder;                 ///< relative paths in it start here: of a link, at the file it leads to
  std::shared_ptr<const TomlSource> base = {};  ///< the file that it extends
};

struct TomlEntry;

struct TomlNode {
  enum class Kind { table, array, text, integer, number, flag, date };

  Kind kind = Kind::table;
  std::string text;
  std::int64_t integer = 0;
  double number = 0;  ///< set for integers too
  bool flag = false;
  std::vector<TomlNode> items;
  std::vector<TomlEntry> entries;  ///< in file order; those of a base come before those that its extension adds
  std::shared_ptr<const TomlSource> source;
  int line = 0, column = 0;
  std::string replaces;  ///< name of the file whose value of this key it stands in place of

  Origin origin() const { return {source ? source->name : "", line, column}; }
  bool is_table() const { return kind == Kind::table; }
  bool is_number() const { return kind == Kind::integer || kind == Kind::number; }
  bool is_array_of_tables() const { return kind == Kind::array && !items.empty() && items.front().is_table(); }
  const TomlEntry* find(std::string_view key) const;
  /// `the text "abc"`, `the number 0.3`, `a table` …
  Message in_words() const;
};

struct TomlEntry {
  std::string key;
  TomlNode node;
  int line = 0, column = 0;  ///< of the key

  Origin origin() const { return {node.source ? node.source->name : "", line, column}; }
};

struct FileKind;

/// Applies a file to the one that it extends. Sections are merged key by key; the value of a key is replaced as a
/// whole, with its qualifiers, unless `merge = true` keeps the entries that are not repeated. Warns of years that
/// become zero.
void lay_over(TomlNode& base, TomlNode&& child, const FileKind& kind, std::vector<Problem>& problems,
              std::vector<Problem>& warnings);

/// Parses one text. Too deep, too long, not UTF-8 or not TOML: nothing is returned and one problem says where.
std::optional<TomlNode> parse_toml(std::string_view text, const std::shared_ptr<const TomlSource>& source,
                                   std::vector<Problem>& problems);

/// Reads a file and all that it extends; the result has no key `extends`.
std::optional<TomlNode> read_toml_file(const std::filesystem::path& path, const FileKind& kind,
                                       std::vector<Problem>& problems, std::vector<Problem>& warnings);
/// The same for a text in memory.
std::optional<TomlNode> read_toml_text(std::string_view text, const std::filesystem::path& folder,
                                       const std::string& name, const FileKind& kind, std::vector<Problem>& problems,
                                       std::vector<Problem>& warnings);

}  // namespace tuopin
