// Applicants turned away for want of money, in a study of six households.
#include "models/findings/short_of_money.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "models/findings/study_warnings.hpp"
#include "tests/models/findings/six_households.hpp"

namespace tuopin {
namespace {

using Years = std::vector<std::string>;

/// Posts of the plan, of which 6 are offered each year and `entered` persons and households enter.
SixHouseholds with_posts(double offered, double entered, double applied) {
  SixHouseholds six;
  const auto from_2016 = [](double value) {
    return [value](std::size_t s, std::size_t, std::size_t y) { return s == 0 ? std::nan("") : y > 0 ? value : 0.0; };
  };
  six.entry("programmes/places", "programme", 1, from_2016(offered));
  six.entry("programmes/entered_units", "programme", 1, from_2016(entered));
  six.entry("programmes/entered_persons", "programme", 1, from_2016(entered));
  six.entry("programmes/applied_persons", "programme", 1, from_2016(applied));
  return six;
}

std::vector<std::string> warnings_of(const Study& study) {
  std::vector<std::string> said;
  for (const Message& warning : study_warnings(Page(study, "en"))) said.push_back(warning.english());
  return said;
}

TEST(ShortOfMoney, ApplicantsAreTurnedAwayWherePlacesAreFree) {
  const SixHouseholds six = with_posts(6, 2, 20);
  const auto found = short_of_money(StudyView(six.study), 1, 1);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->years, (Years{"2016", "2017"}));
  EXPECT_EQ(found->entered, 2);
  EXPECT_EQ(found->applied, 20);
  EXPECT_FALSE(short_of_money(StudyView(six.study), 0, 1)) << "this scenario has no such programme";
  EXPECT_EQ(
      warnings_of(six.study),
      (Years{"The money for posts was short in 2016, 2017: in the mean of these years 2 of 20 persons who applied "
             "entered.",
             "67% of the places of posts stayed empty."}));
}

TEST(ShortOfMoney, NobodyEntersWhereMoneyPaysNoPlace) {
  EXPECT_EQ(warnings_of(with_posts(6, 0, 20).study),
            (Years{"Nobody enrolled in posts in any world.",
                   "The money for posts pays not one place in 2016, 2017: none of 20 persons who applied entered."}));
}

TEST(ShortOfMoney, EverybodyMayEnterButMoneyEnds) {
  const SixHouseholds six = with_posts(std::nan(""), 5, 20);
  EXPECT_EQ(short_of_money(StudyView(six.study), 1, 1)->entered, 5);
}

TEST(ShortOfMoney, OtherReasonsAreNotMoney) {
  EXPECT_FALSE(short_of_money(StudyView(with_posts(6, 6, 20).study), 1, 1)) << "no place is free";
  EXPECT_FALSE(short_of_money(StudyView(with_posts(6, 2, 2).study), 1, 1)) << "nobody else applied";
  EXPECT_FALSE(short_of_money(StudyView(with_posts(6, 0, 0).study), 1, 1)) << "nobody applied";
  EXPECT_FALSE(short_of_money(StudyView(with_posts(100, 95, 99).study), 1, 1)) << "few are turned away";
  SixHouseholds persons = with_posts(12, 3, 20);  // the next household may be too large for the nine that are left
  persons.study.attributes["programme_text:posts"] = std::string("capacity.unit = \"persons\"\n");
  EXPECT_FALSE(short_of_money(StudyView(persons.study), 1, 1));
  persons.study.attributes["programme_text:posts"] = std::string("capacity.unit = \"households\"\n");
  EXPECT_TRUE(short_of_money(StudyView(persons.study), 1, 1));
}

TEST(ShortOfMoney, OneWorldOfTwoIsNotMost) {
  SixHouseholds six = with_posts(6, 2, 20);
  six.study.variables.pop_back();
  six.entry("programmes/applied_persons", "programme", 1,
            [](auto, std::size_t w, std::size_t y) { return y > 0 && w == 0 ? 20 : 2; });
  EXPECT_FALSE(short_of_money(StudyView(six.study), 1, 1));
}

TEST(ShortOfMoney, AFundThatHasNothingWhileAProgrammeIsOpen) {
  SixHouseholds six = with_posts(6, 6, 6);
  six.entry("ledger/transfer_in", "fund", 1, [](auto, auto, std::size_t y) { return y == 1 ? 100 : 0; });
  six.entry("ledger/carried_in", "fund", 1, [](auto, auto, auto) { return 0; });
  six.study.attributes["programme_text:posts"] =
      std::string("cost.funding = { \"county\" = 1.0 }\nwindow = [2016, 2020]\n");
  EXPECT_TRUE(empty_funds(StudyView(six.study), 1, 1).empty()) << "a fund that no scenario limits";
  six.study.attributes["scenario_text:plan"] = std::string("funds.county.by_year = { 2016 = 100.0 }\n");
  const auto found = empty_funds(StudyView(six.study), 1, 1);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].fund, "county");
  EXPECT_EQ(found[0].years, Years{"2017"});
  EXPECT_EQ(warnings_of(six.study)[0], "The fund county has no money in 2017: nobody can enter posts then.");
  six.study.attributes["programme_text:posts"] =
      std::string("cost.funding = { \"county\" = 1.0 }\nwindow = [2016, 2016]\n");
  EXPECT_TRUE(empty_funds(StudyView(six.study), 1, 1).empty()) << "the programme is closed in 2017";
}

}  // namespace
}  // namespace tuopin
