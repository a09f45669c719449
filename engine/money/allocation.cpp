// Two ways to the same grants: by sorting, and by histograms that close in on each pool's boundary.
#include "engine/money/allocation.hpp"

#include <algorithm>
#include <numeric>
#include <stdexcept>

namespace tuopin {

namespace {

bool ranks_before(const Claim& a, const Claim& b) {
  if (a.key != b.key) return a.key > b.key;
  if (a.id != b.id) return a.id < b.id;
  return a.row < b.row;
}

bool row_before(const Claim& a, const Claim& b) { return a.row != b.row ? a.row < b.row : a.id < b.id; }

/// Throws for a claim that makes no sense. True when the costs of all claims together stay within 64 bits.
bool check(std::span<const Claim> claims, const std::vector<Pool>& pools) {
  std::int64_t either_sign = 0, units = 0, fen = 0;
  std::uint32_t last_pool = 0;
  bool overflow = false;
  for (const Claim& claim : claims) {
    either_sign |= claim.units | claim.fen;
    last_pool = std::max(last_pool, claim.pool);
    overflow |= __builtin_add_overflow(units, claim.units, &units);
    overflow |= __builtin_add_overflow(fen, claim.fen, &fen);
  }
  if (either_sign < 0) throw std::invalid_argument("allocation: a claim has a negative cost");
  if (!claims.empty() && last_pool >= pools.size()) throw std::invalid_argument("allocation: a claim has no pool");
  return !overflow;
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
  result.reserve(static_cast<std::size_t>(std::count(granted.begin(), granted.end(), std::uint8_t{1})));
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

/// All claims, as a list of indices that needs no memory.
struct Everyone {
  std::size_t count;
  std::size_t size() const { return count; }
  std::uint32_t operator[](std::size_t i) const { return static_cast<std::uint32_t>(i); }
};

/// Grants whole bins from the top while they fit. Costs are not negative: the prefix stops inside the first that does
/// not.
std::int64_t grant_bins(const Bin* bins, std::int64_t count, Pool& pool) {
  std::int64_t b = count - 1;
  for (; b >= 0 && bins[b].units <= pool.units_left && bins[b].fen <= pool.fen_left; --b) {
    pool.units_left -= bins[b].units;
    pool.fen_left -= bins[b].fen;
  }
  return b;
}

/// One round: bins of the candidates' keys by pool; whole bins are granted from the top while they fit. Returns the
/// claims of the bins that did not fit. A bin is about 2^-bin_bits of the range of keys, so rounds are few.
template <typename Indices>
std::vector<std::uint32_t> close_in(std::span<const Claim> claims, const Indices& candidates, std::vector<Pool>& pools,
                                    std::vector<std::uint8_t>& granted, int bin_bits) {
  std::vector<Scale> scales(pools.size());
  for (std::size_t c = 0; c < candidates.size(); ++c) {
    const Claim& claim = claims[candidates[c]];
    Scale& scale = scales[claim.pool];
    scale.lowest = std::min(scale.lowest, claim.key);
    scale.highest = std::max(scale.highest, claim.key);
  }
  for (Scale& scale : scales) scale.cut(bin_bits);

  std::vector<Bin> bins(pools.size() << bin_bits);
  for (std::size_t c = 0; c < candidates.size(); ++c) {
    const Claim& claim = claims[candidates[c]];
    Bin& bin = bins[(std::size_t{claim.pool} << bin_bits) + scales[claim.pool].bin(claim.key)];
    bin.units += claim.units;
    bin.fen += claim.fen;
  }
  for (std::size_t p = 0; p < pools.size(); ++p)
    scales[p].boundary = grant_bins(&bins[p << bin_bits], std::int64_t{1} << bin_bits, pools[p]);

  std::vector<std::uint32_t> undecided;
  for (std::size_t c = 0; c < candidates.size(); ++c) {
    const std::uint32_t i = candidates[c];
    const Scale& scale = scales[claims[i].pool];
    const auto bin = static_cast<std::int64_t>(scale.bin(claims[i].key));
    granted[i] = bin > scale.boundary;
    if (bin == scale.boundary) undecided.push_back(i);
  }
  return undecided;
}

}  // namespace

std::vector<Claim> allocate_by_sorting(std::span<const Claim> claims, std::vector<Pool>& pools) {
  check(claims, pools);
  std::vector<std::uint32_t> ranking(claims.size());
  std::iota(ranking.begin(), ranking.end(), 0u);
  std::vector<std::uint8_t> granted(claims.size(), 0);
  walk_sorted(claims, ranking, pools, granted);
  return collect(claims, granted);
}

std::vector<Claim> allocate(std::span<const Claim> claims, std::vector<Pool>& pools) {
  // A pool with negative room grants not even what is free, which empty bins cannot say; sums of bins must not
  // overflow.
  const bool in_debt =
      std::any_of(pools.begin(), pools.end(), [](const Pool& p) { return p.units_left < 0 || p.fen_left < 0; });
  const bool summable = check(claims, pools);
  const std::size_t few = 64 + 2 * pools.size();
  if (in_debt || !summable || claims.size() <= few) return allocate_by_sorting(claims, pools);

  // 2^13 bins in all stay in the nearest caches; never fewer than 16 a pool.
  const int bin_bits = std::clamp(13 - static_cast<int>(std::bit_width(pools.size())), 4, 10);
  std::vector<std::uint8_t> granted(claims.size(), 0);
  std::vector<std::uint32_t> undecided = close_in(claims, Everyone{claims.size()}, pools, granted, bin_bits);
  // A round that decides nothing has met equal keys only: ids decide, in the walk.
  for (std::size_t before = claims.size(); undecided.size() > few && undecided.size() < before;) {
    before = undecided.size();
    undecided = close_in(claims, undecided, pools, granted, bin_bits);
  }
  walk_sorted(claims, undecided, pools, granted);
  return collect(claims, granted);
}

}  // namespace tuopin
