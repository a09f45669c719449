// A table of a region that a mechanism adds: declared as a TableKind, and named in [files] of the region under its own
// name. It is read and checked like the program's own tables.
#pragma once

#include "engine/settings/table_fields.hpp"

namespace tuopin {

class RegionTable {
 public:
  /// Reads the file; every problem is appended. `names`: what references may name.
  RegionTable(const std::filesystem::path& path, const TableKind& kind, const TableNames& names,
              std::vector<Problem>& problems);

  std::size_t rows() const { return texts_.size(); }
  /// A cell as it was typed. Throws std::logic_error for a column that the kind does not have.
  const std::string& text(std::size_t row, std::string_view column) const;
  /// A number, year or truth (0 or 1); NaN where the cell is empty.
  double number(std::size_t row, std::string_view column) const;
  /// The quantity of a row (drawn if the region is), for tables whose rows give quantities by name. Throws
  /// std::logic_error for other tables.
  const Quantity& quantity(std::size_t row) const { return quantities_.at(row); }
  std::vector<Quantity>& quantities() { return quantities_; }
  const std::vector<Quantity>& quantities() const { return quantities_; }
  /// The first row with this text in the column; rows() if there is none.
  std::size_t find(std::string_view column, std::string_view text) const;

 private:
  std::size_t column_of(std::string_view name) const;

  std::vector<std::string> columns_;
  std::vector<std::vector<std::string>> texts_;
  std::vector<std::vector<double>> numbers_;
  std::vector<Quantity> quantities_;  ///< by row; empty if rows do not give quantities by name
};

/// A quantity from a checked row of a table whose rows give quantities by name.
Quantity quantity_of(const TableRows& rows, std::size_t row, std::string name);

}  // namespace tuopin
