// Rows by county: guarantees, hazard, streams and incomes are met in each county; without them nothing moves.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "engine/base/ids.hpp"
#include "engine/base/largest_remainder.hpp"
#include "models/population/margin_sums.hpp"
#include "models/population/people.hpp"
#include "tests/models/population/small_region.hpp"

namespace tuopin::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

Population made(const SynthesisInput& input, SynthesisReport& report, int index = 0) {
  return synthesize(input, index, report);
}

/// Households of each county whose flag is not set.
std::vector<double> without(const Population& p, const char* column) {
  const CountyRows extents(p);
  const auto flag = p.households.column<std::uint8_t>(column);
  std::vector<double> counts;
  for (std::size_t c = 0; c < p.counties.rows(); ++c) {
    double count = 0;
    for (std::uint32_t h = extents.households[c]; h < extents.households[c + 1]; ++h) count += flag[h] == 0;
    counts.push_back(count);
  }
  return counts;
}

std::vector<double> households_of(const Population& p) {
  const CountyRows extents(p);
  std::vector<double> counts;
  for (std::size_t c = 0; c < p.counties.rows(); ++c)
    counts.push_back(extents.households[c + 1] - extents.households[c]);
  return counts;
}

/// Mean over the persons of a county.
double mean_of(const Population& p, const char* column, std::size_t c) {
  const CountyRows extents(p);
  const auto values = p.households.column<float>(column);
  const auto members = p.households.column<std::uint8_t>("members");
  double sum = 0, persons = 0;
  for (std::uint32_t h = extents.households[c]; h < extents.households[c + 1]; ++h) {
    sum += static_cast<double>(values[h]) * members[h];
    persons += members[h];
  }
  return sum / persons;
}

void put_both(SynthesisInput& input, const char* name, double north, double south) {
  put(input, name, "north", north);
  put(input, name, "south", south);
}

TEST(CountyRows, GuaranteesAreUnmetInEachCountyAsItsRowSays) {
  SynthesisInput input = two_counties();
  put_both(input, "housing_unsafe", .25, .05);
  put_both(input, "medical_unmet", 0, .1);
  SynthesisReport report;
  const Population p = made(input, report);
  const std::vector<double> households = households_of(p);
  EXPECT_THAT(without(p, "housing_safe"),
              ElementsAre(std::round(.25 * households[0]), std::round(.05 * households[1])));
  EXPECT_THAT(without(p, "medical_met"), ElementsAre(0, std::round(.1 * households[1])));
  // Water has no rows by county: the region's share, wherever luck puts it.
  const std::vector<double> water = without(p, "water_safe");
  EXPECT_EQ(water[0] + water[1], std::round(.15 * (households[0] + households[1])));
}

TEST(CountyRows, HazardZonesAreMetInEachCountyToHalfAVillage) {
  SynthesisInput input = two_counties();
  put_both(input, "hazard_household_share", .6, .1);
  SynthesisReport report;
  const Population p = made(input, report);
  const CountyRows extents(p);
  const auto zone = p.villages.column<std::uint8_t>("hazard_zone");
  const auto village = p.households.column<std::uint32_t>("village");
  const double asked[] = {.6, .1};
  for (std::size_t c = 0; c < 2; ++c) {
    double in = 0, households = 0, largest = 0;
    std::map<std::uint32_t, double> size;
    for (std::uint32_t h = extents.households[c]; h < extents.households[c + 1]; ++h) {
      in += zone[village[h]], ++households;
      largest = std::max(largest, ++size[village[h]]);
    }
    EXPECT_NEAR(in, asked[c] * households, largest / 2);  // a village is taken while it brings the sum nearer
  }
}

TEST(CountyRows, StreamsHaveTheMixOfTheirCounty) {
  SynthesisInput input = two_counties();
  put_both(input, "share_wage", .5, .244);
  put_both(input, "share_business", .26, .516);
  SynthesisReport report;
  put(input, "permanent_income_sd", "valley", 0);  // the mix of all income is then that of the mean person
  put_both(input, "relative_income", 1, 1);
  const Population p = made(input, report);
  EXPECT_NEAR(mean_of(p, "share_wage", 0), .5, 1e-5);
  EXPECT_NEAR(mean_of(p, "share_wage", 1), .244, 1e-5);
  EXPECT_NEAR(mean_of(p, "share_business", 1), .516, 1e-5);
  EXPECT_NEAR(mean_of(p, "share_property", 0), .012, 1e-5);
}

TEST(CountyRows, MeanIncomeByCountyIsRelativeIncomeSaidOtherwise) {
  SynthesisInput relative = two_counties(), means = two_counties();
  means.margins = Margins("valley");
  for (const auto& [key, margin] : relative.margins.rows())
    if (key.first != "relative_income") means.margins.set(margin);
  put_both(means, "mean_income", .9 * 6648, 1.06 * 6648);
  SynthesisReport report;
  const Population a = made(relative, report), b = made(means, report);
  const auto one = a.villages.column<float>("prosperity"), other = b.villages.column<float>("prosperity");
  ASSERT_EQ(one.size(), other.size());
  for (std::size_t v = 0; v < one.size(); ++v) EXPECT_NEAR(one[v], other[v], 1e-5);
}

TEST(CountyRows, WhatTheRegionDoesNotSayIsMadeOfItsCounties) {
  SynthesisInput input = two_counties();
  Margins margins("valley");
  for (const auto& [key, margin] : input.margins.rows())
    if (key.first != "housing_unsafe" && key.first != "mean_income" && key.first != "relative_income")
      margins.set(margin);
  input.margins = margins;
  put_both(input, "housing_unsafe", .4, .4);
  put_both(input, "mean_income", 5000, 7000);
  SynthesisReport report;
  const Population p = made(input, report);
  const std::vector<double> unsafe = without(p, "housing_safe"), households = households_of(p);
  EXPECT_EQ(unsafe[0] + unsafe[1], std::round(.4 * households[0]) + std::round(.4 * households[1]));
  EXPECT_NEAR(p.mean_income, (9090. * 5000 + 15150. * 7000) / 24240, 1e-6);  // 24,240 persons at 9 : 15
}

TEST(CountyRows, TheReportHoldsEachCountyAgainstItsRow) {
  SynthesisInput input = two_counties();
  put_both(input, "housing_unsafe", .25, .05);
  put_both(input, "share_wage", .5, .244);
  put_both(input, "share_business", .26, .516);
  SynthesisReport report;
  made(input, report);
  double lines = 0;
  for (const auto& line : report.lines)
    if (line.margin == "housing_unsafe" || line.margin == "share_wage") {
      ++lines;
      EXPECT_TRUE(line.place == "north" || line.place == "south");
      EXPECT_LT(line.relative_error(), 1e-4) << line.margin << line.place;
    }
  EXPECT_EQ(lines, 4);
}

TEST(CountyRows, DrawnOnesAreBroughtToTheRegionAndTheReportSaysByHowMuch) {
  SynthesisInput input = two_counties();
  put(input, "housing_unsafe", "north", .2, Status::assumption, .1, .4);
  put(input, "housing_unsafe", "south", .09, Status::assumption, .02, .3);
  SynthesisReport report;
  const Population p = made(input, report, 3);
  const std::vector<double> unsafe = without(p, "housing_safe"), households = households_of(p);
  EXPECT_NEAR(unsafe[0] + unsafe[1], .13 * (households[0] + households[1]), 1.01);
  std::string notes;
  for (const Message& note : report.notes) notes += note.english() + "\n";
  EXPECT_THAT(notes, HasSubstr("drawn housing_unsafe of the counties averages"));
}

TEST(CountyRows, NoShareIsBroughtAboveOne) {
  SynthesisInput input = two_counties();
  put(input, "housing_unsafe", "valley", .9);
  put_both(input, "housing_unsafe", .95, .5);
  SynthesisReport report;
  report.index = 1;
  bring_together(input.margins, input, report);
  const CountyWeights weights = county_weights(input, input.margins);
  const double north = input.margins.own("housing_unsafe", "north")->value,
               south = input.margins.own("housing_unsafe", "south")->value;
  EXPECT_EQ(north, 1);
  EXPECT_NEAR((north * weights.households[0] + south * weights.households[1]) / 6000, .9, 1e-12);
}

}  // namespace
}  // namespace tuopin::testing
