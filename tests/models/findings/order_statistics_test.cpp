// Order statistics over worlds.
#include "models/findings/order_statistics.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace tuopin {
namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

/// 1, 2, …, n, last first.
std::vector<double> down_from(std::size_t n) {
  std::vector<double> values(n);
  std::iota(values.rbegin(), values.rend(), 1.0);
  return values;
}

TEST(OrderStatistic, IsTheValueOfARankOrTheMeanOfTwo) {
  const std::vector<double> five = {1, 2, 4, 8, 16};
  EXPECT_EQ(order_statistic(five, 0.5), 4);   // rank ⌈2.5⌉
  EXPECT_EQ(order_statistic(five, 0.05), 1);  // rank ⌈0.25⌉
  EXPECT_EQ(order_statistic(five, 0.4), 3);   // between ranks 2 and 3
  EXPECT_EQ(order_statistic(five, 0.6), 6);   // between ranks 3 and 4
  EXPECT_EQ(order_statistic(five, 0.0), 1);
  EXPECT_EQ(order_statistic(five, 1.0), 16);
  const std::vector<double> one = {7};
  for (const double level : {0.0, 0.05, 0.5, 0.95, 1.0}) EXPECT_EQ(order_statistic(one, level), 7);
}

/// The q-quantile of -x is minus the (1 - q)-quantile of x, to the bit.
TEST(OrderStatistic, Mirrors) {
  for (std::size_t n = 1; n <= 200; ++n) {
    std::vector<double> values(n), mirrored(n);
    for (std::size_t i = 0; i < n; ++i) values[i] = std::sin(static_cast<double>(7 * i + n)) * 1000;
    std::transform(values.begin(), values.end(), mirrored.begin(), [](double v) { return -v; });
    std::sort(values.begin(), values.end());
    std::sort(mirrored.begin(), mirrored.end());
    for (const auto& [level, other] : {std::pair{0.05, 0.95}, {0.25, 0.75}, {0.5, 0.5}, {0.75, 0.25}, {0.95, 0.05}})
      EXPECT_EQ(order_statistic(mirrored, level), -order_statistic(values, other)) << n << " values at " << level;
    const Spread there = spread_of(values), back = spread_of(mirrored);
    EXPECT_EQ(back.low, -there.high) << n;
    EXPECT_EQ(back.median, -there.median) << n;
    EXPECT_EQ(back.high, -there.low) << n;
    if (n > 1) {
      EXPECT_EQ(back.error, there.error) << n;
    }
  }
}

/// Nine tenths of the worlds lie between, where a twentieth of them is a whole number.
TEST(OrderStatistic, ANinetyPerCentIntervalHoldsNinetyPerCent) {
  for (std::size_t n = 20; n <= 200; n += 20) {
    const Spread spread = spread_of(down_from(n));
    const auto values = down_from(n);
    const auto inside =
        std::count_if(values.begin(), values.end(), [&](double v) { return v > spread.low && v < spread.high; });
    EXPECT_EQ(static_cast<std::size_t>(inside) * 10, n * 9);
  }
}

TEST(Spread, OfAHundredAndOfTwenty) {
  const Spread hundred = spread_of(down_from(100));
  EXPECT_EQ(hundred.low, 5.5);
  EXPECT_EQ(hundred.median, 50.5);
  EXPECT_EQ(hundred.high, 95.5);
  EXPECT_EQ(hundred.error, 5);  // √100 / 2 ranks on either side of the middle
  const Spread twenty = spread_of(down_from(worlds_of_an_interval));
  EXPECT_EQ(twenty.low, 1.5);
  EXPECT_EQ(twenty.median, 10.5);
  EXPECT_EQ(twenty.high, 19.5);
  const Spread fewer = spread_of(down_from(worlds_of_an_interval - 1));
  EXPECT_EQ(fewer.low, 1);  // the whole range
  EXPECT_EQ(fewer.high, 19);
}

TEST(Spread, LeavesOutWhatIsNotKnown) {
  const Spread spread = spread_of({unknown, 3, unknown});
  EXPECT_EQ(spread.worlds, 1u);
  EXPECT_EQ(spread.median, 3);
  EXPECT_TRUE(std::isnan(spread.error));
  EXPECT_EQ(spread_of({unknown}).worlds, 0u);
  EXPECT_TRUE(spread_of({2, 2}).same);
  EXPECT_EQ(spread_of({2, 2}).error, 0);
}

TEST(Spread, WhatCostsInfinitelyMuchHasNoMean) {
  constexpr double infinite = std::numeric_limits<double>::infinity();
  EXPECT_EQ(spread_of({infinite, infinite}).median, infinite);
  EXPECT_EQ(spread_of({1, infinite}).median, infinite);
}

}  // namespace
}  // namespace tuopin
