// Text for a terminal: its width in columns, Chinese counted as two, and its lines.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tuopin {

/// Columns that UTF-8 text takes on a terminal: two for East Asian wide and full-width characters, none for combining
/// ones. "Ambiguous" characters (– ≤ ± ÷ ─) count as one, as terminals draw them today.
std::size_t display_width(std::string_view text);

/// Lines of at most `width` columns. Breaks at spaces and between wide characters, never before a closing punctuation
/// mark or after an opening one; a longer word stands whole on a line of its own. Control characters become spaces.
std::vector<std::string> wrapped(std::string_view text, std::size_t width);

/// A paragraph: the first line after `first`, the others indented as far.
std::string paragraph(const std::string& first, std::string_view text, std::size_t width);

/// A text whose lines of more than `width` columns go on below, under where their last column begins: behind the last
/// run of two spaces or more in their first half, or else behind their indent, or by `least` columns.
std::string hanging_lines(std::string_view text, std::size_t width, std::size_t least = 0);

}  // namespace tuopin
