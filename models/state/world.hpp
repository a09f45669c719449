// The world: the state of one shard of the population under one scenario, parameter draw and replicate.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/base/ids.hpp"
#include "engine/base/luck.hpp"
#include "engine/data/state.hpp"
#include "engine/run/binder.hpp"
#include "engine/run/blocks.hpp"
#include "models/scenario/region.hpp"
#include "models/state/population.hpp"
#include "models/state/schema.hpp"
#include "models/state/steady_units.hpp"

namespace tuopin {

/// Columns of the population, looked up once. They never change during a run.
struct PeopleColumns {
  explicit PeopleColumns(const Population& population);
  std::span<const std::uint32_t> id, village, person_begin;
  std::span<const std::uint16_t> weight;
  std::span<const std::uint8_t> members, able_workers;
  std::span<const float> permanent_score, share_wage, share_business, share_property, share_transfer;
  std::span<const std::uint32_t> village_id, village_county, village_begin, county_id;
};

/// Poverty lines of a year, in yuan per head and year.
struct Lines {
  double statistical = 0, administrative = 0, allowance = 0;
};
/// The region's lines of a year, or the scenario's own (`[lines]`) from their first year on.
Lines lines_of(const Settings& scenario, const Region& region, int year);

/// One shard of the population (it may be the whole), prepared for simulation: its blocks and columns, shared
/// by all worlds. Counties are numbered as in the whole region, also if the shard holds only some of them.
struct Shard {
  explicit Shard(const Population& population);
  const Population* population;
  PeopleColumns people;
  std::span<const std::uint32_t> person_id, person_household;
  std::vector<Block> blocks;
  std::vector<std::uint32_t> block_begin;  ///< first household row of each block
  std::vector<std::int32_t> persons;       ///< members times weight, by household row
  std::uint32_t rows, villages, counties;
  CountyKeys county_keys;  ///< of all simulated counties, also those of other shards
  double share = 1;        ///< share of the register population that is simulated (below 1 for a sample of villages)
  std::shared_ptr<KeptSteadyUnits> steady_units = std::make_shared<KeptSteadyUnits>(most_steady_rules);
};

/// One enrolment in a programme.
struct Enrolment {
  std::uint32_t household = 0;  ///< row
  std::uint32_t person = 0;     ///< row; the first member if the unit is the household
  std::uint16_t entered = 0;    ///< calendar year of entry
  std::uint8_t detail = 0;      ///< a value that the verb stores: the crop of a plot
  std::uint32_t own_land = 0;   ///< of a plot: part on the household's own arable land, 0.01 mu
};

struct ProgrammeState {
  std::vector<std::vector<Enrolment>> enrolled;  ///< by block, ascending by household row
  std::vector<std::uint8_t> holds;               ///< by household row: 1 if enrolled now
};

/// All enrolments of a programme, ascending by household row.
std::vector<Enrolment> everyone_enrolled(const ProgrammeState& state);

/// The state of one shard under one scenario, draw and replicate.
class World {
 public:
  World(const Shard& shard, const Region& region, std::shared_ptr<const StateSchema> schema, std::uint64_t seed,
        std::uint64_t replicate);
  World(const World&) = default;
  World& operator=(const World&) = delete;

  const Shard& shard;
  const Region& region;  ///< drawn
  std::shared_ptr<const StateSchema> schema;
  std::uint64_t seed, replicate;
  int year;
  Lines lines, lines_before;
  State state;
  std::vector<ProgrammeState> programmes;

  template <typename T>
  const T* operator[](Reads<T> column) const {
    return state[column];
  }
  template <typename T>
  T* operator[](Writes<T> column) {
    return state[column];
  }
  /// A changing column of households by name, for reading from outside the year.
  template <typename T>
  std::span<const T> household(std::string_view column) const {
    return state.table(household_level).column<T>(column);
  }

  bool base_year() const { return year == region.base_year; }
  Luck luck(LuckName name) const { return {seed, replicate, name.process, year, name.kind}; }
  /// Random numbers that are the same in every year.
  Luck lasting_luck(LuckName name) const { return {seed, replicate, name.process, 0, name.kind}; }
  /// `before`: the lines of the year before.
  void begin_year(int new_year, const Lines& of_year, const Lines& before);
  /// Changes to another schema: columns that both have keep their values, new ones get initial values.
  void take(std::shared_ptr<const StateSchema> columns);
};

/// Contribution of a block to the state hash: its households, villages, child rows and enrolments.
std::uint64_t state_sum(const World& world, std::size_t block, std::span<const std::uint32_t> programme_names);
/// Contribution of counties and the region.
std::uint64_t shared_sum(const World& world);
/// The state hash of a year from the sum over all blocks; independent of the order of blocks and of shards.
std::uint64_t state_hash(std::uint64_t sum_of_blocks, int year);

}  // namespace tuopin
