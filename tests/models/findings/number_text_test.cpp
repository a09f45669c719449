// Numbers as text.
#include "models/findings/number_text.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace tuopin {
namespace {

TEST(Grouped, ThousandsAndSigns) {
  EXPECT_EQ(grouped(2400000, 0), "2,400,000");
  EXPECT_EQ(grouped(-1234.56, 1), "-1,234.6");
  EXPECT_EQ(grouped(999, 0), "999");
  EXPECT_EQ(grouped(-0.2, 0), "0");
  EXPECT_EQ(grouped(std::nan(""), 0), "–");
}

TEST(Grouped, AHalfGoesAwayFromZero) {
  EXPECT_EQ(grouped(59.5, 0), "60");
  EXPECT_EQ(grouped(54.5, 0), "55");
  EXPECT_EQ(grouped(-54.5, 0), "-55");
  EXPECT_EQ(grouped(0.25, 1), "0.3");
  EXPECT_EQ(grouped(0.35, 1), "0.4");
  EXPECT_EQ(grouped(54.4999, 0), "54");
  EXPECT_EQ(grouped(4503599627370495.5, 0), "4,503,599,627,370,496") << "a large number keeps its digits";
}

TEST(DecimalsFor, KeepThreeDigits) {
  EXPECT_EQ(decimals_for(0), 0);
  EXPECT_EQ(decimals_for(123), 0);
  EXPECT_EQ(decimals_for(12.3), 1);
  EXPECT_EQ(decimals_for(1.23), 2);
  EXPECT_EQ(decimals_for(0.123), 3);
  EXPECT_EQ(decimals_for(0.0123), 4);
}

}  // namespace
}  // namespace tuopin
