#include "engine/settings/cells.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <vector>

#include "engine/settings/settings_text.hpp"

namespace tuopin {

namespace {

struct Character {
  char32_t code = 0;
  std::string_view bytes;
};

/// The characters of a text that is UTF-8 (readers have seen to it).
std::vector<Character> characters(std::string_view text) {
  std::vector<Character> result;
  for (std::size_t at = 0; at < text.size();) {
    const auto lead = static_cast<unsigned char>(text[at]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    const std::string_view bytes = text.substr(at, length);
    char32_t code = length == 1 ? lead : lead & (0x7Fu >> length);
    for (std::size_t i = 1; i < bytes.size(); ++i) code = code << 6 | (static_cast<unsigned char>(bytes[i]) & 0x3Fu);
    result.push_back({code, bytes});
    at += bytes.size();
  }
  return result;
}

bool is_control(char32_t c) { return c < 0x20 || (c >= 0x7F && c < 0xA0); }
bool is_break(char32_t c) { return c == '\n' || c == '\r' || c == '\t'; }

/// Blanks of any width, without line breaks.
bool is_wide_blank(char32_t c) {
  return c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F || c == 0x3000;
}

/// Marks without a width: joiners, directions, byte order marks.
bool has_no_width(char32_t c) {
  return c == 0xAD || c == 0x180E || (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || (c >= 0xFFF9 && c <= 0xFFFB);
}

bool is_blank(char32_t c) { return c == ' ' || is_break(c) || is_wide_blank(c) || c == 0xFEFF; }

std::string code_of(char32_t c) { return fmt::format("U+{:04X}", static_cast<unsigned>(c)); }

/// Full width (U+FF01 … U+FF5E) to plain, any blank to a plain one, the minus and apostrophe of typesetters to ours.
std::string plain(std::string_view text) {
  std::string result;
  for (const auto& [code, bytes] : characters(text)) {
    if (code >= 0xFF01 && code <= 0xFF5E)
      result += static_cast<char>(code - 0xFEE0);
    else if (is_wide_blank(code))
      result += ' ';
    else if (code == 0x2212)
      result += '-';
    else if (code == 0x2019)
      result += '\'';
    else
      result += bytes;
  }
  return result;
}

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Digits in groups of three: "1 234 567"; a single group is no grouping.
std::optional<std::string> without_groups(std::string_view text, char separator) {
  std::string digits;
  for (bool first = true;; first = false) {
    const std::size_t end = text.find(separator);
    const std::string_view group = text.substr(0, end);
    if (!all_digits(group) || (first ? group.size() > 3 || group.front() == '0' : group.size() != 3))
      return std::nullopt;
    digits += group;
    if (end == std::string_view::npos) return digits;
    text.remove_prefix(end + 1);
  }
}

/// A number without sign and exponent as "1234.5"; nothing where its separators have no certain meaning.
std::optional<std::string> without_separators(std::string_view text) {
  const auto count = [&](char c) { return std::count(text.begin(), text.end(), c); };
  const auto commas = count(','), dots = count('.'), blanks = count(' '), marks = count('\'');
  const char group_mark = blanks > 0 ? ' ' : '\'';
  const bool grouped = blanks + marks > 0;
  char decimal = 0, group = grouped ? group_mark : 0;
  if (commas > 0 && dots > 0) {
    decimal = text.rfind(',') > text.rfind('.') ? ',' : '.';
    if (grouped) return std::nullopt;
    group = decimal == ',' ? '.' : ',';
  } else if (commas + dots > 1) {
    if (grouped) return std::nullopt;
    group = commas > 0 ? ',' : '.';
  } else if (commas + dots == 1) {
    decimal = commas > 0 ? ',' : '.';
  }
  const std::size_t point = decimal ? text.rfind(decimal) : std::string_view::npos;
  std::string_view whole = text.substr(0, point), part = decimal ? text.substr(point + 1) : std::string_view{};
  if (decimal && count(decimal) > 1) return std::nullopt;
  if (!part.empty() && !all_digits(part)) return std::nullopt;
  if (decimal == ',' && part.empty()) return std::nullopt;
  // One comma before three digits: a thousand, or a decimal comma.
  if (decimal == ',' && !group && part.size() == 3 && !whole.empty() && whole.size() <= 3 && whole.front() != '0')
    return std::nullopt;
  std::string digits(whole);
  if (group) {
    const auto joined = without_groups(whole, group);
    if (!joined) return std::nullopt;
    digits = *joined;
  }
  if (digits.empty() ? part.empty() : !all_digits(digits)) return std::nullopt;
  if (digits.empty()) digits = "0";
  return part.empty() ? digits : digits + "." + std::string(part);
}

/// Half a unit of the last digit.
double rounding_of(std::string_view digits, int exponent) {
  const std::size_t point = digits.find('.');
  if (point != std::string_view::npos) exponent -= static_cast<int>(digits.size() - point - 1);
  double half = 0.5;
  for (int i = 0; i < std::min(std::abs(exponent), 320); ++i) half = exponent < 0 ? half / 10 : half * 10;
  return half;
}

Message hint_of(std::string_view cell, const std::string& text) {
  if (const std::string seen = invisible_character(cell); !seen.empty())
    return message("it holds the character {}", seen);
  if (text.ends_with('%')) return message("percent are written as shares: 0.05 for 5%");
  const std::size_t comma = text.find(',');
  if (comma == std::string::npos) return "";
  const std::string whole = text.substr(0, comma), part = text.substr(comma + 1);
  if (all_digits(whole) && all_digits(part) && part.size() == 3)
    return message("it can mean {} or {}: write 1234.5 without separators", whole + part, whole + "." + part);
  return message("write 1234.5 without separators");
}

/// The numbers of a date and the sign between them: 2015-01-01, 2015/1/1, 1.1.2015, with or without a time.
std::optional<std::array<int, 3>> parts_of_date(std::string_view text) {
  text = text.substr(0, text.find_first_of(" T"));
  std::array<int, 3> parts{};
  char sign = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, parts[i]);
    if (error != std::errc{} || stop == text.data() || parts[i] < 0) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(stop - text.data()));
    if (i == 2) return text.empty() ? std::optional(parts) : std::nullopt;
    if (text.empty() || (text.front() != '-' && text.front() != '/' && text.front() != '.')) return std::nullopt;
    if (sign && text.front() != sign) return std::nullopt;
    sign = text.front();
    text.remove_prefix(1);
  }
  return std::nullopt;
}

CellYear year_of_date(const std::array<int, 3>& parts) {
  const bool first = parts[0] > 999, last = parts[2] > 999;
  const int year = first ? parts[0] : parts[2], one = first ? parts[2] : parts[0], other = parts[1];
  const bool day = first ? other >= 1 && other <= 12 && one >= 1 && one <= 31
                         : one >= 1 && other >= 1 && one <= 31 && other <= 31 && std::min(one, other) <= 12;
  if (first == last || !day) return {std::nullopt, ""};
  if (year == 1905 || (year == 1906 && one == 1 && other <= 12))
    return {std::nullopt,
            message("a spreadsheet shows a year as a day of 1905 in a column of dates: write the year itself")};
  return {year, ""};
}

/// Days as a spreadsheet counts them, from the last days of 1899.
std::chrono::year_month_day day_number(int days) {
  using namespace std::chrono;
  return year_month_day(sys_days(year(1899) / 12 / 30) + std::chrono::days(days));
}

}  // namespace

std::string trimmed_cell(std::string_view cell) {
  const std::vector<Character> all = characters(cell);
  const auto seen = [](const Character& c) { return !is_blank(c.code); };
  const auto first = std::find_if(all.begin(), all.end(), seen);
  if (first == all.end()) return "";
  const auto last = std::find_if(all.rbegin(), all.rend(), seen);
  const char* const begin = first->bytes.data();
  return std::string(begin, static_cast<std::size_t>(last->bytes.data() + last->bytes.size() - begin));
}

std::string visible(std::string_view text) {
  const std::string shown = shortened(text);
  std::string result = "\"";
  for (const auto& [code, bytes] : characters(shown)) {
    if (code == '"' || code == '\\') result += '\\';
    if (code == '\n')
      result += "\\n";
    else if (code == '\r')
      result += "\\r";
    else if (code == '\t')
      result += "\\t";
    else if (is_control(code) || is_wide_blank(code) || has_no_width(code))
      result += "<" + code_of(code) + ">";
    else
      result += bytes;
  }
  return result + '"';
}

std::string control_character(std::string_view text, bool breaks) {
  for (const auto& [code, bytes] : characters(text))
    if (is_control(code) && (breaks || !is_break(code))) return code_of(code);
  return "";
}

std::string invisible_character(std::string_view text) {
  for (const auto& [code, bytes] : characters(text))
    if (is_control(code) || is_wide_blank(code) || has_no_width(code)) return code_of(code);
  return "";
}

CellNumber number_of_cell(std::string_view cell) {
  const std::string text = plain(trimmed_cell(cell));
  std::string_view rest = text;
  const bool negative = rest.starts_with('-');
  if (negative || rest.starts_with('+')) rest.remove_prefix(1);
  int exponent = 0;
  std::string_view power;
  if (const std::size_t e = rest.find_first_of("eE"); e != std::string_view::npos) {
    power = rest.substr(e + 1);
    rest = rest.substr(0, e);
    const std::string_view digits = power.substr(power.starts_with('-') || power.starts_with('+') ? 1 : 0);
    if (!all_digits(digits) || digits.size() > 4) return {std::nullopt, 0, hint_of(cell, text)};
    std::from_chars(digits.data(), digits.data() + digits.size(), exponent);
    if (power.starts_with('-')) exponent = -exponent;
  }
  const auto digits = without_separators(rest);
  if (!digits) return {std::nullopt, 0, hint_of(cell, text)};
  const std::string number = (negative ? "-" : "") + *digits + (power.empty() ? "" : fmt::format("e{}", exponent));
  double value = 0;
  const auto result = std::from_chars(number.data(), number.data() + number.size(), value);
  if (result.ec != std::errc{} || !std::isfinite(value)) return {std::nullopt, 0, hint_of(cell, text)};
  return {value, rounding_of(*digits, exponent), ""};
}

CellYear year_of_cell(std::string_view cell) {
  std::string text = plain(trimmed_cell(cell));
  if (const std::string_view year = "年"; text.ends_with(year))
    text = trimmed_cell(text.substr(0, text.size() - year.size()));
  if (const auto date = parts_of_date(text)) return year_of_date(*date);
  const CellNumber number = number_of_cell(text);
  if (!number.value) return {std::nullopt, number.hint};
  const double value = *number.value;
  if (value != std::floor(value) || value < 0 || value > 99'999) return {std::nullopt, ""};
  const int whole = static_cast<int>(value);
  if (whole < 10'000) return {whole, ""};
  const std::chrono::year_month_day day = day_number(whole);
  if (day.month() == std::chrono::January && day.day() == std::chrono::day(1))
    return {static_cast<int>(day.year()), ""};
  return {std::nullopt, message("a spreadsheet counts {} as that many days: write the year itself",
                                fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()),
                                            static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day())))};
}

bool is_open_cell(std::string_view cell) { return plain(trimmed_cell(cell)) == "?"; }

std::optional<bool> truth_of_cell(std::string_view cell) {
  std::string text = plain(trimmed_cell(cell));
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  if (text == "yes" || text == "true" || text == "1" || text == "是") return true;
  if (text == "no" || text == "false" || text == "0" || text == "否") return false;
  return std::nullopt;
}

Message made_by_spreadsheet(std::string_view cell) {
  for (const char* error : {"#NAME?", "#REF!", "#VALUE!", "#DIV/0!", "#N/A", "#NUM!", "#NULL!"})
    if (cell == error) return message("a spreadsheet shows this where a formula failed: write what was meant");
  const std::size_t power = cell.find("E+");
  if (power != std::string_view::npos && all_digits(cell.substr(power + 2)) && number_of_cell(cell).value)
    return message(
        "a spreadsheet makes this of a long row of digits, or of digits around an E: format the column as text");
  static constexpr std::string_view months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const std::size_t dash = cell.find('-');
  if (dash == std::string_view::npos) return "";
  const std::string_view before = cell.substr(0, dash), after = cell.substr(dash + 1);
  const auto is_month = [](std::string_view word) {
    return std::find(std::begin(months), std::end(months), word) != std::end(months);
  };
  if ((is_month(before) && all_digits(after)) || (is_month(after) && all_digits(before)))
    return message("a spreadsheet makes this of a name like a date: format the column as text");
  return "";
}

}  // namespace tuopin
