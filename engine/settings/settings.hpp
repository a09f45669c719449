// Scenario files (TOML): ONE field table says what a file may hold; parsing, defaults, bounds, errors, JSON Schema and
// the reference page are all made from it.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/errors.hpp"
#include "engine/base/message.hpp"

namespace tuopin {

/// A bilingual text. A plain string in the file stands for both.
struct Text {
  std::string en, zh;
  const std::string& in(std::string_view language) const { return language == "zh" ? zh : en; }
};
inline Message in_words(const Text& text) { return Message::in_both(text.en, text.zh); }

enum class Shape { fixed, triangular, normal, lognormal, uniform };
enum class Status { published, derived, assumption };

/// Numbers as the file gives them, in a unit that is an exact multiple of the field's own.
struct TypedNumbers {
  std::string unit;  ///< empty: the file uses the field's own unit
  double value = 0, low = 0, high = 0;
};

/// A number with everything a reader must know of it. `value`, `low` and `high` are in the field's own unit.
struct Quantity {
  std::string name;  ///< name by which it is drawn: "growth.nominal", "forest_rangers.effect.post.wage"
  double value = 0;
  std::string unit;
  double low = 0, high = 0;  ///< 5% and 95% points; both equal to value where there is no range
  Shape shape = Shape::fixed;
  std::string source;
  std::string grade;  ///< "A" … "D", or empty
  Text office;        ///< who would know the number; for readers, in no hash
  Status status = Status::assumption;
  double lower_bound = 0, upper_bound = 0;  ///< hard bounds of the field: a draw never leaves them
  Origin origin;
  TypedNumbers typed;
};

/// Numbers by year. A FLOW (`by_year`) is zero in a year not named; a LEVEL (`from_year`) holds until the next entry.
struct YearSeries {
  bool flow = true;
  std::map<int, double> values;
  Quantity factor;  ///< value 1 with the relative range of the series, drawn as one number; name, unit, source as above
  Origin origin;
  std::map<int, Origin> origins;       ///< of each year's entry
  std::map<int, double> typed_values;  ///< in factor.typed.unit, where that is not empty

  /// The value of a year, factor included. A level before its first entry throws ScenarioError.
  double at(int year) const;
};

/// What one key may hold.
enum class FieldKind {
  text,        ///< "…"
  translated,  ///< "…" or { en = "…", zh = "…" }
  flag,        ///< true, false; needs a reason where reason_required says so
  integer,     ///< 3
  number,      ///< 0.3 or a quantity table; the unit is the field's own
  quantity,    ///< { value, unit, range, shape, source, grade, status }: unit and source are required
  flow,        ///< by_year  table; the other kind is refused by name
  level,       ///< from_year table
  rule,        ///< an expression of the rule language, kept with its origin
  names,       ///< ["…", "…"]
  window,      ///< [first year, last year]
  choice,      ///< one of `choices`
  shares,      ///< { central = 0.8, county = 0.2 }: names to numbers that sum to one
  file,        ///< path relative to the file that names it; must exist
};

struct Field {
  std::string key;
  FieldKind kind;
  Message meaning;  ///< msgid(…), or in_words(Text{…})
  std::string unit;
  double lower = -1e300, upper = 1e300;
  bool required = false;
  std::string default_text;  ///< TOML text of the default; empty = none (then has() tells)
  std::vector<std::string> choices;
  std::string instead_of = {};  ///< a flag that stands in place of this key of the table: `all = true` of `by_year`
  bool for_readers = false;     ///< not in the effective text: no result, hash or study depends on it
  bool counts = false;          ///< a choice that is the unit of the numbers by year beside it: multiples are converted
};

/// A table of a file. A path that ends in ".*" stands for named sub-tables (`[effect.post]`).
/// Where `discriminator` names a choice field, its value selects further fields from `variants`.
struct Section {
  std::string path;
  Message meaning;
  bool required = false;
  std::vector<Field> fields;
  std::string discriminator;
  std::map<std::string, std::vector<Field>> variants;
};

/// A kind of file: "scenario", "programme", "region".
struct FileKind {
  std::string name;
  Message meaning;
  std::vector<Section> sections;
};

/// A changed key: `capacity.by_year.2018`, with a value as in a file: `350`, `"persons"`, `[2016, 2018]`.
struct SettingsChange {
  std::string key;
  std::string value;
};

/// The checked contents of a file, `extends` resolved and defaults filled in. A value type.
class Settings {
 public:
  Settings();
  Settings(const Settings&);
  Settings(Settings&&) noexcept;
  Settings& operator=(Settings);
  ~Settings();

  bool has(std::string_view path) const;
  const std::string& text(std::string_view path) const;  ///< text, choice, rule
  Text translated(std::string_view path) const;
  bool flag(std::string_view path) const;
  long integer(std::string_view path) const;
  double number(std::string_view path) const;             ///< value of a number or quantity
  const Quantity& quantity(std::string_view path) const;  ///< number or quantity
  const YearSeries& series(std::string_view path) const;  ///< flow or level
  std::vector<std::string> names(std::string_view path) const;
  std::pair<int, int> window(std::string_view path) const;
  std::map<std::string, double> shares(std::string_view path) const;
  std::filesystem::path file(std::string_view path) const;  ///< resolved, absolute
  Origin origin(std::string_view path) const;
  /// Names of the sub-tables of a ".*" section, in the order of the file: tables("effect") = {"post", …}.
  std::vector<std::string> tables(std::string_view path) const;

  /// Folders in which a name given by a key is looked up: that of the file with the key, then those of the files that
  /// it extends.
  std::vector<std::filesystem::path> folders(std::string_view path) const;
  /// The files that this one extends, nearest first.
  std::vector<std::filesystem::path> bases() const;
  /// Warnings: values that are allowed but may be a mistake.
  const std::vector<Problem>& warnings() const;

  /// Identity of the contents: equal for copies of one another, and not reused while any of them exists.
  const void* identity() const { return data_.get(); }
  const std::filesystem::path& path() const;  ///< the file it was read from
  std::string stem() const;                   ///< its name without extension: a programme's id

  /// Calls `visit` for every quantity (for a series: its factor), in file order.
  void for_each_quantity(const std::function<void(const Quantity&)>& visit) const;
  /// The same for the quantities that the file leaves to the default of the field table.
  void for_each_default(const std::function<void(const Quantity&)>& visit) const;
  void for_each_series(const std::function<void(const std::string& path, const YearSeries&)>& visit) const;
  /// A copy in which each quantity's value is replaced.
  Settings with_values(const std::function<double(const Quantity&)>& value_of) const;
  /// A copy with some keys changed, as by a file that extends this one. Only the tables that contain these keys are
  /// read and checked again, with the same field table and messages. `said_in` names the changes in messages. If there
  /// is any problem, the copy is unchanged. Not for drawn copies, because values are read again as they were typed.
  Settings with_changes(const std::vector<SettingsChange>& changes, const FileKind& kind, const std::string& said_in,
                        std::vector<Problem>& problems) const;
  /// The effective text (after extends and defaults) as TOML with sorted keys and no paths: what is hashed and stored.
  std::string effective_text() const;

 private:
  struct Data;
  std::shared_ptr<const Data> data_;
  friend class SettingsReader;
};

/// Reads, resolves `extends`, checks everything and appends every problem found to `problems` (a file that is not TOML
/// gives its first syntax error). `quantity_prefix` goes before the names of quantities ("" for a scenario, the stem
/// and a dot for a programme).
Settings load_settings(const std::filesystem::path& path, const FileKind& kind, const std::string& quantity_prefix,
                       std::vector<Problem>& problems);
/// The same from a text held in memory (Python, tests); relative paths are resolved against `folder`.
Settings load_settings_text(std::string_view text, const std::filesystem::path& folder, const std::string& name,
                            const FileKind& kind, const std::string& quantity_prefix, std::vector<Problem>& problems);

/// JSON Schema (2020-12) of a kind of file, and its reference page in Markdown. Keys, values and code are the same in
/// every language.
std::string json_schema(const FileKind& kind, const Translation& translation = {});
std::string reference_page(const FileKind& kind, const Translation& translation = {});

/// The nearest of `names` to a misspelt one (edit distance), or "" when none is near.
std::string nearest_name(std::string_view misspelt, const std::vector<std::string>& names);
/// `did you mean "name"?`, or "" when none is near: the hint of a problem.
Message did_you_mean(std::string_view misspelt, const std::vector<std::string>& names);

}  // namespace tuopin
