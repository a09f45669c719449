// Two implementations with equal results: by sorting, and by histograms that narrow down the boundary of each pool.
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

/// Throws for an invalid claim. Returns true if the sum of all costs fits into 64 bits.
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

/// Walks down a ranking of claims of many pools; marks the granted ones by their index in `claims`.
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

/// The list of all indices 0, 1, …, without memory.
struct Everyone {
  std::size_t count;
  std::size_t size() const { return count; }
  std::uint32_t operator[](std::size_t i) const { return static_cast<std::uint32_t>(i); }
};

/// Grants whole bins from the top while they fit. Costs are not negative, so the prefix ends within the first bin that
/// does not fit.
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
  // A pool with negative room grants nothing, not even claims without cost, which the bins cannot express; and sums of
  // bins must not overflow.
  const bool in_debt =
      std::any_of(pools.begin(), pools.end(), [](const Pool& p) { return p.units_left < 0 || p.fen_left < 0; });
  const bool summable = check(claims, pools);
  const std::size_t few = 64 + 2 * pools.size();
  if (in_debt || !summable || claims.size() <= few) return allocate_by_sorting(claims, pools);

  // 2^13 bins in total fit into the level-1 and level-2 caches; at least 16 per pool.
  const int bin_bits = std::clamp(13 - static_cast<int>(std::bit_width(pools.size())), 4, 10);
  std::vector<std::uint8_t> granted(claims.size(), 0);
  std::vector<std::uint32_t> undecided = close_in(claims, Everyone{claims.size()}, pools, granted, bin_bits);
  // A round that decides nothing has found equal keys only: the walk below decides by ids.
  for (std::size_t before = claims.size(); undecided.size() > few && undecided.size() < before;) {
    before = undecided.size();
    undecided = close_in(claims, undecided, pools, granted, bin_bits);
  }
  walk_sorted(claims, undecided, pools, granted);
  return collect(claims, granted);
}

namespace {

/// Ranks of one pool in bins of equal width, and one extra bin for claims that jump the queue: their extreme ranks
/// would otherwise make all bins too wide.
class RankBins {
 public:
  static constexpr std::int64_t count = 1025;  // definition: fine enough that few share the last bin

  explicit RankBins(std::span<const ClaimColumns> slices) {
    float lowest = highest_rank, highest = -highest_rank;
    for (const ClaimColumns& slice : slices)
      for (const float rank : slice.rank) {
        lowest = rank < lowest ? rank : lowest;
        highest = rank > highest && rank < highest_rank ? rank : highest;
      }
    lowest_ = lowest;
    const double width = static_cast<double>(highest) - lowest_;
    bins_of_one_ = width > 0 ? static_cast<double>(count - 2) / width : 0;
  }

  /// The bin of a rank, non-decreasing in the rank; NaN is in the lowest bin.
  std::int64_t of(float rank) const {
    const double place = (static_cast<double>(rank) - lowest_) * bins_of_one_;
    const auto bin = static_cast<std::int64_t>(place > 0 ? std::min<double>(place, count - 2) : 0.0);
    return rank >= highest_rank ? count - 1 : bin;
  }

 private:
  double lowest_ = 0, bins_of_one_ = 0;
};

/// The same claims row by row, numbered through all slices.
std::vector<Claim> claims_of(std::span<const ClaimColumns> slices) {
  std::vector<Claim> claims;
  for (const ClaimColumns& s : slices)
    for (std::size_t i = 0; i < s.size(); ++i)
      claims.push_back({ranking_key(s.rank[i], s.luck[i]), s.id[i], static_cast<std::uint32_t>(claims.size()), 0,
                        s.units[i], s.fen[i]});
  return claims;
}

/// Marks the `granted` claims, identified by their number.
void mark(std::span<const ClaimColumns> slices, std::span<const Claim> granted) {
  std::size_t first = 0, next = 0;
  for (const ClaimColumns& s : slices) {
    for (; next < granted.size() && granted[next].row < first + s.size(); ++next)
      s.granted[granted[next].row - first] = 1;
    first += s.size();
  }
}

struct Total {
  std::int64_t units = 0, fen = 0;
  bool summable = true;  ///< within 64 bits
  bool within(const Pool& pool) const { return summable && units <= pool.units_left && fen <= pool.fen_left; }
};

Total total_of(std::span<const ClaimColumns> slices) {
  Total total;
  std::int64_t either_sign = 0;
  for (const ClaimColumns& s : slices) {
    for (const std::uint32_t units : s.units) total.units += units;  // fewer than 2^32 claims
    for (const std::int64_t fen : s.fen) {
      either_sign |= fen;
      total.summable &= !__builtin_add_overflow(total.fen, fen, &total.fen);
    }
  }
  if (either_sign < 0) throw std::invalid_argument("allocation: a claim has a negative cost");
  return total;
}

}  // namespace

bool all_fit(std::span<const ClaimColumns> slices, const Pool& pool) { return total_of(slices).within(pool); }

void allocate(std::span<const ClaimColumns> slices, Pool& pool) {
  const Total total = total_of(slices);
  const bool fits = total.within(pool);
  for (const ClaimColumns& s : slices) std::fill(s.granted.begin(), s.granted.end(), fits);
  if (fits) {
    pool.units_left -= total.units;
    pool.fen_left -= total.fen;
    return;
  }
  std::vector<Pool> one = {pool};
  if (!total.summable || pool.units_left < 0 || pool.fen_left < 0) {  // as in the other `allocate`
    mark(slices, allocate_by_sorting(claims_of(slices), one));
    pool = one.front();
    return;
  }
  const RankBins bins(slices);
  std::vector<Bin> costs(RankBins::count);
  for (const ClaimColumns& s : slices)
    for (std::size_t i = 0; i < s.size(); ++i) {
      Bin& bin = costs[static_cast<std::size_t>(bins.of(s.rank[i]))];
      bin.units += s.units[i];
      bin.fen += s.fen[i];
    }
  const std::int64_t boundary = grant_bins(costs.data(), RankBins::count, one.front());
  std::vector<Claim> undecided;
  std::uint32_t number = 0;
  for (const ClaimColumns& s : slices)
    for (std::size_t i = 0; i < s.size(); ++i, ++number) {
      const std::int64_t bin = bins.of(s.rank[i]);
      s.granted[i] = bin > boundary;
      if (bin == boundary)
        undecided.push_back({ranking_key(s.rank[i], s.luck[i]), s.id[i], number, 0, s.units[i], s.fen[i]});
    }
  mark(slices, allocate(undecided, one));
  pool = one.front();
}

}  // namespace tuopin
