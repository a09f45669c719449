// Tables, stored column by column. A column's unit and meaning are declared once, beside its name, in a codebook.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace tuopin {

/// The codebook entry of one column. All texts are string literals, so an entry can be copied freely.
struct ColumnSpec {
  enum class Type { u8, u16, u32, u64, i32, i64, f32, f64 };

  std::string_view name;
  Type type;
  std::string_view unit;                 ///< "1" for counts and flags, "yuan/year", "mu", …
  std::string_view meaning;              ///< English
  std::string_view meaning_zh;           ///< Chinese
  bool readable_by_rules = true;         ///< ethnicity, for one, is not
  std::vector<std::string_view> labels;  ///< names of the values 0, 1, … of a category; empty otherwise
};

/// Named columns of one length. Columns are added once and never change type or length.
class Table {
 public:
  using Data = std::variant<std::vector<std::uint8_t>, std::vector<std::uint16_t>, std::vector<std::uint32_t>,
                            std::vector<std::uint64_t>, std::vector<std::int32_t>, std::vector<std::int64_t>,
                            std::vector<float>, std::vector<double>>;

  /// A column of that type, filled with zeros.
  static Data empty_column(ColumnSpec::Type type, std::size_t rows);

  Table() = default;
  Table(const Table& other);
  Table(Table&& other) noexcept = default;
  Table& operator=(const Table& other);
  Table& operator=(Table&& other) noexcept = default;
  ~Table() = default;
  Table(std::string name, std::size_t rows);
  /// A table with all columns of a codebook, filled with zeros.
  Table(std::string name, std::size_t rows, const std::vector<ColumnSpec>& codebook);

  const std::string& name() const { return name_; }
  std::size_t rows() const { return rows_; }
  const std::vector<ColumnSpec>& specs() const { return specs_; }

  void add(const ColumnSpec& spec);
  bool has(std::string_view column) const;

  /// The values of a column. Throws std::logic_error where the name or the type is wrong: a defect, not user input.
  template <typename T>
  std::span<const T> column(std::string_view column) const {
    return std::get<std::vector<T>>(data(column));
  }
  template <typename T>
  std::span<T> column(std::string_view column) {
    return std::get<std::vector<T>>(data(column));
  }

  /// The values of a column by its position, for callers that have looked it up with index_of.
  template <typename T>
  const std::vector<T>& values(std::size_t column) const {
    return *std::get_if<std::vector<T>>(&columns_[column]);
  }
  template <typename T>
  std::vector<T>& values(std::size_t column) {
    return *std::get_if<std::vector<T>>(&columns_[column]);
  }

  const Data& data(std::string_view column) const;
  const Data& data(std::size_t column) const { return columns_[column]; }
  Data& data(std::string_view column);
  /// Position of a column in specs(), or -1.
  int index_of(std::string_view column) const;

  /// A new table with the given rows of this one, in that order.
  Table take(std::span<const std::uint32_t> rows) const;

  /// Appends the rows of another table of the same codebook. Throws std::logic_error if columns differ. Invalidates
  /// spans into this table.
  void append(const Table& other);

  /// A copy under another name.
  Table named(std::string name) const;

  /// Bytes held by all columns.
  std::size_t bytes() const;

 private:
  std::string name_;
  std::size_t rows_ = 0;
  std::vector<ColumnSpec> specs_;
  std::vector<Data> columns_;
};

/// Name of a column type as files write it: "u8", …, "f64".
std::string_view to_text(ColumnSpec::Type type);

}  // namespace tuopin
