// Every figure of the world of six households (six_households.hpp), derived by hand.
#include "tests/models/measures/six_households.hpp"

#include <gmock/gmock.h>

#include <cmath>

namespace tuopin::testing {
namespace {

using ::testing::DoubleEq;
using ::testing::ElementsAreArray;
using ::testing::IsNan;
using ::testing::Matcher;

constexpr double none = std::numeric_limits<double>::quiet_NaN();

const SixStudy& study() {
  static const SixStudy made;
  return made;
}

std::vector<double> of(const std::string& variable, const std::string& scenario, const std::string& place = "whole") {
  return study().years(variable, {{"scenario", scenario}, {"place", place}});
}

/// 2015 to 2020, unknown where `none` stands.
auto are(const std::vector<double>& expected) {
  std::vector<Matcher<double>> matchers;
  for (const double value : expected)
    matchers.push_back(std::isnan(value) ? Matcher<double>(IsNan()) : Matcher<double>(DoubleEq(value)));
  return ElementsAreArray(matchers);
}

// Income with the plan, yuan a head: A 900 + 500 in 2016 and 2017; B 1100 + 500 in 2017 and 2018; D 750 from 2016 on;
// E 2000 + 10 in 2017. Who is poor (1: below the line of the year):
//
//            line | without the plan     | with it
//                 | A  B  C  D  E  F     | A  B  C  D  E  F
//   2015     1000 | 1  0  0  0  0  1  33 | 1  0  0  0  0  1  33
//   2016     1200 | 1  1  0  0  0  1  35 | 0  1  0  1  0  1  42
//   2017     1000 | 1  0  0  0  0  1  33 | 0  0  0  1  0  1  40
//   2018     1400 | 1  1  1  0  0  1  39 | 1  0  1  1  0  1  45
//   2019     1000 | 1  0  0  0  0  1  33 | 1  0  0  1  0  1  41
//   2020     1000 | 1  0  0  0  0  1  33 | 1  0  0  1  0  1  41

TEST(SixHouseholds, BothSidesOfThePlan) {
  EXPECT_THAT(of("out_of_poverty", "plan"), are({0, 1, 1, 2, 0, 0}));  // A, A, B
  EXPECT_THAT(of("into_poverty", "plan"), are({0, 8, 8, 8, 8, 8}));    // D
  EXPECT_THAT(of("fall_in_poverty", "plan"), are({0, -7, -7, -6, -8, -8}));  // 33 − 33, 35 − 42, 33 − 40, 39 − 45, …
  EXPECT_THAT(of("out_of_poverty", "plan", "county0"), are({0, 1, 1, 2, 0, 0}));
  EXPECT_THAT(of("into_poverty", "plan", "county0"), are({0, 0, 0, 0, 0, 0}));
  EXPECT_THAT(of("fall_in_poverty", "plan", "county1"), are({0, -8, -8, -8, -8, -8}));
  for (const char* variable : {"out_of_poverty", "into_poverty", "fall_in_poverty"})
    EXPECT_THAT(of(variable, "without"), are({0, 0, 0, 0, 0, 0})) << variable;
}

TEST(SixHouseholds, WhatIsLostWithoutABatch) {
  const auto lost = [](const char* variable, const char* batch) {
    return study().years(std::string("batches/") + variable, {{"scenario", "plan"}, {"batch", batch}});
  };
  EXPECT_THAT(lost("out_of_poverty_lost", "social_protection"), are({0, 1, 1, 2, 0, 0}));
  EXPECT_THAT(lost("into_poverty_lost", "social_protection"), are({0, 0, 0, 0, 0, 0}));
  EXPECT_THAT(lost("fall_in_poverty_lost", "social_protection"), are({0, 1, 1, 2, 0, 0}));
  EXPECT_THAT(lost("into_poverty_lost", "relocation"), are({0, 8, 8, 8, 8, 8}));
  EXPECT_THAT(lost("fall_in_poverty_lost", "relocation"), are({0, -8, -8, -8, -8, -8}));
  EXPECT_THAT(lost("fall_in_poverty_lost", "other"), are({0, 0, 0, 0, 0, 0}));  // E was not poor before
  EXPECT_THAT(lost("claimed_units", "social_protection"), are({0, 1, 1, 3, 0, 0}));
  EXPECT_THAT(lost("claimed_units", "other"), are({0, 0, 0, 0, 0, 0}));  // for everyone: no places are claimed
}

TEST(SixHouseholds, ExitsOfAScenariosOwn) {
  // With the plan A leaves in 2016 and is poor again in 2018; B leaves in 2017 for good; C in 2019.
  EXPECT_THAT(of("true_exits", "plan"), are({none, 1, 2, 0, 4, 0}));
  EXPECT_THAT(of("true_exits_out_one_year", "plan"), are({none, 1, 2, 0, 4, none}));
  EXPECT_THAT(of("true_exits_out_two_years", "plan"), are({none, 0, 2, 0, none, none}));
  // Without it B leaves in 2017, is poor in 2018 and leaves again in 2019, with C.
  EXPECT_THAT(of("true_exits", "without"), are({none, 0, 2, 0, 6, 0}));
  EXPECT_THAT(of("true_exits_out_one_year", "without"), are({none, 0, 0, 0, 6, none}));
  EXPECT_THAT(of("true_exits_out_two_years", "without"), are({none, 0, 0, 0, none, none}));
}

TEST(SixHouseholds, FallBackAndYearsOfPoverty) {
  // Who left in the three years before: A | A, B | A, B | B, C; of them poor: one_at_a_time, A, A, nobody.
  EXPECT_THAT(of("fall_back_rate", "plan"), are({none, none, 0, 1.0 / 3, 1.0 / 3, 0}));
  // Nobody in 2016 | B, who is poor | B, who is not | B, C.
  EXPECT_THAT(of("fall_back_rate", "without"), are({none, none, none, 1, 0, 0}));
  // 2017: A 1, B 1, C 0, D 2, E 0, F 3 years of 2015–2017; 2018: A 1, B 1, C 1, D 3, E 0, F 3; 2019: A 2, B 0, C 1,
  // D 3, E 0, F 3; 2020: A 3, B 0, C 1, D 3, E 0, F 3.
  EXPECT_THAT(of("poor_none_of_three_years", "plan"), are({none, none, 20, 16, 18, 18}));
  EXPECT_THAT(of("poor_one_or_two_of_three_years", "plan"), are({none, none, 11, 7, 5, 4}));
  EXPECT_THAT(of("poor_all_three_years", "plan"), are({none, none, 32, 40, 40, 41}));
}

TEST(SixHouseholds, ErrorsByThreeStandards) {
  const auto error = [](const char* variable, const char* standard) {
    return study().years(variable, {{"scenario", "plan"}, {"standard", standard}});
  };
  // On the register: A and F in 2015; A measures 1400 yuan in 2016 and leaves; then F alone, which has 700.
  // Below the statistical line: see above. F is always below it, so only A in 2015 could be wrong: it has 900.
  EXPECT_THAT(error("inclusion_error", "statistical_line"), are({0, 0, 0, 0, 0, 0}));
  EXPECT_THAT(error("exclusion_error", "statistical_line"),
              are({0, 10.0 / 42, 8.0 / 40, 13.0 / 45, 9.0 / 41, 9.0 / 41}));  // B D | D | A C D | A D
  // Below the register's 800 yuan: F, and D from 2016 on.
  EXPECT_THAT(error("inclusion_error", "register_line"), are({1.0 / 33, 0, 0, 0, 0, 0}));
  EXPECT_THAT(error("exclusion_error", "register_line"), are({0, 0.2, 0.2, 0.2, 0.2, 0.2}));  // 8 / 40
  // E has no safe water: 16 persons more.
  EXPECT_THAT(error("inclusion_error", "register_line_and_guarantees"), are({1.0 / 33, 0, 0, 0, 0, 0}));
  EXPECT_THAT(error("exclusion_error", "register_line_and_guarantees"),
              are({16.0 / 48, 24.0 / 56, 24.0 / 56, 24.0 / 56, 24.0 / 56, 24.0 / 56}));
}

TEST(SixHouseholds, MoneyOfTheFunds) {
  const auto flow = [](const char* name, const char* fund) {
    return study().years(std::string("ledger/") + name, {{"scenario", "plan"}, {"fund", fund}});
  };
  // cash 2016: A 500. 2017: A 500, B 1000 of which the fund `saved` has half: 600 are left for it, 500 are asked.
  // 2018: A's two years are over; B 1000; for A again 250 would be needed and 100 are left. 2019: nobody.
  EXPECT_THAT(flow("transfer_in", "saved"), are({0, 1100, 0, 500, 0, 0}));
  EXPECT_THAT(flow("carried_in", "saved"), are({0, 0, 850, 100, 100, 100}));
  EXPECT_THAT(flow("paid", "saved"), are({0, 250, 750, 500, 0, 0}));
  EXPECT_THAT(flow("balance", "saved"), are({0, 850, 100, 100, 100, 100}));
  EXPECT_THAT(flow("carried_over", "saved"), are({0, 850, 100, 100, 100, 100}));
  EXPECT_THAT(flow("lapsed", "saved"), are({0, 0, 0, 0, 0, 0}));
  EXPECT_THAT(flow("transfer_in", "yearly"), are({0, 400, 760, 2000, 0, 0}));
  EXPECT_THAT(flow("carried_in", "yearly"), are({0, 0, 0, 0, 0, 0}));
  EXPECT_THAT(flow("paid", "yearly"), are({0, 250, 750, 500, 0, 0}));
  EXPECT_THAT(flow("balance", "yearly"), are({0, 150, 10, 1500, 0, 0}));
  EXPECT_THAT(flow("carried_over", "yearly"), are({0, 0, 0, 0, 0, 0}));
  EXPECT_THAT(flow("lapsed", "yearly"), are({0, 150, 10, 1500, 0, 0}));
  for (const char* name : {"transfer_in", "paid"})  // no end: it is given what it pays
    EXPECT_THAT(flow(name, "gifts"), are({0, 1000, 160, 0, 0, 0})) << name;
  for (const char* name : {"carried_in", "carried_over", "lapsed", "balance"})
    EXPECT_THAT(flow(name, "gifts"), are({0, 0, 0, 0, 0, 0})) << name;
}

TEST(SixHouseholds, PlacesThatWereOffered) {
  const auto places = [](const char* programme, const char* place) {
    return study().years("programmes/places", {{"scenario", "plan"}, {"programme", programme}, {"place", place}});
  };
  EXPECT_THAT(places("cash", "whole"), are({0, 1, 1, 3, 0, 0}));  // in 2018 one_at_a_time could be paid for
  EXPECT_THAT(places("cash", "county0"), are({none, none, none, none, none, none}));  // one queue for both counties
  EXPECT_THAT(places("move", "whole"), are({0, 2, 0, 0, 0, 0}));
  EXPECT_THAT(places("move", "county0"), are({0, 1, 0, 0, 0, 0}));  // where one_at_a_time is eligible
  EXPECT_THAT(places("move", "county1"), are({0, 1, 0, 0, 0, 0}));
  EXPECT_THAT(places("guests", "whole"), are({0, 0, none, 0, 0, 0}));  // everyone may enter
  const auto entered = study().years("programmes/entered_units", {{"scenario", "plan"}, {"programme", "cash"}});
  EXPECT_THAT(entered, are({0, 1, 1, 0, 0, 0}));
}

}  // namespace
}  // namespace tuopin::testing
