#include "engine/data/table.hpp"

#include <stdexcept>
#include <utility>

namespace tuopin {

namespace {

/// A copy that throws leaves an empty column: where memory runs out within the copy constructor of a variant, what
/// compilers make of its unwinding is not sound (GCC 12 at -O3 calls the destructor of a member that was never made).
Table::Data copy_of(const Table::Data& column) {
  return std::visit(
      [](const auto& values) {
        std::decay_t<decltype(values)> copy(values);
        return Table::Data(std::move(copy));
      },
      column);
}

}  // namespace

Table::Data Table::empty_column(ColumnSpec::Type type, std::size_t rows) {
  switch (type) {
    case ColumnSpec::Type::u8: return std::vector<std::uint8_t>(rows);
    case ColumnSpec::Type::u16: return std::vector<std::uint16_t>(rows);
    case ColumnSpec::Type::u32: return std::vector<std::uint32_t>(rows);
    case ColumnSpec::Type::u64: return std::vector<std::uint64_t>(rows);
    case ColumnSpec::Type::i32: return std::vector<std::int32_t>(rows);
    case ColumnSpec::Type::i64: return std::vector<std::int64_t>(rows);
    case ColumnSpec::Type::f32: return std::vector<float>(rows);
    case ColumnSpec::Type::f64: return std::vector<double>(rows);
  }
  throw std::logic_error("unknown column type");
}

Table::Table(const Table& other) : name_(other.name_), rows_(other.rows_), specs_(other.specs_) {
  columns_.reserve(other.columns_.size());
  for (const Data& column : other.columns_) columns_.push_back(copy_of(column));
}

Table& Table::operator=(const Table& other) {
  if (this != &other) *this = Table(other);
  return *this;
}

Table::Table(std::string name, std::size_t rows) : name_(std::move(name)), rows_(rows) {}

Table::Table(std::string name, std::size_t rows, const std::vector<ColumnSpec>& codebook)
    : Table(std::move(name), rows) {
  for (const ColumnSpec& spec : codebook) add(spec);
}

void Table::add(const ColumnSpec& spec) {
  if (has(spec.name)) throw std::logic_error("column " + std::string(spec.name) + " added twice to " + name_);
  specs_.push_back(spec);
  columns_.push_back(empty_column(spec.type, rows_));
}

int Table::index_of(std::string_view column) const {
  for (std::size_t i = 0; i < specs_.size(); ++i)
    if (specs_[i].name == column) return static_cast<int>(i);
  return -1;
}

bool Table::has(std::string_view column) const { return index_of(column) >= 0; }

const Table::Data& Table::data(std::string_view column) const {
  const int index = index_of(column);
  if (index < 0) throw std::logic_error("table " + name_ + " has no column " + std::string(column));
  return columns_[static_cast<std::size_t>(index)];
}

Table::Data& Table::data(std::string_view column) {
  return const_cast<Data&>(static_cast<const Table&>(*this).data(column));
}

Table Table::take(std::span<const std::uint32_t> rows) const {
  Table taken(name_, rows.size(), specs_);
  for (std::size_t c = 0; c < columns_.size(); ++c)
    std::visit(
        [&](const auto& from) {
          auto& to = std::get<std::decay_t<decltype(from)>>(taken.columns_[c]);
          for (std::size_t i = 0; i < rows.size(); ++i) to[i] = from[rows[i]];
        },
        columns_[c]);
  return taken;
}

void Table::append(const Table& other) {
  if (other.columns_.size() != columns_.size()) throw std::logic_error("table " + other.name_ + " has other columns");
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    if (other.specs_[c].name != specs_[c].name || other.columns_[c].index() != columns_[c].index())
      throw std::logic_error("table " + other.name_ + " has other columns");
    std::visit(
        [&](auto& values) {
          const auto& more = std::get<std::decay_t<decltype(values)>>(other.columns_[c]);
          values.insert(values.end(), more.begin(), more.end());
        },
        columns_[c]);
  }
  rows_ += other.rows_;
}

Table Table::named(std::string name) const {
  Table copy = *this;
  copy.name_ = std::move(name);
  return copy;
}

std::size_t Table::bytes() const {
  std::size_t total = 0;
  for (const Data& column : columns_)
    total += std::visit([](const auto& values) { return values.size() * sizeof(values[0]); }, column);
  return total;
}

std::string_view to_text(ColumnSpec::Type type) {
  switch (type) {
    case ColumnSpec::Type::u8: return "u8";
    case ColumnSpec::Type::u16: return "u16";
    case ColumnSpec::Type::u32: return "u32";
    case ColumnSpec::Type::u64: return "u64";
    case ColumnSpec::Type::i32: return "i32";
    case ColumnSpec::Type::i64: return "i64";
    case ColumnSpec::Type::f32: return "f32";
    case ColumnSpec::Type::f64: return "f64";
  }
  throw std::logic_error("unknown column type");
}

}  // namespace tuopin
