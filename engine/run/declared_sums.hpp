// Yearly sums that mechanisms declare: 64-bit integers by place. While blocks are processed, each member of the team
// adds to rows of its own; after the next barrier the total over all members can be read. Integer addition makes the
// result independent of the order of blocks and of the number of threads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tuopin {

/// One declared sum: a 64-bit integer for each place.
struct SumRow {
  std::string name, unit;  ///< "safety_net_paid", "fen"
};

/// Index of a declared sum in its list.
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

/// The values of the declared sums in one year.
class SumsOfYear {
 public:
  /// Sets all sums to zero.
  void begin(std::size_t members, std::size_t places, std::size_t sums);
  void add(std::size_t member, std::size_t place, SumHandle sum, std::int64_t amount) {
    values_[(member * places_ + place) * sums_ + sum.row] += amount;
  }
  /// Total over all members. May be called only after a barrier: before it, other members may still be adding.
  std::int64_t of(std::size_t place, SumHandle sum) const;
  /// All sums of a place, in the order of their list.
  std::vector<std::int64_t> of(std::size_t place) const;

  friend bool operator==(const SumsOfYear&, const SumsOfYear&) = default;

 private:
  std::size_t members_ = 0, places_ = 0, sums_ = 0;
  std::vector<std::int64_t> values_;
};

}  // namespace tuopin
