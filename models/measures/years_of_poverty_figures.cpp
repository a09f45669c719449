// Figures of poverty dynamics and of differences from the first scenario: exits, lasting exits, relapses. Some refer to
// an earlier year and are known only later; values that need years not simulated yet are unknown (NaN).
#include "models/measures/formulas.hpp"
#include "models/measures/shipped_figures.hpp"

namespace tuopin {

namespace {

/// Known from the first year that has `years_before` simulated years before it; refers to the year `lag` years earlier.
constexpr Figure::Known looks_back(int years_before, int lag = 0) { return {lag, years_before}; }

/// Persons who were poor in none (0), one or two (1), all (2) of the year and the two before.
template <std::size_t How>
double of_three_years(const YearFacts& f, const At& at) {
  return count(f.sums(at).poor_in_three_years[How]);
}

}  // namespace

std::vector<Figure> years_of_poverty_figures() {
  const std::vector<std::string> whole;  // of all persons of a place
  return {
      {"",
       "out_of_poverty",
       whole,
       "persons",
       "out of poverty by the plan: not income-poor here, poor in the first scenario under equal luck",
       "因规划脱贫人数（同样运气下第一个方案中贫困）",
       persons<&PlaceSums::out_of_poverty>,
       {},
       true},
      {"",
       "into_poverty",
       whole,
       "persons",
       "into poverty by the plan: income-poor here, not poor in the first scenario under equal luck",
       "因规划致贫人数（同样运气下第一个方案中不贫困）",
       persons<&PlaceSums::into_poverty>,
       {},
       true},
      {"",
       "fall_in_poverty",
       whole,
       "persons",
       "out of poverty less into poverty by the plan: the poor of the first scenario less those here",
       "因规划净减少的贫困人口（脱贫减致贫）",
       [](const YearFacts& f, const At& at) { return count(f.sums(at).out_of_poverty - f.sums(at).into_poverty); },
       {},
       true},
      {"", "true_exits", whole, "persons", "income-poor in the year before and not in this one", "当年脱离收入贫困人数",
       persons<&PlaceSums::true_exits>, looks_back(1)},
      {"", "true_exits_out_one_year", whole, "persons",
       "of the true exits of the year: not poor in the next year; unknown until it is simulated", "其中次年仍未返贫",
       persons<&PlaceSums::exits_out_one_year>, looks_back(2, 1)},
      {"", "true_exits_out_two_years", whole, "persons",
       "of the true exits of the year: not poor in the next two years; unknown until they are simulated",
       "其中此后两年均未返贫", persons<&PlaceSums::exits_out_two_years>, looks_back(3, 2)},
      {"", "fall_back_rate", whole, "share",
       "of those who left income poverty in the three years before, as far as simulated: poor in this year",
       "返贫率：前三年脱离收入贫困者中本年又处于收入贫困的比例",
       [](const YearFacts& f, const At& at) { return ratio(f.sums(at).left_lately_poor, f.sums(at).left_lately); },
       looks_back(2)},
      {"", "poor_none_of_three_years", whole, "persons", "income-poor in none of this year and the two before",
       "近三年均不贫困人数", of_three_years<0>, looks_back(2)},
      {"", "poor_one_or_two_of_three_years", whole, "persons",
       "income-poor in one or two of this year and the two before", "近三年中一至两年贫困人数", of_three_years<1>,
       looks_back(2)},
      {"", "poor_all_three_years", whole, "persons", "income-poor in this year and in the two before",
       "近三年均贫困人数", of_three_years<2>, looks_back(2)},
      {"", "fall_back_registered", whole, "persons", "on the register again", "返贫人口重新纳入人数",
       persons<&PlaceSums::fall_back_registered>},
      {"", "fall_back_true", whole, "persons", "off the register and income-poor (simulated) again",
       "退出名册后又模拟收入贫困人数", persons<&PlaceSums::fall_back_true>},
  };
}

}  // namespace tuopin
