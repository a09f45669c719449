// Sums of a year that a mechanism declares: whole numbers by place. Blocks add to them, each member of the team in
// rows of its own, and whoever comes behind a barrier reads what all of them have added: no order changes a bit.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tuopin {

/// A sum of 64 bits a place.
struct SumRow {
  std::string name, unit;  ///< "safety_net_paid", "fen"
};

/// Where a declared sum stands among those of its list.
struct SumHandle {
  std::size_t row = 0;
};

/// The sums that mechanisms have declared, in their order.
class DeclaredSums {
 public:
  /// Throws std::logic_error for a name that is there already.
  SumHandle declare(SumRow row);
  std::optional<SumHandle> find(std::string_view name) const;
  const std::vector<SumRow>& rows() const { return rows_; }

 private:
  std::vector<SumRow> rows_;
};

/// Their values in one year.
class SumsOfYear {
 public:
  /// All at nothing.
  void begin(std::size_t members, std::size_t places, std::size_t sums);
  void add(std::size_t member, std::size_t place, SumHandle sum, std::int64_t amount) {
    values_[(member * places_ + place) * sums_ + sum.row] += amount;
  }
  /// Of all members together. Behind a barrier only: before it, others may still be adding.
  std::int64_t of(std::size_t place, SumHandle sum) const;
  /// All sums of a place, in the order of their list.
  std::vector<std::int64_t> of(std::size_t place) const;

  friend bool operator==(const SumsOfYear&, const SumsOfYear&) = default;

 private:
  std::size_t members_ = 0, places_ = 0, sums_ = 0;
  std::vector<std::int64_t> values_;
};

}  // namespace tuopin
