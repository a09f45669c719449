// What a table may hold, made from its declaration: JSON Schema and reference page.
#include <fmt/format.h>

#include <algorithm>

#include "engine/settings/settings_data.hpp"
#include "engine/settings/settings_text.hpp"
#include "engine/settings/table_fields.hpp"
#include "engine/settings/units.hpp"

namespace tuopin {

namespace {

constexpr double no_bound = 1e299;

const char* type_of(CellKind kind) { return kind == CellKind::number ? "number" : "string"; }

Message cell_in_words(const Column& column) {
  switch (column.kind) {
    case CellKind::text: return message("text");
    case CellKind::name: return message("name");
    case CellKind::reference:
      if (column.refers_to == "crop") return message("name of a crop");
      return column.refers_to == "place" ? message("name of a place") : message("name of a {}", column.refers_to);
    case CellKind::number: return message("number");
    case CellKind::year: return message("year");
    case CellKind::truth: return message("yes or no");
    case CellKind::choice: return listed(column.choices);
    case CellKind::unit: return message("unit");
  }
  return "";
}

Message level_in_words(Level level) {
  switch (level) {
    case Level::region: return message("prefecture");
    case Level::county: return message("county");
    case Level::either: return message("prefecture or county");
  }
  return "";
}

Message bounds_in_words(double lower, double upper) {
  const bool below = lower > -no_bound, above = upper < no_bound;
  const std::string least = fmt::format("{:g}", lower), most = fmt::format("{:g}", upper);
  if (below && above) return message("{} to {}", least, most);
  if (below) return message("at least {}", least);
  return above ? message("at most {}", most) : "";
}

/// Members of a JSON object, as text, in one language. English objects hold the meaning in both.
class Json {
 public:
  explicit Json(Translation translation = {}) : translation_(std::move(translation)) {}
  Json& text(const char* name, const std::string& value) { return raw(name, in_quotes(value)); }
  Json& truth(const char* name, bool value) { return raw(name, value ? "true" : "false"); }
  Json& raw(const std::string& name, const std::string& json) {
    members_ += (members_.empty() ? "" : ",") + in_quotes(name) + ":" + json;
    return *this;
  }
  Json& text(const char* name, const Message& value) { return text(name, value.said(translation_)); }
  Json& meaning(const Text& meaning) {
    text("description", in_words(meaning));
    return translation_ ? *this : text("description_zh", meaning.zh);
  }
  Json& bounds(double lower, double upper) {
    if (lower > -no_bound) raw("minimum", fmt::format("{}", lower));
    if (upper < no_bound) raw("maximum", fmt::format("{}", upper));
    return *this;
  }
  const std::string& members() const { return members_; }
  std::string object() const { return "{" + members_ + "}"; }

 private:
  Translation translation_;
  std::string members_;
};

std::string column_as_json(const Column& column, const Translation& translation) {
  Json json(translation);
  json.text("type", type_of(column.kind)).meaning(column.meaning).text("holds", cell_in_words(column));
  if (!column.unit.empty()) json.text("unit", unit_in_words(column.unit));
  if (!column.choices.empty()) json.raw("enum", "[" + quoted_list(column.choices) + "]");
  if (column.kind == CellKind::number) json.bounds(column.lower, column.upper);
  json.truth("may_be_empty", !column.filled);
  return json.object();
}

std::string row_as_json(const RowField& field, bool levels, const Translation& translation) {
  Json json(translation);
  json.meaning(field.meaning).text("unit", unit_in_words(field.unit));
  if (levels) json.text("level", level_in_words(field.level));
  json.bounds(field.lower, field.upper).truth("required", field.required);
  if (field.counted) json.truth("whole_number", true);
  if (field.total) json.truth("counties_sum_to_it", true);
  if (field.shown_only) json.truth("shown_only", true);
  return json.object();
}

/// Whether rows differ in the places of which they are read.
bool has_levels(const TableKind& table) {
  return std::any_of(table.rows.begin(), table.rows.end(),
                     [](const RowField& field) { return field.level != Level::region; });
}

std::string table_as_json(const TableKind& table, const Translation& translation) {
  Json columns, rows, items, json(translation);
  std::vector<std::string> required;
  for (const Column& column : table.columns) {
    columns.raw(column.name, column_as_json(column, translation));
    if (column.required) required.push_back(column.name);
  }
  items.text("type", "object").raw("properties", columns.object()).raw("required", "[" + quoted_list(required) + "]");
  json.text("title", table.name + ".csv").meaning(table.meaning).text("type", "array").raw("items", items.object());
  json.raw("key", "[" + quoted_list(table.key) + "]");
  if (table.rows.empty()) return json.object();
  for (const RowField& field : table.rows) rows.raw(field.name, row_as_json(field, has_levels(table), translation));
  return json.text("rows_by", table.row_name).raw("rows", rows.object()).object();
}

/// A cell of Markdown: no bars, no line breaks.
std::string markdown_cell(const std::string& text) {
  std::string result;
  for (const char c : text) result += c == '|' ? std::string("\\|") : std::string(1, c == '\n' ? ' ' : c);
  return result;
}

std::string markdown_row(const std::vector<std::string>& cells) {
  std::string row = "|";
  for (const std::string& cell : cells) row += " " + markdown_cell(cell) + " |";
  return row + "\n";
}

/// A page in one language.
class TablePage {
 public:
  explicit TablePage(const Translation& translation) : translation_(translation) {}

  std::string of(const TableKind& table) const {
    std::string text = fmt::format("## {}.csv\n\n{}\n\n", table.name, say(in_words(table.meaning))) + columns(table);
    if (table.rows.empty()) return text;
    return text + "\n" + say(message("The column `{}` names one of:", table.row_name)) + "\n\n" + rows(table);
  }

 private:
  std::string say(const Message& message) const { return message.said(translation_); }

  std::string row(const std::vector<Message>& cells) const {
    std::vector<std::string> said;
    for (const Message& cell : cells) said.push_back(say(cell));
    return markdown_row(said);
  }

  std::string head(const std::vector<Message>& cells) const {
    std::string rule = "|";
    for (std::size_t i = 0; i < cells.size(); ++i) rule += "---|";
    return row(cells) + rule + "\n";
  }

  std::string columns(const TableKind& table) const {
    std::string text =
        head({message("column"), message("holds"), message("unit"), message("may be empty"), message("meaning")});
    for (const Column& column : table.columns)
      text += row({Message::verbatim("`" + column.name + "`"), cell_in_words(column), unit_in_words(column.unit),
                   !column.required ? message("yes; the column may be left out")
                   : column.filled  ? message("no")
                                    : message("yes"),
                   in_words(column.meaning)});
    return text;
  }

  std::string rows(const TableKind& table) const {
    const bool levels = has_levels(table);
    std::vector<Message> heads = {Message::verbatim("`" + table.row_name + "`"), message("unit")};
    if (levels) heads.push_back(message("level"));
    for (const MessageId word : {msgid("bounds"), msgid("required"), msgid("meaning")}) heads.push_back(word);
    std::string text = head(heads);
    for (const RowField& field : table.rows) {
      std::vector<Message> cells = {Message::verbatim("`" + field.name + "`"), unit_in_words(field.unit)};
      if (levels) cells.push_back(level_in_words(field.level));
      cells.push_back(bounds_in_words(field.lower, field.upper));
      cells.push_back(field.shown_only ? message("shown only") : field.required ? message("yes") : message("no"));
      cells.push_back(in_words(field.meaning));
      text += row(cells);
    }
    return text;
  }

  const Translation& translation_;
};

}  // namespace

std::string json_schema(const FileKind& kind, const std::vector<TableKind>& tables, const Translation& translation) {
  Json definitions;
  for (const TableKind& table : tables) definitions.raw("table_" + table.name, table_as_json(table, translation));
  return json_schema_with(kind, definitions.members(), translation);
}

std::string reference_page(const TableKind& table, const Translation& translation) {
  return TablePage(translation).of(table);
}

}  // namespace tuopin
