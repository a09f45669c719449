// A child table: several rows of one entity (plots, loans, herds). It is kept by block, and within a block its rows
// stand ascending by the row of their parent, so that a block's rows are worked on without those of any other.
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
  /// Row of each one's parent, counted from the first of the block; ascending.
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

  /// A new row for each of these parents (ascending, repeated where one gets several), behind those it has. Returns
  /// where the new rows stand, in the same order.
  std::vector<std::uint32_t> add(std::span<const std::uint32_t> parents);
  /// Keeps the rows whose flag is not zero.
  void keep(std::span<const std::uint8_t> flags);
  /// A column begins anew in every row.
  void begin_anew(std::size_t column);

  /// Takes the place of all rows: as they were saved, sorted by parent, siblings in their order. The values of each
  /// column are as many as the parents.
  void replace(std::vector<std::uint32_t> parents, std::vector<Table::Data> columns);

 private:
  std::vector<double> initial_;
  std::vector<std::uint32_t> parents_;
  std::vector<Table::Data> columns_;
};

}  // namespace tuopin
