// Synthesis: margins are met, random numbers are addressed, links between tables are valid, and margins that cannot be
// met are refused by name.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "engine/base/normals.hpp"
#include "models/state/codebook.hpp"
#include "tests/models/population/small_region.hpp"

namespace tuopin {
namespace {

using testing::hamlet;
using ::testing::HasSubstr;
using testing::put;
using testing::two_counties;
using u8 = std::uint8_t;
using u32 = std::uint32_t;

void expect_equal(const Table& a, const Table& b) {
  ASSERT_EQ(a.rows(), b.rows());
  for (const ColumnSpec& spec : a.specs()) EXPECT_TRUE(a.data(spec.name) == b.data(spec.name)) << spec.name;
}

void expect_equal(const Population& a, const Population& b) {
  expect_equal(a.persons, b.persons);
  expect_equal(a.households, b.households);
  expect_equal(a.villages, b.villages);
  expect_equal(a.counties, b.counties);
  EXPECT_EQ(a.registered_quota, b.registered_quota);
}

/// Begins ascend, owners point back, members are counted.
void expect_links(const Population& p) {
  const auto household = p.persons.column<u32>("household"), village = p.households.column<u32>("village");
  const auto county = p.villages.column<u32>("county"), person_begin = p.households.column<u32>("person_begin");
  const auto household_begin = p.villages.column<u32>("household_begin");
  const auto members = p.households.column<u8>("members");
  EXPECT_TRUE(std::is_sorted(household.begin(), household.end()));
  EXPECT_TRUE(std::is_sorted(village.begin(), village.end()));
  EXPECT_TRUE(std::is_sorted(county.begin(), county.end()));
  u32 person = 0;
  for (u32 h = 0; h < members.size(); ++h) {
    ASSERT_EQ(person_begin[h], person);
    ASSERT_EQ(household[person], h);
    ASSERT_GE(members[h], 1);
    person += members[h];
  }
  EXPECT_EQ(person, p.persons.rows());
  for (u32 v = 0; v < county.size(); ++v) {
    ASSERT_LT(household_begin[v], members.size());
    ASSERT_EQ(village[household_begin[v]], v);
    if (v > 0) {
      ASSERT_EQ(village[household_begin[v] - 1], v - 1);
    }
  }
}

double share_of(const Population& p, std::string_view column, u8 value) {
  const auto values = p.persons.column<u8>(column);
  return static_cast<double>(std::count(values.begin(), values.end(), value)) / static_cast<double>(values.size());
}

TEST(Synthesis, MeetsEveryMargin) {
  SynthesisReport report;
  const Population p = synthesize(two_counties(), 0, report);
  EXPECT_EQ(p.persons.rows(), 24240u);
  EXPECT_EQ(p.households.rows(), 6000u);
  EXPECT_EQ(p.villages.rows(), 60u);
  for (const auto& line : report.lines) {
    const bool whole_villages =
        line.margin == "hazard_household_share";  // within half of the smallest village left over
    const double tolerance = whole_villages ? 60.0 : std::max(line.unit == "share" ? 0.0 : 1.0, 0.001 * line.target);
    EXPECT_LE(std::fabs(line.achieved - line.target), tolerance) << line.margin << " of " << line.place;
    if (line.unit == "persons" || line.unit == "villages") {
      EXPECT_LE(std::fabs(line.achieved - line.target), 1.0) << line.margin << " of " << line.place;
    }
  }
  for (const auto& raking : report.raking) {
    EXPECT_TRUE(raking.converged) << raking.place;
    EXPECT_LT(raking.largest_error, 0.001);
    EXPECT_GE(raking.design_effect, 1.0);
  }
  EXPECT_EQ(p.registered_quota[0] + p.registered_quota[1], 5050);
  EXPECT_THAT(report.markdown(), HasSubstr("| register_population | persons | 24240 | 24240 |"));
}

TEST(Synthesis, SharesOfTheWholeAreThoseAskedFor) {
  SynthesisReport report;
  const Population p = synthesize(two_counties(), 0, report);
  EXPECT_NEAR(share_of(p, "away", 1), .28, 1e-4);
  EXPECT_NEAR(share_of(p, "in_school", 1), .165, 1e-4);
  EXPECT_NEAR(share_of(p, "sex", 0), .51, 1e-4);
  EXPECT_NEAR(share_of(p, "ethnicity", 0), .43, 1e-4);
  EXPECT_NEAR(share_of(p, "work_ability", 1), .06, 1e-4);
}

TEST(Synthesis, RowsAreLinked) {
  SynthesisReport report;
  expect_links(synthesize(two_counties(), 0, report));
  expect_links(synthesize(hamlet(), 0, report));
}

TEST(Synthesis, HouseholdsAreAdmissible) {
  SynthesisReport report;
  const Population p = synthesize(two_counties(), 0, report);
  const auto age = p.persons.column<u8>("age"), in_school = p.persons.column<u8>("in_school");
  const auto away = p.persons.column<u8>("away"), ability = p.persons.column<u8>("work_ability");
  const auto members = p.households.column<u8>("members"), children = p.households.column<u8>("children");
  for (u32 h = 0; h < members.size(); ++h) EXPECT_LT(children[h], members[h]) << "children alone in household " << h;
  for (u32 i = 0; i < age.size(); ++i) {
    ASSERT_LE(age[i], 90);
    ASSERT_TRUE(!in_school[i] || (age[i] >= 6 && age[i] <= 22));
    ASSERT_TRUE(!away[i] || (age[i] >= 16 && age[i] <= 65 && ability[i] > 0 && !in_school[i]));
  }
}

TEST(Synthesis, HouseholdCountsAreThoseOfItsMembers) {
  SynthesisReport report;
  const Population p = synthesize(two_counties(), 0, report);
  const auto household = p.persons.column<u32>("household");
  const auto age = p.persons.column<u8>("age"), in_school = p.persons.column<u8>("in_school");
  const auto away = p.persons.column<u8>("away"), ability = p.persons.column<u8>("work_ability");
  std::vector<int> able(p.households.rows()), children(able), elders(able), students(able), away_workers(able);
  for (u32 i = 0; i < age.size(); ++i) {
    const u32 h = household[i];
    able[h] += age[i] >= 16 && age[i] <= 65 && ability[i] > 0 && !in_school[i];
    children[h] += age[i] < 16;
    elders[h] += age[i] >= 60;
    students[h] += in_school[i];
    away_workers[h] += away[i];
  }
  const auto same = [&](std::string_view column, const std::vector<int>& counted) {
    const auto values = p.households.column<u8>(column);
    EXPECT_TRUE(std::equal(values.begin(), values.end(), counted.begin(), counted.end())) << column;
  };
  same("able_workers", able);
  same("children", children);
  same("elders", elders);
  same("students", students);
  same("away_workers", away_workers);
}

TEST(Synthesis, IsAFunctionOfSeedAndIndex) {
  SynthesisReport report;
  const Population first = synthesize(two_counties(), 1, report);
  expect_equal(first, synthesize(two_counties(), 1, report));
  const Population other = synthesize(two_counties(), 2, report);
  EXPECT_FALSE(first.persons.data("age") == other.persons.data("age"));
  EXPECT_FALSE(first.households.data("permanent_score") == other.households.data("permanent_score"));
  SynthesisInput reseeded = two_counties();
  reseeded.seed = 8;
  EXPECT_FALSE(first.persons.data("age") == synthesize(reseeded, 1, report).persons.data("age"));
}

// Exact by construction: member-weighted ranks are turned into normal scores, so for any cut c the share of persons
// below differs from Φ(c) by less than one household (10 persons of 24,240), and the mean and the variance by the
// midpoint rule's error.
TEST(Synthesis, PermanentScoreIsStandardNormalOverPersons) {
  SynthesisReport report;
  for (int index = 0; index < 2; ++index) {
    const Population p = synthesize(two_counties(), index, report);
    const auto score = p.households.column<float>("permanent_score");
    const auto members = p.households.column<u8>("members");
    const auto persons = static_cast<double>(p.persons.rows());
    double mean = 0, square = 0;
    for (u32 h = 0; h < score.size(); ++h) {
      mean += members[h] * static_cast<double>(score[h]) / persons;
      square += members[h] * static_cast<double>(score[h]) * score[h] / persons;
    }
    EXPECT_NEAR(mean, 0, 0.001);
    EXPECT_NEAR(square, 1, 0.005);
    for (const double share : {.01, .05, .2, .5, .8, .95, .99}) {
      const double cut = normal_quantile(share);
      double below = 0;
      for (u32 h = 0; h < score.size(); ++h) below += score[h] < cut ? members[h] : 0;
      EXPECT_NEAR(below / persons, share, 10 / persons);
    }
  }
}

/// Correlation over persons of the score with a value by household.
template <typename Value>
double correlation(const Population& p, Value value) {
  const auto score = p.households.column<float>("permanent_score");
  const auto members = p.households.column<u8>("members");
  double n = 0, x = 0, y = 0, xx = 0, yy = 0, xy = 0;
  for (u32 h = 0; h < score.size(); ++h) {
    const double w = members[h], a = score[h], b = value(h);
    n += w, x += w * a, y += w * b, xx += w * a * a, yy += w * b * b, xy += w * a * b;
  }
  return (xy / n - x / n * y / n) / std::sqrt((xx / n - x / n * x / n) * (yy / n - y / n * y / n));
}

// 6,000 households: the standard error of a correlation is about 1/√6000 = 0.013; of one with villages 0.5/√60 = 0.065,
// where villages hold a quarter of the variance. Bounds of four standard errors: α < 1e-4 each, fixed seed.
TEST(Synthesis, PermanentScoreHasTheCorrelationsAskedFor) {
  SynthesisReport report;
  const Population p = synthesize(two_counties(), 0, report);
  const auto members = p.households.column<u8>("members"), able = p.households.column<u8>("able_workers");
  const auto village = p.households.column<u32>("village");
  const auto remoteness = p.villages.column<float>("remoteness");
  EXPECT_NEAR(correlation(p, [&](u32 h) { return static_cast<double>(members[h]); }), -.15, .052);
  EXPECT_NEAR(correlation(p, [&](u32 h) { return static_cast<double>(able[h]) / members[h]; }), .25, .052);
  EXPECT_NEAR(correlation(p, [&](u32 h) { return static_cast<double>(remoteness[village[h]]); }), -.3, .26);
}

TEST(Synthesis, UnmetGuaranteesAreExactAndFallOnThePoorer) {
  SynthesisReport report;
  const Population p = synthesize(two_counties(), 0, report);
  const auto safe = p.households.column<u8>("housing_safe");
  EXPECT_EQ(std::count(safe.begin(), safe.end(), 0), 780);
  EXPECT_GT(correlation(p, [&](u32 h) { return static_cast<double>(safe[h]); }), .05);
}

TEST(Synthesis, StreamSharesSumToOne) {
  SynthesisReport report;
  const Population p = synthesize(two_counties(), 0, report);
  const auto wage = p.households.column<float>("share_wage"), business = p.households.column<float>("share_business");
  const auto property = p.households.column<float>("share_property"),
             transfer = p.households.column<float>("share_transfer");
  for (u32 h = 0; h < wage.size(); ++h) ASSERT_NEAR(wage[h] + business[h] + property[h] + transfer[h], 1.0, 1e-6);
}

// By hand: wages against the rest .4/.4 in the lowest fifth and .3/.2 in the highest; business .2/.4 and .5/.2. The log
// ratios rise by ln 1.5 and ln 5 between the fifths, whose mean scores are 1.39981 below and above zero. The mix is
// taken at a score, so that the spread between households (stream_share_sd zero) is none.
TEST(Synthesis, StreamSharesFollowTheFifthsByIncome) {
  SynthesisInput input = two_counties();
  const std::pair<const char*, double> fifths[] = {{"share_wage_lowest_fifth", .4},
                                                   {"share_business_lowest_fifth", .2},
                                                   {"share_wage_highest_fifth", .3},
                                                   {"share_business_highest_fifth", .5}};
  for (const auto& [name, value] : fifths) put(input, name, "valley", value);
  put(input, "stream_share_sd", "valley", 0);
  put(input, "permanent_income_sd", "valley", .6);
  SynthesisReport report;
  const Population p = synthesize(input, 0, report);
  const auto wage = p.households.column<float>("share_wage"), business = p.households.column<float>("share_business"),
             score = p.households.column<float>("permanent_score");
  const auto members = p.households.column<u8>("members");
  const auto rest = [&](std::size_t h) { return 1.0 - wage[h] - business[h]; };
  double of_wage = 0, of_business = 0, all = 0;
  for (std::size_t h = 0; h < wage.size(); ++h) {
    const double by = (score[h] - score[0]) / (2 * 1.39981);
    ASSERT_NEAR(std::log(wage[h] / rest(h)), std::log(wage[0] / rest(0)) + by * std::log(1.5), 1e-4);
    ASSERT_NEAR(std::log(business[h] / rest(h)), std::log(business[0] / rest(0)) + by * std::log(5.0), 1e-4);
    const double income = members[h] * std::exp(.6 * score[h]);
    of_wage += wage[h] * income, of_business += business[h] * income, all += income;
  }
  EXPECT_NEAR(of_wage / all, .34, 1e-5);  // of all income, not of the mean household
  EXPECT_NEAR(of_business / all, .42, 1e-5);

  SynthesisInput three = two_counties();
  for (int i = 0; i < 3; ++i) put(three, fifths[i].first, "valley", fifths[i].second);
  EXPECT_THROW(
      {
        try {
          static_cast<void>(synthesize(three, 0, report));
        } catch (const DataError& error) {
          EXPECT_THAT(error.what(), HasSubstr("go together"));
          throw;
        }
      },
      DataError);
}

TEST(Synthesis, ForestLiesInForestVillages) {
  SynthesisReport report;
  const Population p = synthesize(two_counties(), 0, report);
  const auto forest = p.households.column<float>("forest_mu");
  const auto village = p.households.column<u32>("village");
  const auto zone = p.villages.column<u8>("forest_zone");
  for (u32 h = 0; h < forest.size(); ++h) ASSERT_TRUE(forest[h] == 0 || zone[village[h]] == 1);
}

TEST(Synthesis, RunsAtTheSizeOfAHamlet) {
  for (int index = 0; index < 5; ++index) {
    SynthesisReport report;
    const Population p = synthesize(hamlet(), index, report);
    EXPECT_EQ(p.persons.rows(), 240u);
    EXPECT_EQ(p.households.rows(), 60u);
    EXPECT_EQ(p.villages.rows(), 3u);
    for (const auto& line : report.lines)
      EXPECT_TRUE(line.margin == "hazard_household_share" || std::fabs(line.achieved - line.target) <= 1.0)
          << line.margin;
  }
}

std::string refusal(const SynthesisInput& input) {
  SynthesisReport report;
  try {
    synthesize(input, 0, report);
  } catch (const DataError& error) {
    return error.what();
  }
  return "nothing was refused";
}

TEST(Synthesis, RefusesMarginsThatContradictEachOther) {
  SynthesisInput input = two_counties();
  put(input, "able_worker", "valley", .9);  // more than there are persons of 16 to 65
  EXPECT_THAT(refusal(input), HasSubstr("able_worker"));
  EXPECT_THAT(refusal(input), HasSubstr("are missing"));

  input = two_counties();
  put(input, "away_worker", "valley", .7);
  EXPECT_THAT(refusal(input), HasSubstr("away_worker"));

  input = two_counties();
  put(input, "households", "valley", 2000);  // twelve persons a household
  EXPECT_THAT(refusal(input), HasSubstr("households"));

  input = two_counties();
  put(input, "forest_households", "valley", 6000);
  EXPECT_THAT(refusal(input), HasSubstr("forest_households"));

  input = two_counties();
  put(input, "poor_villages", "valley", 61);
  EXPECT_THAT(refusal(input), HasSubstr("poor_villages"));
}

TEST(Synthesis, NamesEveryMissingMargin) {
  SynthesisInput input = two_counties();
  Margins some("valley");
  for (const auto& [key, margin] : input.margins.rows())
    if (key.first != "male" && key.first != "in_school") some.set(margin);
  some.set({"in_schol", "valley", .165, "share of persons", "", Status::derived, .165, .165, {"margins.csv", 3, 0}});
  input.margins = some;
  const std::string text = refusal(input);
  EXPECT_THAT(text, HasSubstr("male"));
  EXPECT_THAT(text, HasSubstr("in_school"));
  EXPECT_THAT(text, HasSubstr("in_schol"));
}

TEST(TakeVillages, KeepsWholeVillagesAndIds) {
  SynthesisReport report;
  const Population all = synthesize(two_counties(), 0, report);
  const Population sample = take_villages(all, .1, 99);
  expect_links(sample);
  EXPECT_EQ(sample.villages.rows(), 6u);
  const auto id = sample.households.column<u32>("id");
  const auto score = sample.households.column<float>("permanent_score"),
             all_score = all.households.column<float>("permanent_score");
  for (u32 h = 0; h < id.size(); ++h)
    ASSERT_EQ(score[h], all_score[id[h]]);  // founders' ids are rows of the full table
  const auto village_id = sample.villages.column<u32>("id");
  const auto all_village = all.households.column<u32>("village");
  for (const u32 village : village_id) {
    const auto expected = std::count(all_village.begin(), all_village.end(), village);
    const auto kept =
        std::count_if(id.begin(), id.end(), [&](u32 household) { return all_village[household] == village; });
    EXPECT_EQ(kept, expected);
  }
  const auto persons = sample.persons.column<u32>("id");
  const auto age = sample.persons.column<u8>("age"), all_age = all.persons.column<u8>("age");
  for (u32 i = 0; i < persons.size(); ++i) ASSERT_EQ(age[i], all_age[persons[i]]);
  double scaled = 0;
  for (std::size_t c = 0; c < 2; ++c) scaled += static_cast<double>(sample.registered_quota[c]);
  EXPECT_NEAR(scaled / static_cast<double>(sample.persons.rows()), 5050. / 24240, .1);
}

TEST(TakeVillages, KeepsAVillageOfEveryCountyAndEverythingAtOne) {
  SynthesisReport report;
  const Population all = synthesize(two_counties(), 0, report);
  const Population least = take_villages(all, .001, 99);
  EXPECT_EQ(least.villages.rows(), 2u);
  EXPECT_EQ(least.counties.rows(), 2u);
  expect_equal(take_villages(all, 1, 99), all);
  EXPECT_THROW(take_villages(all, 0, 99), UsageError);
}

}  // namespace
}  // namespace tuopin
