// Effects of a scenario on six households that can be counted by hand.
#include "models/findings/effects.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "models/findings/effect_rows.hpp"
#include "tests/models/findings/six_households.hpp"

namespace tuopin {
namespace {

TEST(Effects, OfSixHouseholds) {
  const SixHouseholds six = with_money();
  const StudyView view(six.study);
  EXPECT_EQ(poor_persons(view, 0, 2), (std::vector<double>{9, 15}));
  EXPECT_EQ(poor_persons(view, 1, 2), (std::vector<double>{9, 4}));
  EXPECT_EQ(person_years(view, 1), (std::vector<double>{4, 15}));  // 4 + 0, 4 + 11: the base year does not count
  EXPECT_EQ(spent(view, 1), (std::vector<double>{6300, 6300}));
  EXPECT_EQ(unspent(view, 1), (std::vector<double>{16000, 16000}));
  EXPECT_EQ(*cost_per_person_year(view, 1), (std::vector<double>{6000 / 4., 6000 / 15.}));
  EXPECT_FALSE(cost_per_person_year(view, 0).has_value());
}

TEST(Effects, CostIsNotEstimableWhereTheIntervalOfThePersonYearsHoldsZero) {
  for (const double in_first_world : {0.0, -3.0}) {
    SixHouseholds six;
    for (Variable& variable : six.study.variables)
      if (variable.name == "fall_in_poverty") {
        auto& values = std::get<std::vector<double>>(variable.values);
        values[6 + 1] = in_first_world;  // plan, world 1, 2016; nothing in 2017
      }
    EXPECT_FALSE(cost_per_person_year(StudyView(six.study), 1).has_value()) << in_first_world;
    EXPECT_EQ(effect_rows(Page(six.study, "en"), 1, false).back().words.english(), "not estimable");
  }
}

/// A hundred worlds; in the first `lost` of them the plan makes 20 persons poor in 2016.
SixHouseholds with_lost_worlds(std::size_t lost) {
  SixHouseholds six({"none", "plan"}, 100);
  for (Variable& variable : six.study.variables)
    if (variable.name == "fall_in_poverty") {
      auto& values = std::get<std::vector<double>>(variable.values);
      for (std::size_t w = 0; w < lost; ++w) values[300 + 3 * w + 1] = -20;
    }
  return six;
}

TEST(Effects, AWorldWithoutFewerPoorCostsInfinitelyMuchBeyondTheInterval) {
  const SixHouseholds six = with_lost_worlds(4);
  const auto cost = cost_per_person_year(StudyView(six.study), 1);
  ASSERT_TRUE(cost.has_value());  // four of a hundred: the fifth smallest is above zero
  EXPECT_EQ(std::count_if(cost->begin(), cost->end(), [](double c) { return std::isinf(c); }), 4);
  const Spread spread = spread_of(*cost);
  EXPECT_EQ(spread.low, 400);
  EXPECT_EQ(spread.high, 1500);
  // Five: the mean of the fifth and sixth smallest person-years is below zero.
  EXPECT_FALSE(cost_per_person_year(StudyView(with_lost_worlds(5).study), 1).has_value());
}

TEST(EffectRows, OfSixHouseholds) {
  const SixHouseholds six = with_money();
  const Page page(six.study, "en");
  const auto rows = effect_rows(page, 1, true);
  std::vector<std::string> labels;
  for (const EffectRow& row : rows) labels.push_back(row.label.english());
  EXPECT_EQ(labels,
            (std::vector<std::string>{"income-poor (simulated)", "% of all persons", "on the register",
                                      "out of poverty by the plan", "into poverty by the plan",
                                      "person-years spared, all years", "spent", "unspent", "cost per person-year"}));
  EXPECT_EQ(rows[0].without.median, 12);
  EXPECT_EQ(rows[0].difference.low, -11);
  EXPECT_EQ(rows[0].lower.worlds, 1u);
  EXPECT_EQ(rows[0].lower.of, 2u);
  EXPECT_EQ(rows[5].difference.high, 15);
  EXPECT_EQ(rows[6].scale.name.english(), "thousand yuan");
  for (std::size_t money : {6u, 7u}) EXPECT_EQ(rows[money].decimals, 1) << "one number of decimals for one unit";
  EXPECT_DOUBLE_EQ(rows[6].difference.median, 6);
  EXPECT_EQ(rows[8].difference.median, 950);
  EXPECT_EQ(effect_rows(page, 0, true).size(), 5u);  // of the first its own figures alone
  EXPECT_EQ(figures_not_recorded(page, 1), std::vector<std::string>{});
}

}  // namespace
}  // namespace tuopin
