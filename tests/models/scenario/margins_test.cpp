// Margins: look-up, draws from ranges, whole numbers by largest remainder.
#include "models/scenario/margins.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>

#include "engine/base/largest_remainder.hpp"

namespace tuopin {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

Margin margin_of(std::string name, std::string place, double value, Status status, double low, double high) {
  return {std::move(name), std::move(place), value, "share of persons", "invented", status, low, high, {}};
}

Margins some() {
  Margins margins("valley");
  margins.set(margin_of("male", "valley", .51, Status::published, .4, .6));
  margins.set(margin_of("male", "north", .5, Status::assumption, .5, .5));
  margins.set(margin_of("in_school", "valley", .16, Status::assumption, .14, .20));
  return margins;
}

TEST(Margins, FallBackToTheWholeRegion) {
  std::vector<Problem> problems;
  EXPECT_EQ(some().value("male", "north", problems), .5);
  EXPECT_EQ(some().value("male", "south", problems), .51);
  EXPECT_TRUE(problems.empty());
  EXPECT_EQ(some().own("male", "south"), nullptr);
  EXPECT_EQ(some().optional("arable_mu_sd", "south"), 0);
}

TEST(Margins, AMissingOneNamesTheNearest) {
  std::vector<Problem> problems;
  some().value("inschool", "north", problems);
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_THAT(to_text(problems[0]), HasSubstr("in_school"));
  EXPECT_THAT(to_text(problems[0]), HasSubstr("north"));
}

TEST(Margins, OnlyAssumptionsWithARangeAreDrawn) {
  const Margins central = some().drawn(7, 0), drawn = some().drawn(7, 1), again = some().drawn(7, 1),
                other = some().drawn(7, 2);
  EXPECT_EQ(central.optional("in_school", "valley"), .16);
  EXPECT_EQ(drawn.optional("male", "valley"), .51);
  EXPECT_EQ(drawn.optional("male", "north"), .5);
  EXPECT_NE(drawn.optional("in_school", "valley"), .16);
  EXPECT_EQ(drawn.optional("in_school", "valley"), again.optional("in_school", "valley"));
  EXPECT_NE(drawn.optional("in_school", "valley"), other.optional("in_school", "valley"));
}

// 2,000 draws: 5% and 95% points stand at low and high, so the number below each is Binomial(2000, p): sd 9.7.
// Four standard deviations, two bounds: α = 1.3e-4, fixed seed.
TEST(Margins, LowAndHighAreTheFivePercentPoints) {
  const Margins margins = some();
  int below = 0, above = 0;
  for (int index = 1; index <= 2000; ++index) {
    const double value = margins.drawn(11, index).optional("in_school", "valley");
    below += value < .14;
    above += value > .20;
  }
  EXPECT_NEAR(below, 100, 39);
  EXPECT_NEAR(above, 100, 39);
}

// Balinski & Young, Fair Representation (1982): the Alabama paradox of Hamilton's method (populations 6, 6, 2).
TEST(Apportion, IsHamiltonsMethod) {
  const double populations[] = {6, 6, 2};
  EXPECT_THAT(largest_remainder(10, populations), ElementsAre(4, 4, 2));
  EXPECT_THAT(largest_remainder(11, populations), ElementsAre(5, 5, 1));
}

TEST(Apportion, WithinRoomPassesOnWhatIsOver) {
  const double weights[] = {6, 3, 1};
  const std::int64_t room[] = {4, 10, 10};
  EXPECT_THAT(largest_remainder_within(10, weights, room), ElementsAre(4, 5, 1));  // 6 by weight; two go on at 3 : 1
  EXPECT_THAT(largest_remainder_within(5, weights, room), ElementsAre(3, 2, 0));
  const std::int64_t little[] = {1, 1, 1};
  EXPECT_THAT(largest_remainder_within(5, weights, little), ElementsAre(3, 1, 1));
}

TEST(Apportion, SumsToTheTotalAndSharesNothingEvenly) {
  const double weights[] = {.1, .7, 3.3, 0, 12};
  for (std::int64_t total = 0; total < 50; ++total) {
    const auto parts = largest_remainder(total, weights);
    EXPECT_EQ(std::accumulate(parts.begin(), parts.end(), std::int64_t{0}), total);
    EXPECT_EQ(parts[3], 0);
  }
  const double nothing[] = {0, 0, 0};
  EXPECT_THAT(largest_remainder(4, nothing), ElementsAre(2, 1, 1));
}

}  // namespace
}  // namespace tuopin
