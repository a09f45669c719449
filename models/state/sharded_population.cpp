#include "models/state/sharded_population.hpp"

#include <algorithm>

namespace tuopin {

ShardedPopulation::ShardedPopulation(const Shard& shard) : shards_{&shard} { list_cells(); }

ShardedPopulation::ShardedPopulation(const Population& population, std::size_t shards, double share) {
  if (shards > 1) populations_ = split_by_county(population, shards);
  if (populations_.empty())
    own_.push_back(std::make_unique<Shard>(population));
  else
    for (const Population& shard : populations_) own_.push_back(std::make_unique<Shard>(shard));
  // Keys are those of the region: every shard holds the keys of all counties.
  for (auto& [name, keys] : own_.front()->county_keys) {
    if (name == "registered_persons" || name == "even") continue;  // already complete in every shard
    for (std::size_t shard = 1; shard < own_.size(); ++shard)
      for (std::size_t c = 0; c < keys.size(); ++c) keys[c] += own_[shard]->county_keys.at(name)[c];
  }
  for (auto& shard : own_) {
    shard->county_keys = own_.front()->county_keys;
    shard->share = share;
    shards_.push_back(shard.get());
  }
  list_cells();
}

void ShardedPopulation::list_cells() {
  for (std::uint32_t shard = 0; shard < shards_.size(); ++shard)
    for (std::uint32_t block = 0; block < shards_[shard]->blocks.size(); ++block) cells_.push_back({shard, block});
}

std::uint32_t ShardedPopulation::largest_block() const {
  std::uint32_t largest = 0;
  for (const Shard* shard : shards_) largest = std::max(largest, tuopin::largest_block(shard->blocks));
  return largest;
}

Worlds::Worlds(const ShardedPopulation& of, const Region& region, const std::shared_ptr<const StateSchema>& schema,
               std::uint64_t seed, std::uint64_t replicate)
    : sharded(&of) {
  by_shard.reserve(of.shards().size());
  for (const Shard* shard : of.shards()) by_shard.emplace_back(*shard, region, schema, seed, replicate);
}

std::uint64_t state_hash(const Worlds& worlds, std::span<const std::uint32_t> programme_names, const Team& team) {
  const auto cells = worlds.sharded->cells();
  std::vector<std::uint64_t> sums(cells.size());
  team.for_each(cells.size(), [&](std::size_t i, std::size_t) {
    sums[i] = state_sum(worlds.at(cells[i]), cells[i].block, programme_names);
  });
  return state_hash_of_sums(worlds, sums);
}

std::uint64_t state_hash_of_sums(const Worlds& worlds, std::span<const std::uint64_t> sums_of_cells) {
  std::uint64_t sum = shared_sum(worlds.by_shard.front());  // the same in every shard
  for (const std::uint64_t shard : sums_of_cells) sum += shard;
  return state_hash(sum, worlds.year());
}

}  // namespace tuopin
