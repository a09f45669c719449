#include "models/scenario/region_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <stdexcept>

namespace tuopin {

namespace {

double number_in(const TableRows& rows, std::size_t row, const Column& column) {
  if (!rows.has(row, column.name)) return std::numeric_limits<double>::quiet_NaN();
  switch (column.kind) {
    case CellKind::number: return rows.number(row, column.name);
    case CellKind::year: return rows.year(row, column.name);
    case CellKind::truth: return rows.truth(row, column.name) ? 1 : 0;
    default: return std::numeric_limits<double>::quiet_NaN();
  }
}

}  // namespace

Quantity quantity_of(const TableRows& rows, std::size_t row, std::string name) {
  const Measured& m = rows.measured(row);
  Quantity q;
  q.name = std::move(name);
  q.value = m.value;
  q.unit = rows.field(row)->unit;
  q.source = rows.text(row, "source");
  q.grade = rows.text(row, "grade");  // empty in a table without this column
  q.status = rows.status(row);
  q.origin = rows.origin(row);
  q.lower_bound = rows.field(row)->lower;
  q.upper_bound = rows.field(row)->upper;
  q.low = m.low;
  q.high = m.high;
  q.shape = m.ranged ? Shape::triangular : Shape::fixed;
  return q;
}

RegionTable::RegionTable(const std::filesystem::path& path, const TableKind& kind, const TableNames& names,
                         std::vector<Problem>& problems) {
  const TableRows rows(path, kind, names, problems);
  for (const Column& column : kind.columns) columns_.push_back(column.name);
  for (std::size_t row = 0; row < rows.size() && rows.readable(); ++row) {
    if (!rows.sound(row)) continue;
    std::vector<std::string> texts;
    std::vector<double> numbers;
    for (const Column& column : kind.columns) {
      texts.push_back(rows.text(row, column.name));
      numbers.push_back(number_in(rows, row, column));
    }
    if (!kind.row_name.empty()) quantities_.push_back(quantity_of(rows, row, kind.name + "." + rows.name(row)));
    texts_.push_back(std::move(texts));
    numbers_.push_back(std::move(numbers));
  }
}

std::size_t RegionTable::column_of(std::string_view name) const {
  const auto found = std::find(columns_.begin(), columns_.end(), name);
  if (found == columns_.end()) throw std::logic_error(fmt::format("the table has no column {}", name));
  return static_cast<std::size_t>(found - columns_.begin());
}

const std::string& RegionTable::text(std::size_t row, std::string_view column) const {
  return texts_.at(row)[column_of(column)];
}

double RegionTable::number(std::size_t row, std::string_view column) const {
  return numbers_.at(row)[column_of(column)];
}

std::size_t RegionTable::find(std::string_view column, std::string_view text) const {
  const std::size_t at = column_of(column);
  const auto found = std::find_if(texts_.begin(), texts_.end(), [&](const auto& row) { return row[at] == text; });
  return static_cast<std::size_t>(found - texts_.begin());
}

}  // namespace tuopin
