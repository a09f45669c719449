// The reference page of a kind of file in Markdown, made from its field table.
#include <fmt/format.h>

#include "engine/settings/settings_data.hpp"
#include "engine/settings/settings_text.hpp"

namespace tuopin {

namespace {

/// A cell of a table: no bars, no line breaks.
std::string cell(const std::string& text) {
  std::string result;
  for (const char c : text) result += c == '|' ? std::string("\\|") : std::string(1, c == '\n' ? ' ' : c);
  return result;
}

const char* kind_in_words(FieldKind kind) {
  switch (kind) {
    case FieldKind::text: return "text";
    case FieldKind::translated: return "text, or { en, zh }";
    case FieldKind::flag: return "true or false";
    case FieldKind::integer: return "integer";
    case FieldKind::number: return "number, or table of a quantity";
    case FieldKind::quantity: return "quantity";
    case FieldKind::flow: return "flow (by_year)";
    case FieldKind::level: return "level (from_year)";
    case FieldKind::rule: return "rule";
    case FieldKind::names: return "list of names";
    case FieldKind::window: return "[first year, last year]";
    case FieldKind::choice: return "one of";
    case FieldKind::shares: return "shares that sum to 1";
    case FieldKind::file: return "path of a file";
  }
  return "";
}

std::string bounds_in_words(const Field& field) {
  const bool below = field.lower > -1e300, above = field.upper < 1e300;
  if (below && above) return fmt::format("{} to {}", field.lower, field.upper);
  if (below) return fmt::format("at least {}", field.lower);
  return above ? fmt::format("at most {}", field.upper) : "";
}

std::string rows(const std::vector<Field>& fields) {
  std::string text = "| key | holds | unit | bounds | default | meaning |\n|---|---|---|---|---|---|\n";
  for (const Field& field : fields) {
    std::string holds = kind_in_words(field.kind);
    if (!field.choices.empty()) holds += fmt::format(" {}", fmt::join(field.choices, ", "));
    const bool numeric = field.kind == FieldKind::integer || field.kind == FieldKind::number ||
                         field.kind == FieldKind::quantity || is_series(field.kind);
    const std::string fallback = field.required               ? "required"
                                 : !field.instead_of.empty()  ? fmt::format("in place of `{}`", field.instead_of)
                                 : field.default_text.empty() ? "none"
                                                              : fmt::format("`{}`", field.default_text);
    text += fmt::format("| `{}` | {} | {} | {} | {} | {} |\n", field.key, cell(holds), cell(field.unit),
                        numeric ? bounds_in_words(field) : "", cell(fallback), cell(field.meaning));
  }
  return text;
}

const char* const evidence_page = R"(
## Quantities, flows and levels

A number may be typed in any exact multiple of its unit, in English or Chinese: 元, 万元, 亿元, thousand yuan, million
yuan; 人, 万人; 户, 万户; 亩, 万亩; %, share; "a year", "per year", /年. `range` is in the same unit, and the `unit` beside
numbers by year is that of all of them. The study keeps what was typed. A month, a week, a day of pay, a hectare or another
currency is refused.

| form | what it means |
|---|---|
| `{ value = 0.09, unit = "share/year", range = [0.07, 0.11], source = "…", grade = "D" }` | a quantity: `range` holds the 5% and 95% points |
| `shape` | `"triangular"` (default with a range), `"normal"`, `"lognormal"`, `"uniform"`, `"fixed"` (default without) |
| `grade` | strength of the evidence, `"A"` (best) to `"D"` |
| `status` | `"published"`, `"derived"` or `"assumption"`; default: by the first word of `source`, `assumption` where it is empty |
| `by_year = { 2016 = 3000, 2017 = 4000 }` | a flow: zero in every year that is not named |
| `from_year = { 2016 = 3000 }` | a level: holds until the next entry |
| `relative_range = [0.9, 1.1]`, `source`, `grade`, `status` | beside `by_year` or `from_year`: one factor for all years |
| `key = { by_year = { … }, relative_range = [0.9, 1.1], source = "…" }` | the same where the key has a name of its own |
| `merge = true` | in a quantity, shares or a text, in or beside numbers by year, of a file that extends another: keeps of the base's what is not said again. Without it, what a key holds replaces the base's whole, with its unit, range and source |
)";

}  // namespace

std::string reference_page(const FileKind& kind) {
  std::string text = fmt::format("# {} file\n\n{}\n", kind.name, kind.meaning);
  for (const Section& section : kind.sections) {
    std::string title = "Top of the file";
    if (section.path.ends_with(".*"))
      title = fmt::format("[{}.NAME]", section.path.substr(0, section.path.size() - 2));
    else if (!section.path.empty())
      title = fmt::format("[{}]", section.path);
    text += fmt::format("\n## {}\n\n{}{}\n", title, section.meaning, section.required ? "" : " May be left out.");
    if (!section.fields.empty()) text += "\n" + rows(section.fields);
    for (const auto& [name, fields] : section.variants)
      text += fmt::format("\n### `{} = {}`\n\n{}", section.discriminator, in_quotes(name), rows(fields));
  }
  return text + evidence_page;
}

}  // namespace tuopin
