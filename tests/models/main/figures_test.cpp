// Order statistics over worlds, and a study read by the names of its dimensions.
#include "models/main/figures.hpp"

#include <gtest/gtest.h>

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

TEST(OrderIndex, IsTheCeilingOfTheShareMinusOne) {
  EXPECT_EQ(order_index(5, 100), 4u);
  EXPECT_EQ(order_index(50, 100), 49u);
  EXPECT_EQ(order_index(95, 100), 94u);
  EXPECT_EQ(order_index(95, 60), 56u);  // 0.95 · 60 = 57 exactly
  EXPECT_EQ(order_index(5, 1), 0u);
  EXPECT_EQ(order_index(95, 1), 0u);
  for (std::size_t n = 1; n < 500; ++n)
    for (const int percent : {5, 50, 95}) {
      const std::size_t index = order_index(percent, n);
      EXPECT_GE((index + 1) * 100, static_cast<std::size_t>(percent) * n);  // that many values are not above it
      EXPECT_LT(index * 100, static_cast<std::size_t>(percent) * n);        // and it is the smallest such
    }
}

TEST(Spread, OfAHundredAndOfTwenty) {
  const Spread hundred = spread_of(down_from(100));
  EXPECT_EQ(hundred.low, 5);
  EXPECT_EQ(hundred.median, 50);
  EXPECT_EQ(hundred.high, 95);
  EXPECT_EQ(hundred.error, 5);  // ranks 46 and 56: √100 / 2 on either side of the middle
  const Spread twenty = spread_of(down_from(20));
  EXPECT_EQ(twenty.low, 1);
  EXPECT_EQ(twenty.median, 10);
  EXPECT_EQ(twenty.high, 19);
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

TEST(Mean, WithItsStandardError) {
  const Mean mean = mean_of({1, 2, 3, unknown});
  EXPECT_EQ(mean.count, 3u);
  EXPECT_EQ(mean.mean, 2);
  EXPECT_DOUBLE_EQ(mean.error, 1 / std::sqrt(3.0));  // sd 1
  EXPECT_TRUE(std::isnan(mean_of({1}).error));
  EXPECT_TRUE(std::isnan(mean_of({}).mean));
}

Study small_study() {
  Study study;
  study.dimensions = {{"scenario", std::vector<std::string>{"a", "b"}, "", ""},
                      {"draw", std::vector<std::int64_t>{0, 1}, "", ""},
                      {"replicate", std::vector<std::int64_t>{0}, "", ""},
                      {"year", std::vector<std::int64_t>{2015, 2016}, "", ""},
                      {"place", std::vector<std::string>{"all", "county"}, "", ""}};
  std::vector<double> values(16);
  std::iota(values.begin(), values.end(), 0.0);
  study.variables = {{"rate", {"scenario", "draw", "replicate", "year", "place"}, "", "", "", "", values},
                     {"title", {"scenario"}, "", "", "", "", std::vector<std::string>{"A", "B"}}};
  study.attributes = {{"draws", std::int64_t{2}}, {"sample", 0.5}, {"region", std::string("R")}};
  return study;
}

TEST(StudyView, FindsValuesByTheNamesOfDimensions) {
  const Study study = small_study();
  const StudyView view(study);
  EXPECT_EQ(view.at("rate", {{"scenario", 1}, {"draw", 1}, {"year", 1}, {"place", 1}}), 15);
  EXPECT_EQ(view.at("rate", {{"year", 1}, {"scenario", 1}}), 10);
  EXPECT_EQ(view.worlds("rate", 1, 1), (std::vector<double>{10, 14}));
  EXPECT_EQ(view.years(), (std::vector<std::int64_t>{2015, 2016}));
  EXPECT_EQ(view.text_at("title", 1), "B");
  EXPECT_EQ(view.number("draws"), 2);
  EXPECT_EQ(view.number("sample"), 0.5);
  EXPECT_EQ(view.text("region"), "R");
}

TEST(StudyView, WhatIsNotThereIsUnknownAndNoError) {
  const Study study = small_study();
  const StudyView view(study);
  EXPECT_TRUE(std::isnan(view.at("rate", {{"scenario", 2}})));
  EXPECT_TRUE(std::isnan(view.at("watts", {})));
  EXPECT_TRUE(std::isnan(view.at("title", {})));
  EXPECT_TRUE(std::isnan(view.number("region")));
  EXPECT_EQ(view.text_at("title", 2), "");
  EXPECT_EQ(view.size("batch"), 0u);
  EXPECT_FALSE(view.has("watts"));
}

}  // namespace
}  // namespace tuopin
