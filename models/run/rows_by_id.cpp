#include "models/run/rows_by_id.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/base/errors.hpp"

namespace tuopin {

RowsById::RowsById(const ShardedPopulation& sharded, Of entity) : entity_(entity) {
  for (std::uint32_t shard = 0; shard < sharded.shards().size(); ++shard) {
    const Shard& of = *sharded.shards()[shard];
    const auto ids = entity == Of::households ? of.people.id : of.person_id;
    for (std::uint32_t row = 0; row < ids.size(); ++row) rows_.push_back({ids[row], {shard, row}});
  }
  std::sort(rows_.begin(), rows_.end(), [](const Entry& a, const Entry& b) { return a.id < b.id; });
}

RowsById::At RowsById::at(std::uint32_t id) const {
  const auto found = std::lower_bound(rows_.begin(), rows_.end(), id,
                                      [](const Entry& entry, std::uint32_t wanted) { return entry.id < wanted; });
  if (found == rows_.end() || found->id != id)
    throw DataError(message("holds {} {}, whom the population does not have",
                            entity_ == Of::households ? "household" : "person", id));
  return found->at;
}

}  // namespace tuopin
