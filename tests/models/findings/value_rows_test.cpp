// Value of a plan on six households, by hand: person-years and gap, to two horizons, undiscounted and at 5%.
#include "models/findings/value_rows.hpp"

#include <gtest/gtest.h>

#include "tests/models/findings/six_households.hpp"

namespace tuopin {
namespace {

/// The gap falls by 100 yuan in 2016 and by 300 in 2017.
SixHouseholds with_gap() {
  SixHouseholds six;
  for (Variable& variable : six.study.variables)
    if (variable.name == "perfect_information_gap") {
      auto& values = std::get<std::vector<double>>(variable.values);
      for (std::size_t w = 0; w < 2; ++w) values[6 + 3 * w + 1] = 900, values[6 + 3 * w + 2] = 700;
    }
  return six;
}

TEST(ValueRows, OfSixHouseholds) {
  SixHouseholds six = with_gap();
  six.study.attributes["default_last_year"] = std::int64_t{2016};
  const Page page(six.study, "en");
  const auto rows = value_rows(page, 1);
  ASSERT_EQ(rows.size(), 8);
  EXPECT_EQ(rows[0].label.english(), "out of poverty to 2016");
  EXPECT_EQ(rows[0].difference.low, 4);
  EXPECT_EQ(rows[0].difference.high, 4);
  EXPECT_EQ(rows[1].label.english(), "gap closed to 2016");
  EXPECT_EQ(rows[1].difference.median * page.money.unit, 100);
  EXPECT_EQ(rows[2].label.english(), "out of poverty to 2017");
  EXPECT_EQ(rows[2].difference.low, 4);  // world 1: 4 + 0, world 2: 4 + 11
  EXPECT_EQ(rows[2].difference.high, 15);
  EXPECT_EQ(rows[3].difference.median * page.money.unit, 400);
  EXPECT_EQ(rows[6].label.english(), "out of poverty to 2017, discounted at 5%");
  EXPECT_DOUBLE_EQ(rows[6].difference.low, 4 / 1.05);
  EXPECT_DOUBLE_EQ(rows[6].difference.high, 4 / 1.05 + 11 / 1.1025);
  EXPECT_NEAR(rows[7].difference.median * page.money.unit, 100 / 1.05 + 300 / 1.1025, 1e-9);
}

TEST(ValueRows, OneHorizonWhereTheRunEndsWhereTheRegionSays) {
  SixHouseholds six;
  six.study.attributes["default_last_year"] = std::int64_t{2017};
  EXPECT_EQ(value_rows(Page(six.study, "en"), 1).size(), 4);
  EXPECT_TRUE(value_rows(Page(six.study, "en"), 0).empty());
}

TEST(ValueRows, OfAStudyThatKnowsNoUsualYear) {
  const SixHouseholds six;
  EXPECT_EQ(value_rows(Page(six.study, "en"), 1).size(), 4);
}

}  // namespace
}  // namespace tuopin
