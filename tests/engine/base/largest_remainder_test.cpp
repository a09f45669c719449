// Whole numbers by largest remainder: they sum to the total, within room where there is a limit.
#include "engine/base/largest_remainder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>

namespace tuopin {
namespace {

using ::testing::ElementsAre;

// Balinski & Young, Fair Representation (1982): the Alabama paradox of Hamilton's method (populations 6, 6, 2).
TEST(LargestRemainder, IsHamiltonsMethod) {
  const double populations[] = {6, 6, 2};
  EXPECT_THAT(largest_remainder(10, populations), ElementsAre(4, 4, 2));
  EXPECT_THAT(largest_remainder(11, populations), ElementsAre(5, 5, 1));
}

TEST(LargestRemainder, WithinRoomPassesOnWhatIsOver) {
  const double weights[] = {6, 3, 1};
  const std::int64_t room[] = {4, 10, 10};
  EXPECT_THAT(largest_remainder_within(10, weights, room), ElementsAre(4, 5, 1));  // 6 by weight; two go on at 3 : 1
  EXPECT_THAT(largest_remainder_within(5, weights, room), ElementsAre(3, 2, 0));
  const std::int64_t little[] = {1, 1, 1};
  EXPECT_THAT(largest_remainder_within(5, weights, little), ElementsAre(3, 1, 1));
}

TEST(LargestRemainder, SumsToTheTotalAndSharesNothingEvenly) {
  const double weights[] = {.1, .7, 3.3, 0, 12};
  for (std::int64_t total = 0; total < 50; ++total) {
    const auto parts = largest_remainder(total, weights);
    EXPECT_EQ(std::accumulate(parts.begin(), parts.end(), std::int64_t{0}), total);
    EXPECT_EQ(parts[3], 0);
  }
  const double nothing[] = {0, 0, 0};
  EXPECT_THAT(largest_remainder(4, nothing), ElementsAre(2, 1, 1));
}

/// Halves are rounded up.
TEST(LargestRemainder, NearestWholeNumbers) {
  EXPECT_EQ(nearest_whole(2.4), 2);
  EXPECT_EQ(nearest_whole(2.5), 3);
  EXPECT_EQ(nearest_whole(0), 0);
}

}  // namespace
}  // namespace tuopin
