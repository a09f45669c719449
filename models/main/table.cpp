#include "models/main/table.hpp"

#include <algorithm>

#include "engine/base/wrapped_text.hpp"

namespace tuopin {

namespace {

std::string trimmed(std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  return line + "\n";
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

}  // namespace

void TextTable::add_column(std::string heading, Align align) { columns_.push_back({std::move(heading), align}); }

void TextTable::add_row(std::vector<std::string> cells) {
  cells.resize(columns_.size());
  Row row;
  for (const std::string& cell : cells) row.push_back(lines_of(cell));
  rows_.push_back(std::move(row));
}

std::string TextTable::lay(const std::vector<Cell>& cells, const std::vector<std::size_t>& widths, std::size_t indent,
                           std::size_t gap) const {
  std::size_t height = 0;
  for (const Cell& cell : cells) height = std::max(height, cell.size());
  std::string out;
  for (std::size_t l = 0; l < height; ++l) {
    std::string line(indent, ' ');
    for (std::size_t c = 0; c < cells.size(); ++c) {
      const std::string part = l < cells[c].size() ? cells[c][l] : "";
      const std::string space(widths[c] - display_width(part), ' ');
      if (c > 0) line += std::string(gap, ' ');
      line += columns_[c].align == Align::left ? part + space : space + part;
    }
    out += trimmed(line);
  }
  return out;
}

std::string TextTable::text(std::size_t indent, std::size_t width) const {
  std::vector<std::size_t> widths;
  std::vector<Cell> headings;
  std::size_t total = indent, heading_lines = 0;
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    headings.push_back(lines_of(columns_[c].heading));
    heading_lines = std::max(heading_lines, headings.back().size());
    std::size_t most = 0;
    for (const std::string& line : headings.back()) most = std::max(most, display_width(line));
    for (const Row& row : rows_) {
      for (const std::string& line : row[c]) most = std::max(most, display_width(line));
    }
    widths.push_back(most);
    total += most;
  }
  for (Cell& heading : headings) heading.insert(heading.begin(), heading_lines - heading.size(), "");
  const std::size_t gaps = columns_.empty() ? 0 : columns_.size() - 1, gap = total + 2 * gaps <= width ? 2 : 1;
  std::string rule(indent, ' ');
  for (std::size_t i = indent; i < total + gap * gaps; ++i) rule += "─";
  rule += "\n";

  std::string out = lay(headings, widths, indent, gap) + rule;
  for (const Row& row : rows_) out += lay(row, widths, indent, gap);
  return out;
}

}  // namespace tuopin
