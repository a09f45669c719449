// The moment: all data of one trajectory that the steps of a year read and change. A visit is the access to one block.
#pragma once

#include "engine/run/binder.hpp"
#include "engine/run/year.hpp"
#include "models/state/programme_tally.hpp"
#include "models/state/sharded_population.hpp"

namespace tuopin {

class Treasury;         // models/programme/treasury.hpp
struct PovertyHistory;  // models/measures/sums.hpp

/// Working memory of a run, which is not part of the state: scratch memory by member of the team, and the values that
/// steps keep for later steps.
struct Workspace {
  Workspace(const ShardedPopulation& sharded, std::size_t members, const YearNeeds& needs);
  std::vector<ScratchRows> scratch;
  std::vector<Stopwatch*> watches;  ///< by member; null unless a benchmark measures time
  Kept kept;
  SumsOfYear sums;  ///< by county
};

struct Moment {
  /// Access to one block of one world. A look step gets it as const, and then the world is const too.
  class Visit {
   public:
    Visit(Moment& moment, std::size_t at, std::size_t of_team)
        : moment_(moment), world_(moment.worlds.at(moment.sharded().cells()[at])), cell(at),
          number(moment.sharded().cells()[at].block), block(moment.sharded().block(moment.sharded().cells()[at])),
          member(of_team), scratch(moment.scratch.empty() ? moment.work.scratch[of_team] : moment.scratch[of_team]) {}
    const World& world() const { return world_; }
    World& world() { return world_; }

    // Arrays over the block's rows: index 0 is the first row of the block.
    template <typename T>
    T* operator[](Temp<T> temp) const {
      return scratch[temp];
    }
    /// Columns of households.
    template <typename T>
    const T* operator[](Reads<T> column) const {
      return world_.state[column] + block.begin;
    }
    template <typename T>
    T* operator[](Writes<T> column) {
      return world_.state[column] + block.begin;
    }
    /// The block's rows of a child table; their parent rows are counted from the first household of the block.
    const ChildRows& operator[](ReadsRows child) const { return world().state.rows(child, number); }
    ChildRows& operator[](ChangesRows child) { return world_.state.rows(child, number); }
    std::uint32_t rows() const { return block.size(); }
    std::span<const std::uint32_t> ids() const { return world_.shard.people.id.subspan(block.begin, block.size()); }
    const Moment& moment() const { return moment_; }
    /// Kept values. Block steps may change only the entry of their own block or member.
    Kept& kept() const { return moment_.work.kept; }
    Workspace& work() const { return moment_.work; }
    /// Adds to a sum of the block's county.
    void add(SumHandle sum, std::int64_t amount) { work().sums.add(member, block.county, sum, amount); }

   private:
    Moment& moment_;
    World& world_;

   public:
    const std::size_t cell;      ///< number of the block in the whole population
    const std::uint32_t number;  ///< number of the block in its shard
    const Block block;
    const std::size_t member;  ///< number of the team member that runs the visit
    const ScratchRows& scratch;
  };

  Worlds& worlds;
  int year;
  Treasury& treasury;
  YearTallies& tallies;
  std::span<const PovertyHistory> histories;  ///< by shard
  Workspace& work;
  std::span<const ScratchRows> scratch = {};  ///< by member, shared by moments stepped together; empty: that of `work`
  std::span<std::uint64_t> state_sums = {};   ///< by block, filled at the end of the year; empty if not requested

  const ShardedPopulation& sharded() const { return *worlds.sharded; }
  /// For barriers: sets a value of a county, or of the region (row 0), which is stored in every shard.
  template <typename T>
  void set(Writes<T> column, std::size_t row, T value) {
    for (World& world : worlds.by_shard) world[column][row] = value;
  }
  bool base_year() const { return year == worlds.by_shard.front().region.base_year; }
  std::size_t blocks() const { return sharded().cells().size(); }
  Visit visit(std::size_t block, std::size_t member) { return {*this, block, member}; }
  Stopwatch* watch(std::size_t member) { return work.watches[member]; }
};

using Year = YearOf<Moment>;

}  // namespace tuopin
