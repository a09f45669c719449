// The sharded population ("land"): the population of a region prepared for simulation, in one shard or cut into several
// shards ("parts", each a Ground) of whole counties. Households of different shards interact only through integers
// (places, money, quotas) that are combined at barriers of the year, so results do not depend on the number of shards.
#pragma once

#include <memory>

#include "engine/run/team.hpp"
#include "models/state/world.hpp"

namespace tuopin {

class Land {
 public:
  /// One shard that is owned by the caller and must outlive the land.
  explicit Land(const Ground& ground);
  /// Cuts the population into `parts` shards of whole counties with about equal numbers of households; at most one
  /// shard per county. A single shard refers to the population, which must outlive the land; several shards are copies.
  Land(const Population& population, std::size_t parts, double share);

  /// A block, identified by its shard and its number within the shard.
  struct Cell {
    std::uint32_t part = 0, block = 0;
  };

  std::span<const Ground* const> parts() const { return parts_; }
  /// All blocks of all shards, in the order of rows: the units of work of a year.
  std::span<const Cell> cells() const { return cells_; }
  const Block& block(const Cell& cell) const { return parts_[cell.part]->blocks[cell.block]; }

  std::uint32_t counties() const { return parts_.front()->counties; }
  double share() const { return parts_.front()->share; }
  /// The keys of the whole region, also if this population is a sample of it.
  const CountyKeys& whole_keys() const {
    const CountyKeys& whole = parts_.front()->population->whole_keys;
    return whole.empty() ? parts_.front()->county_keys : whole;
  }
  std::uint32_t largest_block() const;

 private:
  void list_cells();
  std::vector<Population> populations_;  ///< of the shards, if they are copies
  std::vector<std::unique_ptr<Ground>> own_;
  std::vector<const Ground*> parts_;
  std::vector<Cell> cells_;
};

/// The state of one trajectory: one world for each shard.
struct Worlds {
  Worlds(const Land& of, const Region& region, const std::shared_ptr<const StateSchema>& schema, std::uint64_t seed,
         std::uint64_t replicate);
  World& at(const Land::Cell& cell) { return parts[cell.part]; }
  const World& at(const Land::Cell& cell) const { return parts[cell.part]; }
  int year() const { return parts.front().year; }
  bool base_year() const { return parts.front().base_year(); }

  const Land* land;
  std::vector<World> parts;
};

/// State hash of a year: an order-free sum over households.
std::uint64_t state_hash(const Worlds& worlds, std::span<const std::uint32_t> programme_names,
                         const Team& team = Threads());
/// The same from the sums of all blocks (state_sum).
std::uint64_t state_hash_of_sums(const Worlds& worlds, std::span<const std::uint64_t> sums_of_cells);

}  // namespace tuopin
