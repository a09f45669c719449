#include "models/state/land.hpp"

#include <algorithm>

namespace tuopin {

Land::Land(const Ground& ground) : parts_{&ground} { list_cells(); }

Land::Land(const Population& population, std::size_t parts, double share) {
  if (parts > 1) populations_ = split_by_county(population, parts);
  if (populations_.empty())
    own_.push_back(std::make_unique<Ground>(population));
  else
    for (const Population& part : populations_) own_.push_back(std::make_unique<Ground>(part));
  // Keys are those of the region: every shard holds the keys of all counties.
  for (auto& [name, keys] : own_.front()->county_keys) {
    if (name == "registered_persons" || name == "even") continue;  // already complete in every shard
    for (std::size_t part = 1; part < own_.size(); ++part)
      for (std::size_t c = 0; c < keys.size(); ++c) keys[c] += own_[part]->county_keys.at(name)[c];
  }
  for (auto& ground : own_) {
    ground->county_keys = own_.front()->county_keys;
    ground->share = share;
    parts_.push_back(ground.get());
  }
  list_cells();
}

void Land::list_cells() {
  for (std::uint32_t part = 0; part < parts_.size(); ++part)
    for (std::uint32_t block = 0; block < parts_[part]->blocks.size(); ++block) cells_.push_back({part, block});
}

std::uint32_t Land::largest_block() const {
  std::uint32_t largest = 0;
  for (const Ground* part : parts_) largest = std::max(largest, tuopin::largest_block(part->blocks));
  return largest;
}

Worlds::Worlds(const Land& of, const Region& region, const std::shared_ptr<const StateSchema>& schema,
               std::uint64_t seed, std::uint64_t replicate)
    : land(&of) {
  parts.reserve(of.parts().size());
  for (const Ground* ground : of.parts()) parts.emplace_back(*ground, region, schema, seed, replicate);
}

std::uint64_t state_hash(const Worlds& worlds, std::span<const std::uint32_t> programme_names, const Team& team) {
  const auto cells = worlds.land->cells();
  std::vector<std::uint64_t> sums(cells.size());
  team.for_each(cells.size(), [&](std::size_t i, std::size_t) {
    sums[i] = state_sum(worlds.at(cells[i]), cells[i].block, programme_names);
  });
  return state_hash_of_sums(worlds, sums);
}

std::uint64_t state_hash_of_sums(const Worlds& worlds, std::span<const std::uint64_t> sums_of_cells) {
  std::uint64_t sum = shared_sum(worlds.parts.front());  // the same in every part
  for (const std::uint64_t part : sums_of_cells) sum += part;
  return state_hash(sum, worlds.year());
}

}  // namespace tuopin
