// Luck of some rows of a block: which rows, their ids, and a block of luck for each.
#pragma once

#include "models/state/moment.hpp"

namespace tuopin {

/// Draw k of row i stands at draws[k * stride + i].
class RowLuck {
 public:
  explicit RowLuck(Binder& b)
      : rows(b.mine<std::uint32_t>()), ids_(b.mine<std::uint32_t>()), draws_(b.mine<std::uint32_t>(8)) {}

  Temp<std::uint32_t> rows;  ///< chosen by the caller, counted from the first of the block

  /// Looks up the first n of `rows`.
  const std::uint32_t* of_rows(const Moment::Visit& visit, const Luck& luck, std::uint32_t n) const {
    std::uint32_t* ids = visit[ids_];
    const std::uint32_t* chosen = visit[rows];
    const std::span<const std::uint32_t> all = visit.ids();
    for (std::uint32_t i = 0; i < n; ++i) ids[i] = all[chosen[i]];
    luck.fill(std::span<const std::uint32_t>(ids, n), visit[draws_], visit.scratch.stride());
    return visit[draws_];
  }
  /// Looks up every row of the block.
  const std::uint32_t* of_block(const Moment::Visit& visit, const Luck& luck) const {
    luck.fill(visit.ids(), visit[draws_], visit.scratch.stride());
    return visit[draws_];
  }

 private:
  Temp<std::uint32_t> ids_, draws_;
};

constexpr std::size_t draws_of_an_entity = 8;  // definition: 32-bit draws in a block of luck

/// A block of luck for each entity: draw k of entity i stands at [k * entities.size() + i].
template <typename Id>
std::vector<std::uint32_t> draws_of(const Luck& luck, std::span<const Id> entities) {
  std::vector<std::uint32_t> draws(entities.size() * draws_of_an_entity);
  luck.fill(entities, draws.data(), entities.size());
  return draws;
}

}  // namespace tuopin
