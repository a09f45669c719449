// Random numbers ("luck") for all rows of a block, or for selected rows.
#pragma once

#include <algorithm>
#include <array>

#include "models/state/moment.hpp"

namespace tuopin {

constexpr std::size_t draws_of_an_entity = 8;  // definition: 32-bit draws in a block of luck

/// Eight random draws for every row of a block. Draw k of row i is draws[k * stride + i].
class BlockLuck {
 public:
  explicit BlockLuck(Binder& b) : draws_(b.mine<std::uint32_t>(draws_of_an_entity)) {}
  const std::uint32_t* of_block(const Moment::Visit& visit, const Luck& luck) const {
    luck.fill(visit.ids(), visit[draws_], visit.scratch.stride());
    return visit[draws_];
  }

 private:
  Temp<std::uint32_t> draws_;
};

/// Random draws for selected rows of a block. The draws looked up last are cached in scratch memory: a draw depends
/// only on its address, so trajectories that are stepped together can reuse each other's draws.
class RowLuck {
 public:
  /// `draws`: number of draws for each row, at most eight.
  RowLuck(Binder& b, std::uint32_t draws)
      : rows(b.mine<std::uint32_t>()), draws_(draws), found_(b.mine<std::uint32_t>(draws)),
        lacking_(b.mine<std::uint32_t>(3)), filled_(b.mine<std::uint32_t>(draws_of_an_entity)),
        label_(b.recalls<std::uint64_t>()), known_rows_(b.recalls<std::uint32_t>()),
        known_ids_(b.recalls<std::uint32_t>()), known_(b.recalls<Draws>()) {}

  Temp<std::uint32_t> rows;  ///< the selected rows, set by the caller: numbered within the block, ascending

  /// Draws for the first n of `rows`. Draw k of the i-th selected row is draws[k * stride + i].
  const std::uint32_t* of_rows(const Moment::Visit& visit, const Luck& luck, std::uint32_t n) const {
    const Label label = label_of(visit, luck);
    std::uint64_t* known = visit[label_];
    if (!std::equal(label.begin(), label.end(), known)) {
      look_up(visit, luck, n);
      std::ranges::copy(label, known);
      known[label.size()] = n;
      return visit[known_]->data();
    }
    const auto count = static_cast<std::uint32_t>(known[label.size()]);
    return known_as_they_are(visit, count, n) ? visit[known_]->data() : find(visit, luck, count, n);
  }

 private:
  /// Random stream, block and year of the cached draws; with any other label the cache is refilled.
  using Label = std::array<std::uint64_t, 5>;
  static Label label_of(const Moment::Visit& visit, const Luck& luck) {
    const auto [seed, replicate, process] = luck.address();
    return {seed, replicate, process, visit.cell, static_cast<std::uint64_t>(visit.world().year)};
  }
  using Draws = std::array<std::uint32_t, draws_of_an_entity>;

  void look_up(const Moment::Visit& visit, const Luck& luck, std::uint32_t n) const {
    const std::uint32_t* chosen = visit[rows];
    std::uint32_t* ids = visit[known_ids_];
    const std::span<const std::uint32_t> all = visit.ids();
    std::copy_n(chosen, n, visit[known_rows_]);
    for (std::uint32_t i = 0; i < n; ++i) ids[i] = all[chosen[i]];
    luck.fill(std::span<const std::uint32_t>(ids, n), visit[known_]->data(), visit.scratch.stride());
  }

  /// True if exactly these rows are cached. Ids are compared too, because equal row numbers may be other households.
  bool known_as_they_are(const Moment::Visit& visit, std::uint32_t known, std::uint32_t n) const {
    const std::uint32_t *chosen = visit[rows], *ids = visit[known_ids_];
    if (known != n || !std::equal(chosen, chosen + n, visit[known_rows_])) return false;
    const std::span<const std::uint32_t> all = visit.ids();
    bool same = true;
    for (std::uint32_t i = 0; i < n; ++i) same &= ids[i] == all[chosen[i]];
    return same;
  }

  /// Takes the draws that are cached and looks up the others. The cache is not changed.
  const std::uint32_t* find(const Moment::Visit& visit, const Luck& luck, std::uint32_t known, std::uint32_t n) const {
    const std::size_t stride = visit.scratch.stride();
    const std::uint32_t *chosen = visit[rows], *known_rows = visit[known_rows_], *known_ids = visit[known_ids_];
    const std::uint32_t* draws = visit[known_]->data();
    std::uint32_t* found = visit[found_];
    std::uint32_t *place = visit[lacking_], *ids = place + stride, *from = ids + stride;
    const std::span<const std::uint32_t> all = visit.ids();
    std::uint32_t lacking = 0, k = 0;
    for (std::uint32_t i = 0; i < n; ++i) {
      while (k < known && known_rows[k] < chosen[i]) ++k;
      const std::uint32_t id = all[chosen[i]];
      const bool is_known = k < known && known_rows[k] == chosen[i] && known_ids[k] == id;
      from[i] = is_known ? k : 0;
      place[lacking] = i;
      ids[lacking] = id;
      lacking += is_known ? 0 : 1;
    }
    for (std::uint32_t d = 0; d < draws_; ++d)
      for (std::uint32_t i = 0; i < n; ++i) found[d * stride + i] = draws[d * stride + from[i]];
    std::uint32_t* filled = visit[filled_];
    luck.fill(std::span<const std::uint32_t>(ids, lacking), filled, stride);
    for (std::uint32_t d = 0; d < draws_; ++d)
      for (std::uint32_t i = 0; i < lacking; ++i) found[d * stride + place[i]] = filled[d * stride + i];
    return found;
  }

  std::uint32_t draws_;
  Temp<std::uint32_t> found_, lacking_, filled_;
  Temp<std::uint64_t> label_;  ///< the first entries hold the label and the number of rows; the rest is unused
  Temp<std::uint32_t> known_rows_, known_ids_;
  Temp<Draws> known_;
};

/// Eight random draws for each entity: draw k of entity i is at [k * entities.size() + i].
template <typename Id>
std::vector<std::uint32_t> draws_of(const Luck& luck, std::span<const Id> entities) {
  std::vector<std::uint32_t> draws(entities.size() * draws_of_an_entity);
  luck.fill(entities, draws.data(), entities.size());
  return draws;
}

}  // namespace tuopin
