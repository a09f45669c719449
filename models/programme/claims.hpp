// From eligibility to grants: who may, who is reached, who wants it, who comes first, who gets it.
//
//   reached     unless a lasting draw falls below exclusion · exclusion_by
//   takes up    with probability take_up
//   score       s + noise_sd · sd(s among claims) · n;  with probability `capture` a claim jumps the queue
//   rank        score (32 bits), then luck (32 bits), then id
//             the spread sd(s) is that of all claims in whole 65536ths, before a household's best claim is chosen;
//             the year's draws of `programme.NAME.targeting`: 0 take-up, 1 noise n, 2 capture, 3 luck between ties
//   cost      of the first year: (payments + units · (once + per_year)) and its share of administration, rounded up
//   granted     the largest prefix of the ranking that fits places and money, by pool (engine/money/allocation.hpp)
#pragma once

#include "engine/money/allocation.hpp"
#include "engine/run/team.hpp"
#include "models/programme/programme.hpp"
#include "models/state/land.hpp"

namespace tuopin {

/// A unit that claims.
struct Candidate {
  std::uint32_t row, household, tie;  ///< `row` of the person, or of the household; `tie`: luck between equal scores
  std::uint64_t entity;
  double score, noise;
  bool jumps;
};

/// Sums of scores in whole units of 2^-16, so that no order of rows changes their spread.
struct ScoreSums {
  __extension__ typedef __int128 wide;
  std::int64_t n = 0;
  wide sum = 0, squares = 0;

  void add(double score);
  void add(const ScoreSums& other);
  /// Standard deviation among all claims; 0 for fewer than two.
  double spread() const;
};

/// Claims of a block in the order of rows.
struct BlockClaims {
  std::vector<Candidate> candidates;
  ScoreSums scores;
  std::int64_t eligible_persons = 0, applied_persons = 0;
};

/// Lists that a member of the team reuses from block to block.
struct SearchLists {
  std::vector<std::uint32_t> rows, at, entities, draws, lasting, of_noise;
  std::vector<double> excluded_by, score, noise;
};

/// Claims of one block of a world in which `state` holds who is enrolled.
BlockClaims find_claims(const World& world, const Programme& programme, const ProgrammeState& state, const Block& block,
                        SearchLists& lists);

/// The claims of one programme in one year, block by block: found, ranked, granted.
class ClaimBook {
 public:
  std::vector<BlockClaims> found;  ///< by cell of the land
  std::vector<SearchLists> lists;  ///< by member of the team

  void open(std::size_t cells, std::size_t members);
  /// When all blocks are searched: the noise of the ranking, and room for the claims.
  void close_search(const Programme& programme);
  /// Ranks and prices the claims of one cell; of a household's members the best alone stays.
  void rank(const World& world, const Programme& programme, std::size_t cell);
  /// Leaves only the granted candidates.
  void grant(const Land& land, const Programme& programme, std::span<const Pool> pools, const Team& team);

 private:
  void grant_pool(Pool pool, std::size_t begin, std::size_t end);

  double noise_ = 0;                ///< added to a score for each standard normal
  std::vector<std::size_t> first_;  ///< place of each cell's first claim
  std::vector<Claim> claims_;
};

/// Pools of places and money: one for the region, or one a county, with its money by the programme's published key.
std::vector<Pool> make_pools(const Land& land, const Programme& programme, std::span<const std::int64_t> places,
                             std::int64_t fen);

}  // namespace tuopin
