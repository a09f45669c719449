// The land: a whole region's population made ready to run, in one part or in several along counties. Whatever couples
// households of different parts (places, money, quotas) is a small whole number at a barrier of the year, so parts,
// like threads, change no bit.
#pragma once

#include <memory>

#include "engine/run/team.hpp"
#include "models/state/world.hpp"

namespace tuopin {

class Land {
 public:
  /// One part that stands elsewhere and outlives the land.
  explicit Land(const Ground& ground);
  /// The population in `parts` parts of whole counties, about equal in households; never more parts than counties.
  /// One part refers to the population, which must outlive the land; several are copies.
  Land(const Population& population, std::size_t parts, double share);

  /// Where a block stands.
  struct Cell {
    std::uint32_t part = 0, block = 0;
  };

  std::span<const Ground* const> parts() const { return parts_; }
  /// All blocks of all parts, in the order of rows: the units of work of a year.
  std::span<const Cell> cells() const { return cells_; }
  const Block& block(const Cell& cell) const { return parts_[cell.part]->blocks[cell.block]; }

  std::uint32_t counties() const { return parts_.front()->counties; }
  double share() const { return parts_.front()->share; }
  /// Of the whole region, also where the land is a sample of it.
  const CountyKeys& whole_keys() const {
    const CountyKeys& whole = parts_.front()->population->whole_keys;
    return whole.empty() ? parts_.front()->county_keys : whole;
  }
  std::uint32_t largest_block() const;

 private:
  void list_cells();
  std::vector<Population> populations_;  ///< of the parts, where they are copies
  std::vector<std::unique_ptr<Ground>> own_;
  std::vector<const Ground*> parts_;
  std::vector<Cell> cells_;
};

/// One scenario's worlds: one a part of the land.
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
/// The same from the sums of all cells (state_sum).
std::uint64_t state_hash_of_sums(const Worlds& worlds, std::span<const std::uint64_t> sums_of_cells);

}  // namespace tuopin
