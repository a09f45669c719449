#include "engine/data/child_rows.hpp"

#include <algorithm>
#include <stdexcept>

namespace tuopin {

namespace {

/// For each row of the result the row it comes from; `fresh` for a new one.
constexpr std::uint32_t fresh = 0xffffffff;

template <typename T>
void rearrange(std::vector<T>& values, const std::vector<std::uint32_t>& from, double initial) {
  std::vector<T> result(from.size());
  for (std::size_t i = 0; i < from.size(); ++i)
    result[i] = from[i] == fresh ? static_cast<T>(initial) : values[from[i]];
  values = std::move(result);
}

}  // namespace

ChildRows::ChildRows(const std::vector<ColumnSpec>& specs, const std::vector<double>& initial) : initial_(initial) {
  for (const ColumnSpec& spec : specs) columns_.push_back(Table::empty_column(spec.type, 0));
}

std::vector<std::uint32_t> ChildRows::add(std::span<const std::uint32_t> parents) {
  if (!std::is_sorted(parents.begin(), parents.end()))
    throw std::logic_error("rows are added to a child table in the order of their parents");
  std::vector<std::uint32_t> merged, from, added;
  merged.reserve(size() + parents.size());
  std::size_t old = 0;
  for (const std::uint32_t parent : parents) {
    for (; old < parents_.size() && parents_[old] <= parent; ++old) {
      merged.push_back(parents_[old]);
      from.push_back(static_cast<std::uint32_t>(old));
    }
    added.push_back(static_cast<std::uint32_t>(merged.size()));
    merged.push_back(parent);
    from.push_back(fresh);
  }
  for (; old < parents_.size(); ++old) {
    merged.push_back(parents_[old]);
    from.push_back(static_cast<std::uint32_t>(old));
  }
  for (std::size_t c = 0; c < columns_.size(); ++c)
    std::visit([&](auto& values) { rearrange(values, from, initial_[c]); }, columns_[c]);
  parents_ = std::move(merged);
  return added;
}

void ChildRows::keep(std::span<const std::uint8_t> flags) {
  if (flags.size() != parents_.size()) throw std::logic_error("a flag for each row of the child table");
  std::vector<std::uint32_t> from, parents;
  for (std::uint32_t i = 0; i < size(); ++i)
    if (flags[i]) {
      from.push_back(i);
      parents.push_back(parents_[i]);
    }
  for (std::size_t c = 0; c < columns_.size(); ++c)
    std::visit([&](auto& values) { rearrange(values, from, initial_[c]); }, columns_[c]);
  parents_ = std::move(parents);
}

void ChildRows::begin_anew(std::size_t column) {
  std::visit(
      [&](auto& values) {
        using Value = std::decay_t<decltype(values[0])>;
        std::fill(values.begin(), values.end(), static_cast<Value>(initial_[column]));
      },
      columns_[column]);
}

void ChildRows::replace(std::vector<std::uint32_t> parents, std::vector<Table::Data> columns) {
  parents_ = std::move(parents);
  columns_ = std::move(columns);
}

}  // namespace tuopin
