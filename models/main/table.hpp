// Tables of text for a terminal: cells of several lines, columns aligned by display width, Chinese counted as two
// columns.
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

/// "1,234,567.8"; "–" for what is not known.
std::string grouped(double value, int decimals);

class TextTable {
 public:
  enum class Align { left, right };

  /// `widest`: longer cells are wrapped; 0 means never.
  void add_column(std::string heading, Align align = Align::right, std::size_t widest = 0);
  /// One cell a column; '\n' parts the lines of a cell. Missing cells are empty.
  void add_row(std::vector<std::string> cells);
  void add_rule() { rows_.push_back({}); }
  /// A part with a title of its own: the headings stand again, and the columns of all parts align.
  void add_section(std::string title) { rows_.push_back({std::move(title), {}}); }
  /// Two spaces between columns where that fits into `width`, else one. Every line ends in '\n', none in a space.
  std::string text(std::size_t indent, std::size_t width) const;

 private:
  struct Column {
    std::string heading;
    Align align;
    std::size_t widest;
  };
  using Cell = std::vector<std::string>;
  struct Row {
    std::string section;
    std::vector<Cell> cells;  ///< none: a section, or a rule
  };
  std::string lay(const std::vector<Cell>& cells, const std::vector<std::size_t>& widths, std::size_t indent,
                  std::size_t gap) const;

  std::vector<Column> columns_;
  std::vector<Row> rows_;
};

}  // namespace tuopin
