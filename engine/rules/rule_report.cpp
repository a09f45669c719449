// Problems of a rule: position in the user's file, the line of the expression, a caret, the nearest name.
#include <algorithm>

#include "engine/rules/rule_tree.hpp"

namespace tuopin::rule {

namespace {

struct CodePoint {
  char32_t value = U'?';
  std::size_t length = 1;
  bool valid = false;
};

/// One code point of UTF-8. A broken one is a single byte shown as '?'.
CodePoint decode(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(0);
  if (first < 0x80) return {first, 1, first >= 0x20 && first != 0x7f};
  const std::size_t length = first >= 0xf0 && first < 0xf5 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first >= 0xf5 || text.size() < length) return {};
  char32_t value = first & (0x7fu >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xc0) != 0x80) return {};
    value = (value << 6) | (byte(i) & 0x3fu);
  }
  const bool overlong = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
  const bool control = value < 0xa0 || (value >= 0xd800 && value < 0xe000) || value > 0x10ffff ||
                       (value >= 0x200b && value <= 0x200f) || (value >= 0x2028 && value <= 0x202e) ||
                       (value >= 0x2066 && value <= 0x2069);
  if (overlong || control) return {};
  return {value, length, true};
}

/// Columns of a terminal: East Asian letters and full-width signs take two.
int width(char32_t c) {
  return (c >= 0x2e80 && c <= 0xa4cf) || (c >= 0xf900 && c <= 0xfaff) || (c >= 0xff00 && c <= 0xff60) ? 2 : 1;
}

int code_points(std::string_view text) {
  int count = 0;
  while (!text.empty()) {
    text.remove_prefix(decode(text).length);
    ++count;
  }
  return count;
}

/// Steps a position back to the first byte of its code point.
std::size_t step_back(std::string_view text, std::size_t at) {
  while (at > 0 && at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80) --at;
  return at;
}

constexpr std::size_t context = 60;  // bytes of the line shown on each side of the place

/// The line with a caret under [from, from + length), cut to a window where the line is long.
std::string picture(std::string_view line, std::size_t from, std::size_t length) {
  const std::size_t begin = from > context ? step_back(line, from - context) : 0;
  const std::size_t end = std::min(line.size(), from + std::max<std::size_t>(length, 1) + context);
  std::string shown = begin > 0 ? "… " : "", marks = begin > 0 ? "  " : "";
  for (std::size_t at = begin; at < end;) {
    const CodePoint point = decode(line.substr(at));
    shown += point.valid ? std::string(line.substr(at, point.length)) : line[at] == '\t' ? " " : "?";
    const char mark = at == from ? '^' : at > from && at < from + length ? '~' : ' ';
    marks.append(static_cast<std::size_t>(point.valid ? width(point.value) : 1), mark);
    at += point.length;
  }
  if (end < line.size()) shown += " …";
  if (from >= end) marks += '^';
  marks.erase(marks.find_last_not_of(' ') + 1);
  return std::string("\n    ").append(shown).append("\n    ").append(marks);
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = diagonal + (lower(a[i - 1]) == lower(b[j - 1]) ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row[b.size()];
}

}  // namespace

void Reporter::report(Span span, const Message& what, const Message& hint) {
  failed_ = true;
  const std::size_t offset = std::min(span.offset, text_.size());
  const std::string_view before = text_.substr(0, offset);
  const std::size_t newline = before.rfind('\n');
  const std::size_t line_begin = newline == std::string_view::npos ? 0 : newline + 1;
  const std::string_view rest = text_.substr(line_begin);
  const std::string_view line = rest.substr(0, rest.find('\n'));

  Origin at = origin_;
  const int column = code_points(before.substr(line_begin));
  at.column = line_begin == 0 && origin_.column > 0 ? origin_.column + column : column + 1;
  if (at.line > 0) at.line += static_cast<int>(std::count(before.begin(), before.end(), '\n'));
  problems_.push_back(
      {at, "", Message::together({what, Message::verbatim(picture(line, offset - line_begin, span.length))}), hint});
}

std::string printable(std::string_view text, std::size_t longest) {
  std::string shown;
  while (!text.empty()) {
    if (shown.size() >= longest) return shown + "…";
    const CodePoint point = decode(text);
    if (point.valid)
      shown += text.substr(0, point.length);
    else
      shown += '?';
    text.remove_prefix(point.length);
  }
  return shown;
}

std::string quoted(std::string_view text) {
  std::string shown;
  shown += '"';
  shown += printable(text);
  shown += '"';
  return shown;
}

std::string nearest_of(std::string_view misspelt, const std::vector<std::string>& names) {
  if (misspelt.size() > 100) return "";  // the distance costs the product of the lengths
  std::string nearest;
  std::size_t best = std::max<std::size_t>(1, misspelt.size() / 3) + 1;
  for (const std::string& name : names) {
    const std::size_t distance = edit_distance(misspelt, name);
    if (distance < best) {
      best = distance;
      nearest = name;
    }
  }
  return nearest;
}

Message did_you_mean(std::string_view misspelt, const std::vector<std::string>& names) {
  const std::string nearest = nearest_of(misspelt, names);
  return nearest.empty() ? Message() : message("did you mean {}?", nearest);
}

}  // namespace tuopin::rule
