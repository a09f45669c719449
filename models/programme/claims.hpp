// From eligibility to grants: which eligible units are reached, take up the programme, are ranked and are granted.
//
//   reached     unless a lasting draw falls below exclusion · exclusion_by
//   takes up    with probability take_up
//   score       s + noise_sd · sd(s among claims) · n;  with probability `capture` a claim jumps the queue
//   rank        score (32 bits), then luck (32 bits), then id
//             the spread sd(s) is that of all claims in whole 65536ths, before a household's best claim is chosen;
//             the year's draws of `programme.NAME.targeting`: 0 take-up, 1 noise n, 2 capture, 3 luck between ties
//   cost      of the first year: (payments + units · (once + per_year)) and its share of administration, rounded up
//   granted     the largest prefix of the ranking that fits places and money, by pool (engine/money/allocation.hpp)
//
// Random draws are looked up only for claims that need them; a draw depends on its own address alone, so this does not
// change any other draw.
#pragma once

#include "engine/money/allocation.hpp"
#include "engine/run/team.hpp"
#include "models/programme/programme.hpp"
#include "models/state/sharded_population.hpp"

namespace tuopin {

/// Sums of scores in integer units of 2^-16, so that their spread does not depend on the order of rows.
struct ScoreSums {
  __extension__ typedef __int128 wide;
  std::int64_t n = 0;
  wide sum = 0, squares = 0;

  void add(double score);
  void add(std::span<const double> scores);
  void add(const ScoreSums& other);
  /// Standard deviation among all claims; 0 for fewer than two.
  double spread() const;
};

/// Claims of a block in the order of rows, column by column. The object is reused from programme to programme to save
/// allocations.
struct BlockClaims {
  Eligibility::Units unit;
  std::vector<std::uint32_t> entity;
  // Needed until ranks are computed.
  std::vector<double> score;
  std::vector<std::uint32_t> noise, capture;  ///< draws
  // Needed from then on.
  std::vector<std::uint32_t> tie;  ///< draw: luck between equal scores
  std::vector<float> rank;
  std::vector<std::uint32_t> units;
  std::vector<std::int64_t> paid, fen;  ///< payment to the household in the first year (empty if none); total cost
  std::vector<std::uint8_t> granted;

  ScoreSums scores;
  std::int64_t eligible_persons = 0, applied_persons = 0;

  std::size_t size() const { return unit.row.size(); }
  std::uint32_t household(std::size_t i) const { return unit.household[i]; }
};

/// Work lists of one member of the team, reused from block to block.
struct SearchLists {
  std::vector<std::uint8_t> marks;
  std::vector<std::uint32_t> at, draws, lasting;
  std::vector<double> excluded_by, noise;
  std::vector<Recipient> recipients;

  /// Rules of the programme, bound to the data of one world for one year.
  struct Bound {
    const World* world;
    BoundRule score, exclusion_by;
  };
  std::shared_ptr<Bound> bound;
};

/// Looks up the draws for the ranking of all claims, if the search has not done so.
void draw_ranking(const World& world, const Programme& programme, SearchLists& lists, BlockClaims& claims);

/// The claims of one programme in one year, by block. The methods are called in this order.
class ClaimBook {
 public:
  std::vector<BlockClaims> found;  ///< by block

  /// Prepares the search.
  void open(const Worlds& worlds, const Programme& programme, std::size_t members);
  /// Finds the claims of one block; `state` says who is enrolled already.
  void search(const World& world, const Programme& programme, const ProgrammeState& state, std::size_t cell,
              std::size_t member);
  /// After all blocks were searched: computes the scale of the ranking noise.
  void close_search(const Programme& programme);
  /// Ranks and prices the claims of one block; of the members of a household only the best claim is kept.
  void rank(const World& world, const Programme& programme, std::size_t cell, std::size_t member);
  /// Marks the granted claims.
  void grant(const Worlds& worlds, const Programme& programme, std::span<const Pool> pools, const Team& team);

 private:
  void grant_pool(const Worlds& worlds, const Programme& programme, Pool pool, std::size_t begin, std::size_t end,
                  std::size_t member);

  std::vector<KeptSteadyUnits::Made> steady_;  ///< by shard
  std::vector<ShardedPopulation::Cell> cells_;
  std::vector<SearchLists> lists_;  ///< by member of the team
  double noise_ = 0;                ///< standard deviation of the noise added to scores
};

/// Pools of places and money: one for the region, or one per county; the money is distributed by the programme's key.
std::vector<Pool> make_pools(const ShardedPopulation& sharded, const Programme& programme,
                             std::span<const std::int64_t> places, std::int64_t fen);

}  // namespace tuopin
