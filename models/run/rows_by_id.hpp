// Finds the shard and row of a household or person by its id. Saved and compared data refer to ids, never to rows.
#pragma once

#include "models/state/sharded_population.hpp"

namespace tuopin {

class RowsById {
 public:
  enum class Of { households, persons };
  struct At {
    std::uint32_t shard = 0, row = 0;
  };

  RowsById(const ShardedPopulation& sharded, Of entity);
  std::size_t size() const { return rows_.size(); }
  /// Throws DataError for an id that does not exist in this population.
  At at(std::uint32_t id) const;

 private:
  struct Entry {
    std::uint32_t id;
    At at;
  };
  Of entity_;
  std::vector<Entry> rows_;  ///< ascending by id
};

}  // namespace tuopin
