// Allocation: never overspends, grants exactly the largest prefix, does not depend on order; plain and fast agree.
#include "engine/money/allocation.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "engine/base/luck.hpp"

namespace tuopin {
namespace {

using Way = std::vector<Claim> (*)(std::span<const Claim>, std::vector<Pool>&);

std::vector<std::uint32_t> rows(const std::vector<Claim>& claims) {
  std::vector<std::uint32_t> result;
  for (const Claim& claim : claims) result.push_back(claim.row);
  return result;
}

class BothWays : public testing::TestWithParam<Way> {};
INSTANTIATE_TEST_SUITE_P(Allocation, BothWays, testing::Values(Way{allocate}, Way{allocate_by_sorting}),
                         [](const auto& way) { return way.index == 0 ? "fast" : "plain"; });

TEST_P(BothWays, ServesTheHighestScoreFirstAndStopsAtTheFirstThatDoesNotFit) {
  std::vector<Claim> claims = {{30, 1, 0, 0, 1, 100}, {20, 2, 1, 0, 1, 500}, {10, 3, 2, 0, 1, 100}};
  std::vector<Pool> pools = {{3, 450}};
  EXPECT_THAT(rows(GetParam()(claims, pools)), testing::ElementsAre(0));  // claim 2 would fit, but never overtakes
  EXPECT_EQ(pools[0].units_left, 2);
  EXPECT_EQ(pools[0].fen_left, 350);
}

TEST_P(BothWays, PoolsDoNotTouchEachOtherAndResultsComeByRow) {
  std::vector<Claim> claims = {{5, 1, 9, 1, 1, 0}, {7, 2, 4, 0, 1, 0}, {6, 3, 8, 0, 1, 0}, {9, 4, 2, 1, 1, 0}};
  std::vector<Pool> pools = {{1, 0}, {2, 0}};
  EXPECT_THAT(rows(GetParam()(claims, pools)), testing::ElementsAre(2, 4, 9));
}

TEST_P(BothWays, EqualKeysGoByLowerId) {
  std::vector<Claim> claims;
  for (std::uint32_t i = 0; i < 500; ++i) claims.push_back({77, 1000 - i, i, 0, 1, 1});
  std::vector<Pool> pools = {{3, 100}};
  EXPECT_THAT(rows(GetParam()(claims, pools)), testing::ElementsAre(497, 498, 499));
}

TEST_P(BothWays, NothingToGiveGrantsNothingAndEmptyIsFine) {
  std::vector<Claim> claims(300, Claim{1, 1, 1, 0, 1, 1});
  std::vector<Pool> none = {{0, 1000}}, negative = {{-1, -1}}, no_pools;
  EXPECT_TRUE(GetParam()(claims, none).empty());
  EXPECT_TRUE(GetParam()(claims, negative).empty());
  EXPECT_TRUE(GetParam()({}, no_pools).empty());
}

TEST_P(BothWays, EnormousCostsDoNotOverflow) {
  const std::int64_t most = std::numeric_limits<std::int64_t>::max();
  std::vector<Claim> claims;
  for (std::uint32_t i = 0; i < 400; ++i) claims.push_back({i, i, i, 0, most / 3, most / 2});
  std::vector<Pool> pools = {{most, most}};
  EXPECT_THAT(rows(GetParam()(claims, pools)), testing::ElementsAre(398, 399));
}

TEST_P(BothWays, RefusesNegativeCostsAndUnknownPools) {
  std::vector<Pool> pools = {{1, 1}};
  EXPECT_THROW(GetParam()(std::vector<Claim>{{1, 1, 1, 0, -1, 0}}, pools), std::invalid_argument);
  EXPECT_THROW(GetParam()(std::vector<Claim>{{1, 1, 1, 0, 0, -1}}, pools), std::invalid_argument);
  EXPECT_THROW(GetParam()(std::vector<Claim>{{1, 1, 1, 1, 0, 0}}, pools), std::invalid_argument);
}

struct Case {
  std::vector<Claim> claims;
  std::vector<Pool> pools;
};

/// Up to some thousand claims made from one drawn seed; keys from crowded to spread over all 64 bits.
Case any_case() {
  const auto seed = *rc::gen::arbitrary<std::uint64_t>();
  const auto count = *rc::gen::element<std::uint32_t>(0, 1, 5, 60, 300, 3000);
  const auto pools = *rc::gen::element<std::uint32_t>(1, 2, 8, 40, 500);
  const auto key_bits = *rc::gen::element(0, 3, 12, 33, 64);
  const auto dear = *rc::gen::element<std::uint32_t>(0, 1, 4, 1000);
  Case c;
  for (std::uint32_t i = 0; i < count; ++i) {
    const auto w = philox4x64({1, i, 0, 0}, seed, 0);
    const std::uint64_t key = key_bits == 0 ? 5 : w[0] >> (64 - key_bits);
    c.claims.push_back({key, mix64(i + 1), i, static_cast<std::uint32_t>(w[1] % pools),
                        static_cast<std::int64_t>(w[2] % 4), static_cast<std::int64_t>(w[3] % (dear + 1))});
  }
  for (std::uint32_t p = 0; p < pools; ++p) {
    const auto w = philox4x64({2, p, 0, 0}, seed, 0);
    c.pools.push_back({static_cast<std::int64_t>(w[0] % (2 + 3 * count / pools)),
                       static_cast<std::int64_t>(w[1] % (2 + (dear + 1) * count / pools))});
  }
  return c;
}

bool before(const Claim& a, const Claim& b) { return a.key != b.key ? a.key > b.key : a.id < b.id; }

TEST_P(BothWays, NeverOverspendsAndGrantsTheLargestPrefix) {
  EXPECT_TRUE(rc::check([] {
    const Case c = any_case();
    auto pools = c.pools;
    const auto granted = GetParam()(c.claims, pools);
    std::vector<std::uint8_t> is_granted(c.claims.size(), 0);
    for (const Claim& claim : granted) is_granted[claim.row] = 1;
    for (std::uint32_t p = 0; p < c.pools.size(); ++p) {
      std::int64_t units = 0, fen = 0;
      const Claim *last = nullptr, *first_refused = nullptr;
      for (const Claim& claim : c.claims) {
        if (claim.pool != p) continue;
        if (is_granted[claim.row]) {
          units += claim.units, fen += claim.fen;
          if (!last || before(*last, claim)) last = &claim;
        } else if (!first_refused || before(claim, *first_refused)) {
          first_refused = &claim;
        }
      }
      RC_ASSERT(pools[p].units_left == c.pools[p].units_left - units);
      RC_ASSERT(pools[p].fen_left == c.pools[p].fen_left - fen);
      RC_ASSERT(pools[p].units_left >= 0);
      RC_ASSERT(pools[p].fen_left >= 0);
      if (last && first_refused) RC_ASSERT(before(*last, *first_refused));
      if (first_refused)
        RC_ASSERT(first_refused->units > pools[p].units_left || first_refused->fen > pools[p].fen_left);
    }
  }));
}

TEST_P(BothWays, OrderOfClaimsChangesNothing) {
  EXPECT_TRUE(rc::check([] {
    const Case c = any_case();
    auto shuffled = c.claims;
    std::sort(shuffled.begin(), shuffled.end(),
              [](const Claim& a, const Claim& b) { return mix64(a.id) < mix64(b.id); });
    auto pools = c.pools, shuffled_pools = c.pools;
    RC_ASSERT(rows(GetParam()(c.claims, pools)) == rows(GetParam()(shuffled, shuffled_pools)));
  }));
}

TEST(AllocationProperties, FastAndPlainAgree) {
  EXPECT_TRUE(rc::check([] {
    const Case c = any_case();
    auto fast = c.pools, plain = c.pools;
    RC_ASSERT(rows(allocate(c.claims, fast)) == rows(allocate_by_sorting(c.claims, plain)));
    for (std::size_t p = 0; p < fast.size(); ++p) {
      RC_ASSERT(fast[p].units_left == plain[p].units_left);
      RC_ASSERT(fast[p].fen_left == plain[p].fen_left);
    }
  }));
}

TEST(AllocationProperties, AgreeOnRankingKeysOfARegion) {
  // As in a run: normal scores, a few claims that jump the queue, eight pools, a hundred thousand claims.
  const Luck luck(1, 2, hash32("programme.example.targeting"), 2016, Kind::household);
  std::vector<Claim> claims;
  for (std::uint32_t i = 0; i < 100'000; ++i) {
    const double score = luck.uniform(i, 4) < 0.01 ? 1e300 : 8.0 + luck.normal(i, 0);
    claims.push_back({ranking_key(score, luck.draw(i, 1)), i, i, i % 8, 1 + i % 5, 1000 + i % 977});
  }
  std::vector<Pool> fast(8, {9'000, 6'000'000}), plain = fast;
  const auto granted = allocate(claims, fast);
  EXPECT_GT(granted.size(), 20'000u);
  EXPECT_EQ(rows(granted), rows(allocate_by_sorting(claims, plain)));
}

/// Claims of one pool in columns, in up to four slices.
struct Columns {
  std::vector<float> rank;
  std::vector<std::uint32_t> luck, id, units;
  std::vector<std::int64_t> fen;
  std::vector<std::uint8_t> granted;
  std::vector<ClaimColumns> slices;
  Pool pool;

  void cut(std::size_t parts) {
    granted.assign(rank.size(), 7);
    for (std::size_t part = 0; part < parts; ++part) {
      const std::size_t begin = rank.size() * part / parts, n = rank.size() * (part + 1) / parts - begin;
      const auto of = [&](auto& column) { return std::span(column).subspan(begin, n); };
      slices.push_back({of(rank), of(luck), of(id), of(units), of(fen), of(granted)});
    }
  }
  std::vector<Claim> by_row() const {
    std::vector<Claim> claims;
    for (std::uint32_t i = 0; i < rank.size(); ++i)
      claims.push_back({ranking_key(rank[i], luck[i]), id[i], i, 0, units[i], fen[i]});
    return claims;
  }
};

Columns any_columns() {
  const auto seed = *rc::gen::arbitrary<std::uint64_t>();
  const auto count = *rc::gen::element<std::uint32_t>(0, 1, 5, 300, 20000);
  const auto ties = *rc::gen::element<std::uint32_t>(1, 3, 100000);
  const auto first = *rc::gen::element<std::uint32_t>(1, 2, 20, 1000000);  // one in so many jumps the queue
  const auto odd = *rc::gen::element<std::uint32_t>(3, 1000, 1000000);     // or has a score beyond reason
  const auto dear = *rc::gen::element<std::int64_t>(1, 4, 1000, std::numeric_limits<std::int64_t>::max() / 3);
  const auto room = *rc::gen::element(0.0, 0.001, 0.3, 0.9, 1.0, 2.0, -1.0);
  Columns c;
  for (std::uint32_t i = 0; i < count; ++i) {
    const auto w = philox4x64({1, i, 0, 0}, seed, 0);
    double score = static_cast<double>(w[0] % ties) * 7 / ties - 2;
    if (w[1] % first == 1) score = 1e300;
    if (w[2] % odd == 1) score = w[2] % 2 ? std::nan("") : -1e300;
    c.rank.push_back(rank_of(score));
    c.luck.push_back(static_cast<std::uint32_t>(ties == 1 ? w[3] % 2 : w[3]));
    c.id.push_back(static_cast<std::uint32_t>(w[0] >> 33));
    c.units.push_back(static_cast<std::uint32_t>(w[1] >> 32) % 4);
    c.fen.push_back(static_cast<std::int64_t>(w[2] >> 1) % dear);
  }
  double units = 0, fen = 0;
  for (std::uint32_t i = 0; i < count; ++i) units += c.units[i], fen += static_cast<double>(c.fen[i]);
  c.pool = {static_cast<std::int64_t>(room * units),
            static_cast<std::int64_t>(std::clamp(room * fen * 1.2, -9e18, 9e18))};
  c.cut(*rc::gen::element<std::size_t>(1, 2, 4));
  return c;
}

TEST(AllocationProperties, ColumnsAndRowsAgree) {
  EXPECT_TRUE(rc::check([] {
    const Columns c = any_columns();
    std::vector<Pool> plain = {c.pool};
    std::vector<std::uint8_t> granted(c.rank.size(), 0);
    for (const Claim& claim : allocate_by_sorting(c.by_row(), plain)) granted[claim.row] = 1;
    Pool pool = c.pool;
    RC_ASSERT(all_fit(c.slices, c.pool) ==
              (c.pool.units_left >= 0 && c.pool.fen_left >= 0 &&
               std::count(granted.begin(), granted.end(), 1) == static_cast<std::ptrdiff_t>(c.rank.size())));
    allocate(c.slices, pool);
    RC_ASSERT(c.granted == granted);
    RC_ASSERT(pool.units_left == plain[0].units_left);
    RC_ASSERT(pool.fen_left == plain[0].fen_left);
  }));
}

TEST(AllocationProperties, ColumnsRefuseNegativeCosts) {
  Columns c;
  c.rank = {1}, c.luck = {1}, c.id = {1}, c.units = {1}, c.fen = {-1};
  c.cut(1);
  Pool pool{1, 1};
  EXPECT_THROW(allocate(c.slices, pool), std::invalid_argument);
}

TEST(RankingKey, OrdersAsScoresDoThenByLuck) {
  const float most = std::numeric_limits<float>::max(), infinity = std::numeric_limits<float>::infinity();
  const std::vector<float> ascending = {-infinity, -most, -2.5f,      -1e-30f, 0.0f,
                                        1e-40f,    1.0f,  1.0000001f, most,    infinity};
  for (std::size_t i = 1; i < ascending.size(); ++i)
    EXPECT_LT(order_preserving(ascending[i - 1]), order_preserving(ascending[i]));
  EXPECT_EQ(order_preserving(-0.0f), order_preserving(0.0f));
  EXPECT_EQ(order_preserving(std::numeric_limits<float>::quiet_NaN()), 0u);
  EXPECT_LT(ranking_key(1.0, 0xffffffffu), ranking_key(1.1, 0));
  EXPECT_LT(ranking_key(1.0, 5), ranking_key(1.0, 6));
  EXPECT_EQ(ranking_key(1e300, 5), ranking_key(most, 5));
  EXPECT_LT(ranking_key(std::nan(""), 9), ranking_key(-1e300, 0));
}

}  // namespace
}  // namespace tuopin
