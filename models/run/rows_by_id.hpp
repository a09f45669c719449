// Where an entity stands on a land, by its id: whatever is saved or compared goes by ids, never by rows.
#pragma once

#include "models/state/land.hpp"

namespace tuopin {

class RowsById {
 public:
  enum class Of { households, persons };
  struct At {
    std::uint32_t part = 0, row = 0;
  };

  RowsById(const Land& land, Of entity);
  std::size_t size() const { return rows_.size(); }
  /// Throws DataError for an id that the land does not have.
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
