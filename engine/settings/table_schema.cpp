// What a table may hold, made from its declaration: JSON Schema and reference page.
#include <fmt/format.h>

#include <algorithm>

#include "engine/settings/settings_data.hpp"
#include "engine/settings/settings_text.hpp"
#include "engine/settings/table_fields.hpp"

namespace tuopin {

namespace {

constexpr double no_bound = 1e299;

const char* type_of(CellKind kind) { return kind == CellKind::number ? "number" : "string"; }

Text cell_in_words(const Column& column) {
  switch (column.kind) {
    case CellKind::text: return {"text", "文字"};
    case CellKind::name: return {"name", "名称"};
    case CellKind::reference:
      return {"name of a " + column.refers_to, column.refers_to == "crop" ? "作物代号" : "地方代号"};
    case CellKind::number: return {"number", "数"};
    case CellKind::year: return {"year", "年份"};
    case CellKind::truth: return {"yes or no", "是或否"};
    case CellKind::choice:
      return {fmt::format("{}", fmt::join(column.choices, ", ")), fmt::format("{}", fmt::join(column.choices, "、"))};
    case CellKind::unit: return {"unit", "单位"};
  }
  return {};
}

Text level_in_words(Level level) {
  switch (level) {
    case Level::region: return {"prefecture", "州"};
    case Level::county: return {"county", "县"};
    case Level::either: return {"prefecture or county", "州或县"};
  }
  return {};
}

Text bounds_in_both(double lower, double upper) {
  const bool below = lower > -no_bound, above = upper < no_bound;
  if (below && above) return {fmt::format("{:g} to {:g}", lower, upper), fmt::format("{:g}至{:g}", lower, upper)};
  if (below) return {fmt::format("at least {:g}", lower), fmt::format("至少{:g}", lower)};
  return above ? Text{fmt::format("at most {:g}", upper), fmt::format("至多{:g}", upper)} : Text{};
}

/// Members of a JSON object, as text.
class Json {
 public:
  Json& text(const char* name, const std::string& value) { return raw(name, in_quotes(value)); }
  Json& truth(const char* name, bool value) { return raw(name, value ? "true" : "false"); }
  Json& raw(const std::string& name, const std::string& json) {
    members_ += (members_.empty() ? "" : ",") + in_quotes(name) + ":" + json;
    return *this;
  }
  Json& meaning(const Text& meaning) { return text("description", meaning.en).text("description_zh", meaning.zh); }
  Json& bounds(double lower, double upper) {
    if (lower > -no_bound) raw("minimum", fmt::format("{}", lower));
    if (upper < no_bound) raw("maximum", fmt::format("{}", upper));
    return *this;
  }
  const std::string& members() const { return members_; }
  std::string object() const { return "{" + members_ + "}"; }

 private:
  std::string members_;
};

std::string column_as_json(const Column& column) {
  Json json;
  json.text("type", type_of(column.kind)).meaning(column.meaning).text("holds", cell_in_words(column).en);
  if (!column.unit.empty()) json.text("unit", column.unit);
  if (!column.choices.empty()) json.raw("enum", "[" + quoted_list(column.choices) + "]");
  if (column.kind == CellKind::number) json.bounds(column.lower, column.upper);
  json.truth("may_be_empty", !column.filled);
  return json.object();
}

std::string row_as_json(const RowField& field, bool levels) {
  Json json;
  json.meaning(field.meaning).text("unit", field.unit);
  if (levels) json.text("level", level_in_words(field.level).en);
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

std::string table_as_json(const TableKind& table) {
  Json columns, rows, items, json;
  std::vector<std::string> required;
  for (const Column& column : table.columns) {
    columns.raw(column.name, column_as_json(column));
    if (column.required) required.push_back(column.name);
  }
  items.text("type", "object").raw("properties", columns.object()).raw("required", "[" + quoted_list(required) + "]");
  json.text("title", table.name + ".csv").meaning(table.meaning).text("type", "array").raw("items", items.object());
  json.raw("key", "[" + quoted_list(table.key) + "]");
  if (table.rows.empty()) return json.object();
  for (const RowField& field : table.rows) rows.raw(field.name, row_as_json(field, has_levels(table)));
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

std::string markdown_head(const std::vector<std::string>& cells) {
  std::string rule = "|";
  for (std::size_t i = 0; i < cells.size(); ++i) rule += "---|";
  return markdown_row(cells) + rule + "\n";
}

std::string columns_page(const TableKind& table, const std::string& language) {
  const bool zh = language == "zh";
  std::string text = zh ? markdown_head({"列", "内容", "单位", "可否为空", "含义"})
                        : markdown_head({"column", "holds", "unit", "may be empty", "meaning"});
  for (const Column& column : table.columns) {
    std::string empty = column.filled ? (zh ? "否" : "no") : (zh ? "是" : "yes");
    if (!column.required) empty = zh ? "是，列可省" : "yes; the column may be left out";
    text += markdown_row(
        {"`" + column.name + "`", cell_in_words(column).in(language), column.unit, empty, column.meaning.in(language)});
  }
  return text;
}

std::string rows_page(const TableKind& table, const std::string& language) {
  const bool zh = language == "zh", levels = has_levels(table);
  std::vector<std::string> head = zh ? std::vector<std::string>{"`" + table.row_name + "`", "单位"}
                                     : std::vector<std::string>{"`" + table.row_name + "`", "unit"};
  if (levels) head.push_back(zh ? "层级" : "level");
  for (const char* word : {zh ? "范围" : "bounds", zh ? "必需" : "required", zh ? "含义" : "meaning"})
    head.push_back(word);
  std::string text = markdown_head(head);
  for (const RowField& field : table.rows) {
    std::vector<std::string> cells = {"`" + field.name + "`", field.unit};
    if (levels) cells.push_back(level_in_words(field.level).in(language));
    std::string required = field.required ? (zh ? "是" : "yes") : (zh ? "否" : "no");
    if (field.shown_only) required = zh ? "仅供查看" : "shown only";
    for (const std::string& cell :
         {bounds_in_both(field.lower, field.upper).in(language), required, field.meaning.in(language)})
      cells.push_back(cell);
    text += markdown_row(cells);
  }
  return text;
}

}  // namespace

std::string json_schema(const FileKind& kind, const std::vector<TableKind>& tables) {
  Json definitions;
  for (const TableKind& table : tables) definitions.raw("table_" + table.name, table_as_json(table));
  return json_schema_with(kind, definitions.members());
}

std::string reference_page(const TableKind& table, const std::string& language) {
  const bool zh = language == "zh";
  std::string text = fmt::format("## {}.csv\n\n{}\n\n", table.name, table.meaning.in(language));
  text += columns_page(table, language);
  if (table.rows.empty()) return text;
  return text +
         fmt::format(fmt::runtime(zh ? "\n`{}` 列可为：\n\n" : "\nThe column `{}` names one of:\n\n"), table.row_name) +
         rows_page(table, language);
}

}  // namespace tuopin
