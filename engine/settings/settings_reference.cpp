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

Message kind_in_words(const Field& field) {
  switch (field.kind) {
    case FieldKind::text: return message("text");
    case FieldKind::translated: return message("text, or { en, zh }");
    case FieldKind::flag: return message("true or false");
    case FieldKind::integer: return message("integer");
    case FieldKind::number: return message("number, or table of a quantity");
    case FieldKind::quantity: return message("quantity");
    case FieldKind::flow: return message("flow (by_year)");
    case FieldKind::level: return message("level (from_year)");
    case FieldKind::rule: return message("rule");
    case FieldKind::names: return message("list of names");
    case FieldKind::window: return message("[first year, last year]");
    case FieldKind::choice:
      return field.choices.size() == 1 ? listed(field.choices) : message("one of {}", listed(field.choices));
    case FieldKind::shares: return message("shares that sum to 1");
    case FieldKind::file: return message("path of a file");
  }
  return "";
}

Message bounds_in_words(const Field& field) {
  const bool below = field.lower > -1e300, above = field.upper < 1e300;
  if (below && above) return message("{} to {}", field.lower, field.upper);
  if (below) return message("at least {}", field.lower);
  return above ? message("at most {}", field.upper) : "";
}

Message default_in_words(const Field& field) {
  if (field.required) return message("required");
  if (!field.instead_of.empty()) return message("in place of `{}`", field.instead_of);
  return field.default_text.empty() ? message("none") : message("`{}`", field.default_text);
}

/// A page in one language.
class Page {
 public:
  explicit Page(const Translation& translation) : translation_(translation) {}

  std::string say(const Message& message) const { return message.said(translation_); }

  std::string rows(const std::vector<Field>& fields) const {
    std::string text = row({message("key"), message("holds"), message("unit"), message("bounds"), message("default"),
                            message("meaning")}) +
                       "|---|---|---|---|---|---|\n";
    for (const Field& field : fields) {
      const bool numeric = field.kind == FieldKind::integer || field.kind == FieldKind::number ||
                           field.kind == FieldKind::quantity || is_series(field.kind);
      text += row({Message::verbatim("`" + field.key + "`"), kind_in_words(field), unit_in_words(field.unit),
                   numeric ? bounds_in_words(field) : "", default_in_words(field), field.meaning});
    }
    return text;
  }

 private:
  std::string row(const std::vector<Message>& cells) const {
    std::string text = "|";
    for (const Message& of_row : cells) text += " " + cell(say(of_row)) + " |";
    return text + "\n";
  }

  const Translation& translation_;
};

constexpr MessageId evidence_page = msgid(R"(
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
| `status` | `"published"`, `"derived"` or `"assumption"`; default: by the first word of `source` (assumption or 假设, derived or 推算), `assumption` where it is empty |
| `office` | who would know the number, a text or `{ en, zh }`; for readers only. A region names offices for many numbers at once (`[office.NAME]`) |
| `by_year = { 2016 = 3000, 2017 = 4000 }` | a flow: zero in every year that is not named |
| `from_year = { 2016 = 3000 }` | a level: holds until the next entry |
| `relative_range = [0.9, 1.1]`, `source`, `grade`, `status` | beside `by_year` or `from_year`: one factor for all years |
| `key = { by_year = { … }, relative_range = [0.9, 1.1], source = "…" }` | the same where the key has a name of its own |
| `merge = true` | in a quantity, shares or a text, in or beside numbers by year, of a file that extends another: keeps of the base's what is not said again. Without it, what a key holds replaces the base's whole, with its unit, range and source |
)");

}  // namespace

std::string reference_page(const FileKind& kind, const Translation& translation) {
  const Page page(translation);
  std::string text = fmt::format("# {}\n\n{}\n", page.say(message("{} file", kind.name)), page.say(kind.meaning));
  for (const Section& section : kind.sections) {
    std::string title = page.say(message("Top of the file"));
    if (section.path.ends_with(".*"))
      title = fmt::format("[{}.NAME]", section.path.substr(0, section.path.size() - 2));
    else if (!section.path.empty())
      title = fmt::format("[{}]", section.path);
    const Message meaning = section.required ? section.meaning : message("{} May be left out.", section.meaning);
    text += fmt::format("\n## {}\n\n{}\n", title, page.say(meaning));
    if (!section.fields.empty()) text += "\n" + page.rows(section.fields);
    for (const auto& [name, fields] : section.variants)
      text += fmt::format("\n### `{} = {}`\n\n{}", section.discriminator, in_quotes(name), page.rows(fields));
  }
  return text + page.say(evidence_page);
}

}  // namespace tuopin
