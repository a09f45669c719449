// Figures of poverty through the years and against the first scenario: who gets out, stays out, falls back. Some are of
// an earlier year and known only later; what the years so far cannot tell stays unknown.
#include "models/measures/formulas.hpp"
#include "models/measures/shipped_figures.hpp"

namespace tuopin {

namespace {

/// Persons who were poor in none (0), one or two (1), all (2) of the year and the two before.
template <std::size_t How>
double of_three_years(const YearFacts& f, const At& at) {
  return count(f.sums(at).poor_in_three_years[How]);
}

std::vector<Figure> against_the_first_scenario() {
  return {
      {"",
       "out_of_poverty",
       {},
       "persons",
       "out of poverty by the plan: not income-poor here, poor in the first scenario under equal luck",
       "因规划脱贫人数(同样运气下第一个方案中贫困)",
       persons<&PlaceSums::out_of_poverty>},
      {"",
       "into_poverty",
       {},
       "persons",
       "into poverty by the plan: income-poor here, not poor in the first scenario under equal luck",
       "因规划致贫人数(同样运气下第一个方案中不贫困)",
       persons<&PlaceSums::into_poverty>},
      {"",
       "fall_in_poverty",
       {},
       "persons",
       "out of poverty less into poverty by the plan: the poor of the first scenario less those here",
       "因规划净减少的贫困人口(脱贫减致贫)",
       [](const YearFacts& f, const At& at) { return count(f.sums(at).out_of_poverty - f.sums(at).into_poverty); }},
  };
}

std::vector<Figure> of_the_scenario_itself() {
  return {
      {"",
       "true_exits",
       {},
       "persons",
       "income-poor in the year before and not in this one",
       "当年脱离收入贫困人数",
       persons<&PlaceSums::true_exits>,
       {.lag = 0, .years_before = 1}},
      {"",
       "true_exits_out_one_year",
       {},
       "persons",
       "of the true exits of the year: not poor in the next year; unknown until it is simulated",
       "其中次年仍未返贫",
       persons<&PlaceSums::exits_out_one_year>,
       {.lag = 1, .years_before = 2}},
      {"",
       "true_exits_out_two_years",
       {},
       "persons",
       "of the true exits of the year: not poor in the next two years; unknown until they are simulated",
       "其中此后两年均未返贫",
       persons<&PlaceSums::exits_out_two_years>,
       {.lag = 2, .years_before = 3}},
      {"",
       "fall_back_rate",
       {},
       "share",
       "of those who left income poverty in the three years before, as far as simulated: poor in this year",
       "前三年脱离收入贫困者中本年贫困的比例",
       [](const YearFacts& f, const At& at) { return ratio(f.sums(at).left_lately_poor, f.sums(at).left_lately); },
       {.lag = 0, .years_before = 2}},
      {"",
       "poor_none_of_three_years",
       {},
       "persons",
       "income-poor in none of this year and the two before",
       "近三年均不贫困人数",
       of_three_years<0>,
       {.lag = 0, .years_before = 2}},
      {"",
       "poor_one_or_two_of_three_years",
       {},
       "persons",
       "income-poor in one or two of this year and the two before",
       "近三年中一至两年贫困人数",
       of_three_years<1>,
       {.lag = 0, .years_before = 2}},
      {"",
       "poor_all_three_years",
       {},
       "persons",
       "income-poor in this year and in the two before",
       "近三年均贫困人数",
       of_three_years<2>,
       {.lag = 0, .years_before = 2}},
      {"",
       "fall_back_registered",
       {},
       "persons",
       "on the register again",
       "返贫重新纳入人数",
       persons<&PlaceSums::fall_back_registered>},
      {"",
       "fall_back_true",
       {},
       "persons",
       "off the register and income-poor (simulated) again",
       "退出名册后又模拟收入贫困人数",
       persons<&PlaceSums::fall_back_true>},
  };
}

}  // namespace

std::vector<Figure> years_of_poverty_figures() {
  std::vector<Figure> all = against_the_first_scenario();
  const std::vector<Figure> own = of_the_scenario_itself();
  all.insert(all.end(), own.begin(), own.end());
  return all;
}

}  // namespace tuopin
