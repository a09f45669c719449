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

/// Claims of a block in the order of rows.
struct BlockClaims {
  std::vector<Candidate> candidates;
  std::int64_t eligible_persons = 0, applied_persons = 0;
};

/// Claims of a year, by block.
std::vector<BlockClaims> find_claims(const Worlds& worlds, const Programme& programme, std::size_t p, int threads);

/// Leaves only the granted candidates: one a household at most, its best. `places` (by pool) and `fen` are what is
/// there to grant.
void grant(const Worlds& worlds, const Programme& programme, std::span<const std::int64_t> places, std::int64_t fen,
           std::vector<BlockClaims>& claims, int threads);

/// Pools of places and money: one for the region, or one a county, with its money by the programme's published key.
std::vector<Pool> make_pools(const Land& land, const Programme& programme, std::span<const std::int64_t> places,
                             std::int64_t fen);

}  // namespace tuopin
