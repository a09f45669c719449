// Tables of text for a terminal: cells of several lines, columns aligned by display width.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace tuopin {

class TextTable {
 public:
  enum class Align { left, right };

  void add_column(std::string heading, Align align = Align::right);
  /// One cell a column; '\n' parts the lines of a cell. Missing cells are empty.
  void add_row(std::vector<std::string> cells);
  /// Two spaces between columns where that fits into `width`, else one. Every line ends in '\n', none in a space.
  std::string text(std::size_t indent, std::size_t width) const;

 private:
  struct Column {
    std::string heading;
    Align align;
  };
  using Cell = std::vector<std::string>;
  using Row = std::vector<Cell>;
  std::string lay(const std::vector<Cell>& cells, const std::vector<std::size_t>& widths, std::size_t indent,
                  std::size_t gap) const;

  std::vector<Column> columns_;
  std::vector<Row> rows_;
};

}  // namespace tuopin
