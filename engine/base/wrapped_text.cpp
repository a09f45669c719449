#include "engine/base/wrapped_text.hpp"

#include <algorithm>
#include <iterator>

namespace tuopin {

namespace {

struct Character {
  std::string_view bytes;
  char32_t code;
};

/// Next character of UTF-8 text; a byte that begins none stands for itself.
Character first_character(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const std::size_t length = byte(0) < 0x80 ? 1 : byte(0) >= 0xf0 ? 4 : byte(0) >= 0xe0 ? 3 : byte(0) >= 0xc0 ? 2 : 0;
  if (length == 0 || length > text.size()) return {text.substr(0, 1), U'?'};
  if (length == 1) return {text.substr(0, 1), static_cast<char32_t>(byte(0))};
  auto code = static_cast<char32_t>(byte(0) & (0xff >> (length + 1)));
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xc0) != 0x80) return {text.substr(0, 1), U'?'};
    code = (code << 6) | static_cast<char32_t>(byte(i) & 0x3f);
  }
  return {text.substr(0, length), code};
}

struct Range {
  char32_t first, last;
};

bool within(char32_t code, const Range* begin, const Range* end) {
  return std::any_of(begin, end, [code](const Range& r) { return code >= r.first && code <= r.last; });
}

/// Unicode Standard Annex 11, classes W and F, by blocks.
bool is_wide(char32_t code) {
  constexpr Range wide[] = {{0x1100, 0x115f}, {0x2e80, 0x303e},   {0x3041, 0x4dbf},   {0x4e00, 0xa4cf},
                            {0xac00, 0xd7a3}, {0xf900, 0xfaff},   {0xfe30, 0xfe4f},   {0xff01, 0xff60},
                            {0xffe0, 0xffe6}, {0x1f300, 0x1f64f}, {0x1f900, 0x1f9ff}, {0x20000, 0x3fffd}};
  return code >= 0x1100 && within(code, std::begin(wide), std::end(wide));
}

bool has_no_width(char32_t code) {
  constexpr Range none[] = {{0x0300, 0x036f}, {0x200b, 0x200f}, {0xfe00, 0xfe0f}, {0xfeff, 0xfeff}};
  return within(code, std::begin(none), std::end(none));
}

std::size_t width_of(char32_t code) { return has_no_width(code) ? 0 : is_wide(code) ? 2 : 1; }

/// ,;:!?)% in ASCII and full width, 。、》」』】”’
bool closes(char32_t code) {
  constexpr std::u32string_view marks =
      U",;:!?)%\uff0c\uff1b\uff1a\uff01\uff1f\uff09\uff05\u3002\u3001\u300b\u300d\u300f\u3011\u201d\u2019";
  return marks.find(code) != std::u32string_view::npos;
}
/// ( in ASCII and full width, 《「『【“‘
bool opens(char32_t code) {
  constexpr std::u32string_view marks = U"(\uff08\u300a\u300c\u300e\u3010\u201c\u2018";
  return marks.find(code) != std::u32string_view::npos;
}

/// What may not be broken: a word, or one wide character with the punctuation that clings to it.
struct Piece {
  std::string text;
  bool after_space;
};

std::vector<Piece> pieces_of(std::string_view text) {
  std::vector<Piece> pieces;
  bool space = false, glue = false, last_wide = true;
  while (!text.empty()) {
    const Character c = first_character(text);
    text.remove_prefix(c.bytes.size());
    if (c.code <= U' ' || c.code == 0x7f) {
      space = true;
      continue;
    }
    const bool wide = is_wide(c.code);
    const bool clings = !pieces.empty() && !space && (glue || closes(c.code) || (!wide && !last_wide));
    if (clings)
      pieces.back().text += c.bytes;
    else
      pieces.push_back({std::string(c.bytes), space && !pieces.empty()});
    glue = opens(c.code);
    last_wide = wide;
    space = false;
  }
  return pieces;
}

}  // namespace

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) {
    const Character c = first_character(text);
    width += width_of(c.code);
    text.remove_prefix(c.bytes.size());
  }
  return width;
}

std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
  std::vector<std::string> lines(1);
  for (const Piece& piece : pieces_of(text)) {
    const std::size_t used = display_width(lines.back()), space = piece.after_space && used > 0 ? 1 : 0;
    if (used > 0 && used + space + display_width(piece.text) > width) {
      lines.push_back(piece.text);
    } else {
      lines.back() += std::string(space, ' ') + piece.text;
    }
  }
  return lines;
}

std::string paragraph(const std::string& first, std::string_view text, std::size_t width) {
  const std::size_t indent = display_width(first);
  std::string out, lead = first;
  for (const std::string& line : wrapped(text, width > indent ? width - indent : 1)) {
    out += (lead + line);
    out.erase(out.find_last_not_of(' ') + 1);
    out += "\n";
    lead = std::string(indent, ' ');
  }
  return out;
}

namespace {

/// Bytes of a line before its last column.
std::size_t last_column(std::string_view line, std::size_t width) {
  std::size_t begin = std::min(line.find_first_not_of(' '), line.size());
  for (std::size_t at = line.find("  ", begin); at != std::string_view::npos; at = line.find("  ", at)) {
    at = std::min(line.find_first_not_of(' ', at), line.size());
    if (at == line.size() || display_width(line.substr(0, at)) > width / 2) break;
    begin = at;
  }
  return begin;
}

/// The first line as far left as it was, the others indented by `columns`.
std::string hanging_by(std::size_t columns, std::string_view line, std::size_t width) {
  const std::string indent(std::min(line.find_first_not_of(' '), line.size()), ' ');
  std::string out;
  for (const std::string& part : wrapped(line, width > columns ? width - columns : 1))
    out += (out.empty() ? indent : std::string(columns, ' ')) + part + "\n";
  return out;
}

}  // namespace

std::string hanging_lines(std::string_view text, std::size_t width, std::size_t least) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = text.substr(at, end - at);
    const std::size_t column = last_column(line, width);
    if (display_width(line) > width && column < least)
      out += hanging_by(least, line, width);
    else if (display_width(line) > width)
      out += paragraph(std::string(line.substr(0, column)), line.substr(column), width);
    else
      (out += line) += "\n";
    at = end + 1;
  }
  if (!text.ends_with('\n') && !out.empty()) out.pop_back();
  return out;
}

}  // namespace tuopin
