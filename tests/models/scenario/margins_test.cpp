// Margins: look-up, draws from ranges.
#include "models/scenario/margins.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tuopin {
namespace {

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

}  // namespace
}  // namespace tuopin
