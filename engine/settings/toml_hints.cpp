// Reads the text up to the error as the parser does (strings, comments, open brackets), so that signs inside a string
// are not taken for a slip.
#include "engine/settings/toml_hints.hpp"

#include <algorithm>
#include <cctype>
#include <string>
#include <utility>
#include <vector>

namespace tuopin {

namespace {

using std::string_view;

/// Signs that stand for one of TOML, and that one.
constexpr std::pair<string_view, string_view> quotation_marks[] = {
    {"“", "\""}, {"”", "\""}, {"‘", "'"}, {"’", "'"}, {"＂", "\""}, {"＇", "'"}, {"「", "\""}, {"」", "\""}};
constexpr std::pair<string_view, string_view> full_width[] = {
    {"，", ","}, {"、", ","}, {"＝", "="}, {"：", "="}, {"｛", "{"}, {"｝", "}"}, {"［", "["},
    {"］", "]"}, {"【", "["}, {"】", "]"}, {"．", "."}, {"＃", "#"}, {"－", "-"}};
constexpr string_view full_width_semicolon = "；", full_width_blank = "　";

struct Bracket {
  char sign;
  int line;
};

string_view line_at(string_view text, int number) {
  for (int line = 1; line < number && !text.empty(); ++line)
    text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1);
  return text.substr(0, text.find('\n'));
}

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }
string_view without_blanks(string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

/// Bytes before the character of this number, counted from 1.
std::size_t byte_of(string_view line, int column) {
  std::size_t at = 0;
  for (int character = 1; character < column && at < line.size(); ++character)
    for (++at; at < line.size() && (static_cast<unsigned char>(line[at]) & 0xC0) == 0x80;) ++at;
  return at;
}

/// The text up to the end of the line of the error, without comments and what stands in strings.
class Outline {
 public:
  Outline(string_view text, int error_line) : text_(text), error_line_(error_line) {
    while (at_ < text_.size() && line_ <= error_line_) step();
  }

  /// Brackets that are open before the line of the error.
  const std::vector<Bracket>& open_before() const { return open_before_; }
  /// Brackets that are open at its end.
  const std::vector<Bracket>& open() const { return open_; }
  /// The line of the error outside its strings and comments.
  const std::string& line() const { return outside_; }
  /// A string of one line that its line does not close.
  bool unclosed_string() const { return unclosed_; }

 private:
  void step() {
    const char c = text_[at_];
    if (c == '\n') {
      ++at_;
      begin_line();
    } else if (c == '"' || c == '\'') {
      skip_string(c);
    } else if (c == '#') {
      at_ = std::min(text_.find('\n', at_), text_.size());
    } else {
      if (c == '[' || c == '{') open_.push_back({c, line_});
      if ((c == ']' || c == '}') && !open_.empty()) open_.pop_back();
      if (line_ == error_line_) outside_ += c;
      ++at_;
    }
  }

  void begin_line() {
    if (++line_ == error_line_) open_before_ = open_;
  }

  void skip_string(char quote) {
    const std::string three(3, quote);
    const bool several = text_.substr(at_).starts_with(three);
    at_ += several ? 3 : 1;
    if (line_ == error_line_) outside_ += "\"\"";  // a string without what stands in it
    while (at_ < text_.size()) {
      if (text_[at_] == '\n') {
        if (!several) {
          unclosed_ = unclosed_ || line_ == error_line_;
          return;
        }
        begin_line();
      }
      if (several ? text_.substr(at_).starts_with(three) : text_[at_] == quote) {
        at_ += several ? 3 : 1;
        return;
      }
      at_ += quote == '"' && text_[at_] == '\\' && at_ + 1 < text_.size() && text_[at_ + 1] != '\n' ? 2 : 1;
    }
    unclosed_ = unclosed_ || (!several && line_ == error_line_);
  }

  string_view text_;
  int error_line_, line_ = 1;
  std::size_t at_ = 0;
  std::vector<Bracket> open_, open_before_;
  std::string outside_;
  bool unclosed_ = false;
};

Message wrong_sign(string_view line) {
  for (const auto& [sign, own] : quotation_marks)
    if (line.find(sign) != line.npos)
      return message("{} is no quotation mark of TOML: write {}", std::string(sign), std::string(own));
  for (const auto& [sign, own] : full_width)
    if (line.find(sign) != line.npos)
      return message("{} is a full-width sign: write the half-width {}", std::string(sign), std::string(own));
  for (char digit = '0'; digit <= '9'; ++digit) {
    const std::string wide = {'\xEF', '\xBC', static_cast<char>(digit - '0' + 0x90)};
    if (line.find(wide) != line.npos)
      return message("{} is a full-width sign: write the half-width {}", wide, std::string(1, digit));
  }
  if (line.find(full_width_blank) != line.npos) return message("there is a full-width blank: write a plain one");
  for (const string_view sign : {full_width_semicolon, string_view(";")})
    if (line.find(sign) != line.npos)
      return message("{} has no meaning in TOML: the end of a line ends a value, a comma separates", std::string(sign));
  return "";
}

Message wrong_number(string_view line) {
  const auto is_digit = [&](std::size_t i) { return i < line.size() && line[i] >= '0' && line[i] <= '9'; };
  for (std::size_t i = 1; i < line.size(); ++i) {
    if (line[i] == '%' && is_digit(i - 1)) return message("percent are written as shares: 0.05 for 5%");
    if (line[i] == ',' && is_digit(i - 1) && is_digit(i + 1) && is_digit(i + 2) && is_digit(i + 3) && !is_digit(i + 4))
      return message("thousands are not separated by commas: write 20000 or 20_000");
  }
  return "";
}

bool says(string_view description, string_view words) { return description.find(words) != description.npos; }

/// What stands at the error, for people: a string, a name or a number with its sign, else one sign.
std::string token_at(string_view rest) {
  std::size_t end = 0;
  if (!rest.empty() && (rest.front() == '"' || rest.front() == '\'')) {
    end = std::min(rest.find(rest.front(), 1), rest.size() - 1) + 1;
  } else {
    while (end < rest.size() &&
           (std::isalnum(static_cast<unsigned char>(rest[end])) || static_cast<unsigned char>(rest[end]) >= 0x80 ||
            string_view("_-.").find(rest[end]) != string_view::npos))
      ++end;
  }
  constexpr std::size_t longest = 40;
  return end == 0 || end > longest ? "" : std::string(rest.substr(0, end));
}

/// "name = …" or "[table]": where these stand a list before them was not closed.
bool begins_something_new(string_view line) {
  const string_view plain = without_blanks(line);
  if (plain.empty() || plain.front() == '[') return true;
  const std::size_t end = plain.find_first_of("= \t\",'[]{}");
  return end != plain.npos && end > 0 && without_blanks(plain.substr(end)).starts_with("=");
}

Message missing_sign(string_view line, string_view rest, const Outline& outline, string_view description) {
  const bool in_list = says(description, "closing ']'"), in_table = says(description, "closing '}'");
  if (says(description, "expected ']'") && without_blanks(rest).empty())
    return message("{} is missing at the end of the line", "]");
  const bool ends = says(description, "end-of-file");
  if (!in_list && !in_table && !ends) return "";
  const auto& open = ends ? outline.open() : outline.open_before();
  const bool at_end = without_blanks(rest).empty() || ends;
  if (!open.empty() && (at_end || begins_something_new(line)))
    return message("{} is missing: what {} opens in line {} is not closed", open.back().sign == '[' ? "]" : "}",
                   open.back().sign, open.back().line);
  if (!in_list && !in_table) return "";
  if (at_end) return message("{} is missing at the end of the line", in_list ? "]" : "}");
  const std::string token = token_at(rest);
  if (!says(description, "expected comma") || token.empty()) return "";
  return message("a comma is missing before {}", token);
}

/// A value that begins with a letter and is none of TOML's own words.
Message missing_quotes(string_view rest, string_view description) {
  if (!says(description, "could not determine value type") && !says(description, "could not be interpreted") &&
      !says(description, "parsing boolean") && !says(description, "parsing value"))
    return "";
  const std::string token = token_at(without_blanks(rest));
  const bool letter = !token.empty() && (std::isalpha(static_cast<unsigned char>(token.front())) ||
                                         static_cast<unsigned char>(token.front()) >= 0x80);
  return letter ? message("a text stands in quotation marks: \"{}\"", token) : Message();
}

}  // namespace

Message toml_hint(string_view text, int number, int column, string_view description) {
  const string_view line = line_at(text, number), rest = line.substr(byte_of(line, column));
  const Outline outline(text, number);
  if (Message sign = wrong_sign(outline.line()); !sign.empty()) return sign;
  if (outline.unclosed_string())
    return message("a quotation mark is missing in line {}: a text has one before it and one behind it", number);
  if (Message slip = wrong_number(outline.line()); !slip.empty()) return slip;
  if (Message sign = missing_sign(line, rest, outline, description); !sign.empty()) return sign;
  if (says(description, "expected '='"))
    return without_blanks(rest).starts_with(":") ? message("TOML writes key = value: write = for :")
                                                 : message("TOML writes key = value: = is missing");
  if (says(description, "expected keys") && (rest.empty() || static_cast<unsigned char>(rest.front()) >= 0x80))
    return message(
        "a key is made of the letters A to Z and a to z, digits, - and _; any other stands in quotation marks");
  if (Message quotes = missing_quotes(rest, description); !quotes.empty()) return quotes;
  return "";
}

bool is_csv(string_view name, string_view text) {
  std::string ending(name.substr(name.size() - std::min<std::size_t>(name.size(), 4)));
  for (char& c : ending) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  if (ending == ".csv") return true;
  while (!text.empty()) {
    const string_view line = without_blanks(text.substr(0, text.find('\n')));
    if (!line.empty() && line.front() != '#')
      return line.find(',') != line.npos && line.find_first_of("=[{\"'") == line.npos && line.find("＝") == line.npos &&
             line.find("：") == line.npos && line.find(':') == line.npos;
    text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1);
  }
  return false;
}

}  // namespace tuopin
