// The internal data of Settings, and how they are read. Internal to engine/settings.
#pragma once

#include <optional>
#include <set>
#include <variant>

#include "engine/settings/settings.hpp"
#include "engine/settings/settings_tree.hpp"
#include "engine/settings/units.hpp"

namespace tuopin {

using SettingsValue = std::variant<std::string, Text, bool, long, Quantity, YearSeries, std::vector<std::string>,
                                   std::pair<int, int>, std::map<std::string, double>, std::filesystem::path>;

struct SettingsEntry {
  std::string path;  ///< "effect.post.wage"
  FieldKind kind;
  SettingsValue value;
  Origin origin;
  bool given = true;       ///< false: the default of the field table
  std::string shown = {};  ///< of a choice: the text that was typed, where it is not the choice's own
  std::shared_ptr<const TomlSource> source = {};  ///< the file that gives it
  bool for_readers = false;                       ///< as the field says
};

struct Settings::Data {
  std::filesystem::path path;
  std::vector<SettingsEntry> entries;  ///< in the order of the file
  std::map<std::string, std::size_t, std::less<>> index;
  std::map<std::string, std::vector<std::string>, std::less<>> tables;  ///< "effect" → {"post", …}
  std::map<std::string, Origin, std::less<>> table_origins;
  std::shared_ptr<const TomlSource> source;  ///< of the file itself
  std::shared_ptr<const TomlNode> tree;      ///< as read, with all that the file extends
  std::string quantity_prefix;
  std::vector<Problem> warnings;

  const SettingsEntry* find(std::string_view path) const;
  void add(SettingsEntry entry);
  /// Replaces the contents of some tables by those that were read again.
  void take_over(const Data& again, const std::set<std::string>& table_paths);
};

/// A table of the file in which something was changed: its path, and its section ("effect.*").
struct ChangedTable {
  std::vector<std::string> names;
  std::string section;
  std::string path() const;
};
/// `base` with some tables read again from a changed tree. If there are problems, `base` itself.
Settings read_again(const Settings& base, TomlNode tree, const std::vector<ChangedTable>& tables, const FileKind& kind,
                    std::vector<Problem> warnings, std::vector<Problem>& problems);
/// True where a section or its named tables stand at a path of the field table.
bool is_section_path(const FileKind& kind, const std::string& path);

bool is_series(FieldKind kind);
/// Message for a key `merge` without an inherited value to merge with.
constexpr MessageId merge_left_over = msgid("has nothing to merge with");
constexpr MessageId merge_hint =
    msgid("merge = true stands in a value that the file extended gives as a table as well");
/// Keys that qualify a series: in its own table, or beside it where the field's key is by_year or from_year.
const std::vector<std::string>& series_keys();
bool stands_beside_its_qualifiers(const Field& field);
/// "number", "text", … with its unit or choices: what an error says was expected.
Message expected_in_words(const Field& field);

/// Reads the values of fields, and reports whatever is wrong with them.
class ValueReader {
 public:
  ValueReader(std::string quantity_prefix, std::vector<Problem>& problems, std::vector<Problem>& warnings)
      : prefix_(std::move(quantity_prefix)), problems_(problems), warnings_(warnings) {}

  /// Source and grade of bare numbers.
  std::string bare_source, bare_grade;
  /// What the table at hand may count (persons, posts …): the unit of its numbers by year.
  std::vector<std::string> counted;

  /// The value of `field` at `path`; nothing when it is wrong. `table` is the table it stands in.
  std::optional<SettingsValue> read(const Field& field, const TomlNode& node, const std::string& path,
                                    const TomlNode& table);

 private:
  std::nullopt_t refuse(const TomlNode& node, const std::string& path, Message message, Message hint = "");
  std::nullopt_t wrong_type(const Field& field, const TomlNode& node, const std::string& path, Message hint = "");

  std::optional<SettingsValue> read_choice(const Field&, const TomlNode&, const std::string& path);
  std::optional<SettingsValue> read_translated(const Field&, const TomlNode&, const std::string& path);
  std::optional<SettingsValue> read_integer(const Field&, const TomlNode&, const std::string& path);
  std::optional<SettingsValue> read_names(const Field&, const TomlNode&, const std::string& path);
  std::optional<SettingsValue> read_window(const Field&, const TomlNode&, const std::string& path);
  std::optional<SettingsValue> read_shares(const Field&, const TomlNode&, const std::string& path);
  std::optional<SettingsValue> read_file(const Field&, const TomlNode&, const std::string& path);
  std::optional<SettingsValue> read_quantity(const Field&, const TomlNode&, const std::string& path);
  std::optional<SettingsValue> read_series(const Field&, const TomlNode&, const std::string& path,
                                           const TomlNode& table);

  /// `typed`: the number and unit of the file where they are not the field's own.
  bool within_bounds(const Field&, double value, const TomlNode&, const std::string& path, const Message& typed = "");
  bool known_keys(const TomlNode& table, const std::string& path, const std::vector<std::string>& keys);
  /// The years of a series, in the field's own unit and as typed; false when one is wrong.
  bool read_years(const Field&, const TomlNode&, const std::string& path, UnitFactor factor, YearSeries& series);
  void ask_about_outliers(const YearSeries& series, const std::string& path, const std::string& unit);
  /// The unit of a table into `quantity`, and its factor; nothing when it is no multiple of the field's own.
  std::optional<UnitFactor> read_unit(const Field&, const TomlNode& table, const std::string& path, Quantity& quantity);
  /// source, grade, status, reason, shape and a range under `range_key` into `quantity`.
  bool read_evidence(const TomlNode& table, const std::string& path, const char* range_key, UnitFactor factor,
                     Quantity& quantity);
  bool read_range(const TomlNode& table, const std::string& path, const char* range_key, UnitFactor factor,
                  Quantity& quantity);
  bool read_shape(const TomlNode& table, const std::string& path, const char* range_key, Quantity& quantity);
  bool read_status(const TomlNode& table, const std::string& path, Quantity& quantity);

  std::string prefix_;
  std::vector<Problem>& problems_;
  std::vector<Problem>& warnings_;
};

/// The schema with further definitions: members of a JSON object, without white space.
std::string json_schema_with(const FileKind& kind, const std::string& definitions, const Translation& translation);
/// The one of `choices` of which `typed` is an exact multiple, with the factor.
std::optional<std::pair<std::string, UnitFactor>> counted_unit(const std::string& typed,
                                                               const std::vector<std::string>& choices);
/// unit_factor for the field: a flow may leave "a year" to its years, and is never of a head.
std::optional<UnitFactor> field_unit_factor(const Field& field, const std::string& typed);

}  // namespace tuopin
