// Two ways to the same grants: by sorting, and by histograms that close in on each pool's boundary.
#include "engine/money/allocation.hpp"

#include <algorithm>
#include <stdexcept>

namespace tuopin {

namespace {

bool ranks_before(const Claim& a, const Claim& b) {
  if (a.key != b.key) return a.key > b.key;
  if (a.id != b.id) return a.id < b.id;
  return a.row < b.row;
}

bool row_before(const Claim& a, const Claim& b) { return a.row != b.row ? a.row < b.row : a.id < b.id; }

void check(std::span<const Claim> claims, const std::vector<Pool>& pools) {
  bool sound = true;
  for (const Claim& claim : claims) sound &= (claim.units >= 0) & (claim.fen >= 0) & (claim.pool < pools.size());
  if (!sound) throw std::invalid_argument("allocation: a claim has a negative cost or no pool");
}

/// Walks down a ranking of many pools; marks what is granted by its index in `claims`.
void walk(std::span<const Claim> claims, std::span<const std::uint32_t> ranking, std::vector<Pool>& pools,
          std::vector<std::uint8_t>& granted) {
  std::vector<std::uint8_t> closed(pools.size(), 0);
  for (const std::uint32_t i : ranking) {
    const Claim& claim = claims[i];
    Pool& pool = pools[claim.pool];
    if (closed[claim.pool]) continue;
    if (claim.units > pool.units_left || claim.fen > pool.fen_left) {
      closed[claim.pool] = 1;
      continue;
    }
    pool.units_left -= claim.units;
    pool.fen_left -= claim.fen;
    granted[i] = 1;
  }
}

std::vector<Claim> collect(std::span<const Claim> claims, const std::vector<std::uint8_t>& granted) {
  std::vector<Claim> result;
  for (std::size_t i = 0; i < claims.size(); ++i) {
    if (granted[i]) result.push_back(claims[i]);
  }
  if (!std::is_sorted(result.begin(), result.end(), row_before)) std::sort(result.begin(), result.end(), row_before);
  return result;
}

void walk_sorted(std::span<const Claim> claims, std::vector<std::uint32_t>& candidates, std::vector<Pool>& pools,
                 std::vector<std::uint8_t>& granted) {
  std::sort(candidates.begin(), candidates.end(),
            [&](std::uint32_t a, std::uint32_t b) { return ranks_before(claims[a], claims[b]); });
  walk(claims, candidates, pools, granted);
}

constexpr std::int64_t too_much = std::numeric_limits<std::int64_t>::max();

/// Sums that stay at `too_much` once they would overflow: such a bin counts as one that does not fit, which is exact,
/// because a bin that does not fit is only looked at more closely.
void add(std::int64_t& sum, std::int64_t value) {
  if (__builtin_add_overflow(sum, value, &sum)) sum = too_much;
}

/// Keys of one pool's candidates, cut into equal bins.
struct Scale {
  std::uint64_t lowest = ~std::uint64_t{0}, highest = 0;
  int shift = 0;
  std::int64_t boundary = -1;  ///< bins above are granted, below refused; -1: everything was granted

  void cut(int bin_bits) {
    const int width = lowest <= highest ? static_cast<int>(std::bit_width(highest - lowest)) : 0;
    shift = std::max(0, width - bin_bits);
  }
  std::size_t bin(std::uint64_t key) const { return static_cast<std::size_t>((key - lowest) >> shift); }
};

struct Bin {
  std::int64_t units = 0, fen = 0;
};

/// One round: bins of the candidates' keys by pool; whole bins are granted from the top while they fit; what remains are
/// the candidates of the bin that does not fit. A bin is at most 2^-bin_bits of the range, so rounds are few.
void close_in(std::span<const Claim> claims, std::vector<std::uint32_t>& candidates, std::vector<Pool>& pools,
              std::vector<std::uint8_t>& granted, int bin_bits) {
  std::vector<Scale> scales(pools.size());
  for (const std::uint32_t i : candidates) {
    Scale& scale = scales[claims[i].pool];
    scale.lowest = std::min(scale.lowest, claims[i].key);
    scale.highest = std::max(scale.highest, claims[i].key);
  }
  for (Scale& scale : scales) scale.cut(bin_bits);

  std::vector<Bin> bins(pools.size() << bin_bits);
  for (const std::uint32_t i : candidates) {
    const Claim& claim = claims[i];
    Bin& bin = bins[(std::size_t{claim.pool} << bin_bits) + scales[claim.pool].bin(claim.key)];
    add(bin.units, claim.units);
    add(bin.fen, claim.fen);
  }
  const auto per_pool = std::int64_t{1} << bin_bits;
  for (std::size_t p = 0; p < pools.size(); ++p) {
    std::int64_t b = per_pool - 1;
    for (; b >= 0; --b) {
      const Bin& bin = bins[(p << bin_bits) + static_cast<std::size_t>(b)];
      if (bin.units == too_much || bin.fen == too_much) break;
      if (bin.units > pools[p].units_left || bin.fen > pools[p].fen_left) break;
      pools[p].units_left -= bin.units;
      pools[p].fen_left -= bin.fen;
    }
    scales[p].boundary = b;
  }
  std::size_t kept = 0;
  for (const std::uint32_t i : candidates) {
    const Scale& scale = scales[claims[i].pool];
    const auto bin = static_cast<std::int64_t>(scale.bin(claims[i].key));
    if (bin > scale.boundary) granted[i] = 1;
    if (bin == scale.boundary) candidates[kept++] = i;
  }
  candidates.resize(kept);
}

}  // namespace

std::vector<Claim> allocate_by_sorting(std::span<const Claim> claims, std::vector<Pool>& pools) {
  check(claims, pools);
  std::vector<std::uint32_t> ranking(claims.size());
  for (std::uint32_t i = 0; i < ranking.size(); ++i) ranking[i] = i;
  std::vector<std::uint8_t> granted(claims.size(), 0);
  walk_sorted(claims, ranking, pools, granted);
  return collect(claims, granted);
}

std::vector<Claim> allocate(std::span<const Claim> claims, std::vector<Pool>& pools) {
  check(claims, pools);
  std::vector<std::uint32_t> candidates(claims.size());
  for (std::uint32_t i = 0; i < candidates.size(); ++i) candidates[i] = i;
  std::vector<std::uint8_t> granted(claims.size(), 0);

  // 2^13 bins in all stay in the nearest caches; never fewer than 16 a pool.
  const int pool_bits = static_cast<int>(std::bit_width(pools.size()));
  const int bin_bits = std::clamp(13 - pool_bits, 4, 10);
  // A pool with negative room grants nothing, which no bin can say when the bin is empty: leave it to the walk.
  const bool plain = std::any_of(pools.begin(), pools.end(), [](const Pool& p) { return p.units_left < 0 || p.fen_left < 0; });
  const std::size_t few = 64 + 2 * pools.size();
  for (std::size_t before = 0; !plain && candidates.size() > few && candidates.size() != before;) {
    before = candidates.size();
    close_in(claims, candidates, pools, granted, bin_bits);
  }
  walk_sorted(claims, candidates, pools, granted);
  return collect(claims, granted);
}

}  // namespace tuopin
