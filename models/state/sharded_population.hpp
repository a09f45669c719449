// The population of a region prepared for simulation, in one shard or cut into several shards of whole counties.
// Households of different shards interact only through integers (places, money, quotas) that are combined at barriers
// of the year, so results do not depend on the number of shards.
#pragma once

#include <memory>

#include "engine/run/team.hpp"
#include "models/state/world.hpp"

namespace tuopin {

class ShardedPopulation {
 public:
  /// One shard that is owned by the caller and must outlive this object.
  explicit ShardedPopulation(const Shard& shard);
  /// Cuts the population into `shards` shards of whole counties with about equal numbers of households; at most one
  /// shard per county. A single shard refers to the population, which must outlive the sharded; several shards are
  /// copies.
  ShardedPopulation(const Population& population, std::size_t shards, double share);

  /// A block, identified by its shard and its number within the shard.
  struct Cell {
    std::uint32_t shard = 0, block = 0;
  };

  std::span<const Shard* const> shards() const { return shards_; }
  /// All blocks of all shards, in the order of rows: the units of work of a year.
  std::span<const Cell> cells() const { return cells_; }
  const Block& block(const Cell& cell) const { return shards_[cell.shard]->blocks[cell.block]; }

  std::uint32_t counties() const { return shards_.front()->counties; }
  double share() const { return shards_.front()->share; }
  /// The keys of the whole region, also if this population is a sample of it.
  const CountyKeys& whole_keys() const {
    const CountyKeys& whole = shards_.front()->population->whole_keys;
    return whole.empty() ? shards_.front()->county_keys : whole;
  }
  std::uint32_t largest_block() const;

 private:
  void list_cells();
  std::vector<Population> populations_;  ///< of the shards, if they are copies
  std::vector<std::unique_ptr<Shard>> own_;
  std::vector<const Shard*> shards_;
  std::vector<Cell> cells_;
};

/// The state of one trajectory: one world for each shard.
struct Worlds {
  Worlds(const ShardedPopulation& of, const Region& region, const std::shared_ptr<const StateSchema>& schema,
         std::uint64_t seed, std::uint64_t replicate);
  World& at(const ShardedPopulation::Cell& cell) { return by_shard[cell.shard]; }
  const World& at(const ShardedPopulation::Cell& cell) const { return by_shard[cell.shard]; }
  int year() const { return by_shard.front().year; }
  bool base_year() const { return by_shard.front().base_year(); }

  const ShardedPopulation* sharded;
  std::vector<World> by_shard;
};

/// State hash of a year: an order-free sum over households.
std::uint64_t state_hash(const Worlds& worlds, std::span<const std::uint32_t> programme_names,
                         const Team& team = Threads());
/// The same from the sums of all blocks (state_sum).
std::uint64_t state_hash_of_sums(const Worlds& worlds, std::span<const std::uint64_t> sums_of_cells);

}  // namespace tuopin
