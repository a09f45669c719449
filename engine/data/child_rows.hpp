// A child table: any number of rows for each parent entity (plots, loans, herds of a household). It is stored by block;
// within a block the rows are sorted by parent row, so that blocks can be processed independently.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/data/table.hpp"

namespace tuopin {

/// The rows of one block.
class ChildRows {
 public:
  /// No rows yet. `specs` and `initial` (what a new row begins as) go together and outlive the rows.
  ChildRows(const std::vector<ColumnSpec>& specs, const std::vector<double>& initial);

  std::uint32_t size() const { return static_cast<std::uint32_t>(parents_.size()); }
  /// Row of the parent of each child row, counted from the first row of the block; ascending.
  std::span<const std::uint32_t> parents() const { return parents_; }

  /// Columns by position. Valid until rows are added or removed.
  template <typename T>
  const T* values(std::size_t column) const {
    return std::get_if<std::vector<T>>(&columns_[column])->data();
  }
  template <typename T>
  T* values(std::size_t column) {
    return std::get_if<std::vector<T>>(&columns_[column])->data();
  }
  const Table::Data& data(std::size_t column) const { return columns_[column]; }
  std::size_t columns() const { return columns_.size(); }

  /// Adds a row for each of these parents (ascending; repeated for several rows), after the rows the parent has.
  /// Returns the positions of the new rows, in the same order.
  std::vector<std::uint32_t> add(std::span<const std::uint32_t> parents);
  /// Removes the rows whose flag is zero.
  void keep(std::span<const std::uint8_t> flags);
  /// Resets a column to its initial value in every row.
  void begin_anew(std::size_t column);

  /// Replaces all rows by saved ones, sorted by parent, rows of one parent in their saved order. Each column has as
  /// many values as there are parents in the list.
  void replace(std::vector<std::uint32_t> parents, std::vector<Table::Data> columns);

 private:
  std::vector<double> initial_;
  std::vector<std::uint32_t> parents_;
  std::vector<Table::Data> columns_;
};

}  // namespace tuopin
