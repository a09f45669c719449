// Tables (CSV): ONE declaration per table says what its columns and, where its rows are quantities by name, its rows
// may hold. Reading, units, bounds, keys, messages and reference pages are all made from it.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/settings/csv.hpp"
#include "engine/settings/settings.hpp"

namespace tuopin {

enum class CellKind {
  text,       ///< for readers
  name,       ///< a word that names something: an id, a measure; no control or invisible character
  reference,  ///< a name that another table defines (`refers_to`)
  number,     ///< in the column's `unit`
  year,
  truth,   ///< yes or no
  choice,  ///< one of `choices`
  unit,    ///< the unit of the row's numbers
};

struct Column {
  std::string name;
  CellKind kind = CellKind::text;
  Text meaning;
  bool required = true;  ///< the column must stand in the header
  bool filled = true;    ///< none of its cells may be empty
  std::string unit = {};
  double lower = -1e300, upper = 1e300;
  std::vector<std::string> choices = {};
  std::string refers_to = {};   ///< of a reference: "place", "crop"
  std::string only_where = {};  ///< a truth column of the table: cells are read only in rows where it says yes
};

/// Of which places a quantity is read.
enum class Level { region, county, either };

/// A quantity that a row gives by name.
struct RowField {
  std::string name, unit;
  double lower = -1e300, upper = 1e300;
  Level level = Level::region;
  bool required = false;
  bool total = false;       ///< counties sum to it; else it is a share or a mean
  bool counted = false;     ///< whole numbers only
  bool shown_only = false;  ///< for readers of the table: nothing reads it
  Text meaning = {};
};

struct TableKind {
  std::string name;
  Text meaning;
  std::vector<Column> columns;
  std::vector<std::string> key = {};  ///< columns; no two rows agree in all of them
  std::string row_name = {};  ///< the column that names the quantity of a row; empty if all rows are of one kind
  std::string row_word = {};  ///< what a row is called: "margin", "line"
  std::vector<RowField> rows = {};
  std::map<std::string, MessageId, std::less<>> replaced = {};  ///< names no longer read, and what to give instead

  const RowField* row(std::string_view name) const;
  std::vector<std::string> row_names() const;
};

/// What a row with value, unit, low and high says, in the field's own unit.
struct Measured {
  double value = 0, low = 0, high = 0;  ///< all equal where there is no range
  bool ranged = false;
  double rounding = 0;  ///< half a unit of the value's last digit
  std::string typed;    ///< "33 %"
};

/// A quantity, its unit and bounds against its field, wherever it was typed. `name` leads the messages.
/// False where something was refused.
bool check_measured(const RowField& field, const std::string& unit, const std::string& name, const Origin& origin,
                    Measured& measured, std::vector<Problem>& problems);

/// Names by what they are: {"place", ids}, {"crop", names}.
using TableNames = std::map<std::string, std::vector<std::string>>;

/// A table whose cells have been checked one by one. All problems of all rows are appended at once.
class TableRows {
 public:
  TableRows(const std::filesystem::path& path, const TableKind& kind, const TableNames& names,
            std::vector<Problem>& problems);

  std::size_t size() const { return csv_.rows(); }
  bool readable() const { return readable_; }  ///< the file and its header are sound
  bool sound(std::size_t row) const { return sound_[row]; }

  const std::string& text(std::size_t row, std::string_view column) const { return csv_.text(row, column); }
  bool has(std::size_t row, std::string_view column) const { return !text(row, column).empty(); }
  double number(std::size_t row, std::string_view column) const;  ///< NaN where it is empty or none
  int year(std::size_t row, std::string_view column) const;       ///< 0 where it is empty or none
  bool truth(std::size_t row, std::string_view column) const;
  Status status(std::size_t row) const;  ///< assumption if the cell is empty
  Origin origin(std::size_t row) const { return csv_.origin(row); }
  const RowField* field(std::size_t row) const { return fields_[row]; }
  const Measured& measured(std::size_t row) const { return measured_[row]; }
  const std::filesystem::path& path() const { return csv_.path(); }
  /// The row in words: its key, "statistical, 2018".
  std::string name(std::size_t row) const;

  /// Unknown row names, as typed: a row that one of them may mean is not reported as missing too.
  const std::vector<std::string>& misspelt() const { return misspelt_; }
  /// Appends a problem of a row and marks it as not sound.
  void refuse(std::size_t row, std::string column, Message message, Message hint = "");

 private:
  void ask(std::size_t row, const Column& column);
  void check_cell(std::size_t row, const Column& column, const TableNames& names);
  void check_reference(std::size_t row, const Column& column, const TableNames& names);
  void check_keys();
  void check_row_field(std::size_t row);

  CsvFile csv_;
  const TableKind& kind_;
  std::vector<Problem>& problems_;
  bool readable_ = false;
  std::vector<bool> sound_;
  std::vector<const RowField*> fields_;
  std::vector<Measured> measured_;
  std::vector<std::string> misspelt_;
  std::size_t open_ = 0;  ///< cells marked `?`
};

/// True where one of the misspelt words is near enough to a valid name to mean it.
bool one_may_mean(const std::vector<std::string>& misspelt, const std::string& name);

/// JSON Schema of a kind of file that names tables: each of them a definition, "table_NAME".
std::string json_schema(const FileKind& kind, const std::vector<TableKind>& tables,
                        const Translation& translation = {});
/// The reference page of a table in Markdown.
std::string reference_page(const TableKind& table, const Translation& translation = {});

Status status_of(std::string_view word);
/// The columns that every table of quantities has, in order: unit, value, low, high, source, status.
std::vector<Column> quantity_columns(bool status_may_be_empty = false);

}  // namespace tuopin
