// A study read by the names of its dimensions.
#include "models/findings/study_view.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

namespace tuopin {
namespace {

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
