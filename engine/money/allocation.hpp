// Allocation of places and money to claims. For each pool, grants the largest prefix of the ranking whose total cost
// fits.
//
//   ranking   highest key first; equal keys by lower id (then lower row): a total order, so the result does not depend
//             on the order in which claims arrive
//   fits      units and fen of the prefix are within what the pool has left
//   stops     at the first claim that does not fit: a cheaper claim further down never overtakes it
#pragma once

#include <bit>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace tuopin {

struct Claim {
  std::uint64_t key = 0;  ///< ranking_key(score, luck): higher is served earlier
  std::uint64_t id = 0;   ///< id of the entity: decides between equal keys
  std::uint32_t row = 0;  ///< row of the caller, to identify the claim in the result
  std::uint32_t pool = 0;
  std::int64_t units = 0;  ///< not negative
  std::int64_t fen = 0;    ///< cost in full, not negative
};

struct Pool {
  std::int64_t units_left = 0;
  std::int64_t fen_left = 0;
};

/// Maps a float to an unsigned integer with the same order; -0 as +0, NaN below everything.
constexpr std::uint32_t order_preserving(float score) {
  if (score != score) return 0;
  const std::uint32_t bits = std::bit_cast<std::uint32_t>(score + 0.0f);
  return bits >> 31 ? ~bits : bits | 0x80000000u;
}

constexpr float highest_rank = std::numeric_limits<float>::max();

/// Scores are ranked as floats: those that agree to seven digits are ties.
constexpr float rank_of(double score) {
  constexpr double most = highest_rank;
  return static_cast<float>(score > most ? most : score < -most ? -most : score);
}

/// Key of a claim: rank in the upper 32 bits, random number in the lower.
constexpr std::uint64_t ranking_key(double score, std::uint32_t luck) {
  return std::uint64_t{order_preserving(rank_of(score))} << 32 | luck;
}

/// Returns the granted claims, ordered by row, and reduces the pools by their cost. Uses histograms of the keys, which
/// avoids sorting all claims. Throws std::invalid_argument for a claim with a negative cost or an unknown pool.
std::vector<Claim> allocate(std::span<const Claim> claims, std::vector<Pool>& pools);

/// The same by sorting all claims: a simple version, against which the fast one is tested.
std::vector<Claim> allocate_by_sorting(std::span<const Claim> claims, std::vector<Pool>& pools);

/// Some claims of one pool, column by column. A claim's key is ranking_key(rank, luck).
struct ClaimColumns {
  std::span<const float> rank;
  std::span<const std::uint32_t> luck, id, units;
  std::span<const std::int64_t> fen;
  std::span<std::uint8_t> granted;  ///< written: 1 or 0
  std::size_t size() const { return rank.size(); }
};

/// True if all claims together fit into the pool. Throws std::invalid_argument for a claim with a negative cost.
bool all_fit(std::span<const ClaimColumns> slices, const Pool& pool);

/// Grants as `allocate` does, for the slices of one pool together. If all claims fit, none is ranked; otherwise only
/// the claims in the rank bin in which places or money end are sorted. Later slices must have higher rows.
void allocate(std::span<const ClaimColumns> slices, Pool& pool);

}  // namespace tuopin
