#include "models/findings/effects.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "models/findings/order_statistics.hpp"

namespace tuopin {

std::vector<double> poor_persons(const StudyView& study, std::size_t scenario, std::size_t year) {
  auto poor = study.worlds("poverty_rate", scenario, year);
  const auto persons = study.worlds("persons", scenario, year);
  for (std::size_t w = 0; w < poor.size(); ++w) poor[w] = std::round(poor[w] * persons[w]);  // the rate is a quotient
  return poor;
}

std::vector<double> person_years(const StudyView& study, std::size_t scenario) {
  return study.sums("fall_in_poverty", scenario, 1);
}

std::vector<double> spent(const StudyView& study, std::size_t scenario) { return study.sums("spending", scenario); }

std::vector<double> unspent(const StudyView& study, std::size_t scenario) {
  std::vector<double> total(study.size("draw") * study.size("replicate"), std::nan(""));
  const std::size_t last = study.size("year") - 1;
  for (std::size_t fund = 0; fund < study.size("fund"); ++fund) {
    const auto lapsed = study.sums("ledger/lapsed", scenario, 0, "fund", fund);
    const auto left = study.worlds("ledger/carried_over", scenario, last, "fund", fund);
    for (std::size_t w = 0; w < total.size(); ++w) {
      const double here = lapsed[w] + left[w];
      if (!std::isnan(here)) total[w] = std::isnan(total[w]) ? here : total[w] + here;
    }
  }
  return total;
}

std::vector<double> difference(std::vector<double> a, const std::vector<double>& b) {
  for (std::size_t w = 0; w < a.size(); ++w) a[w] = w < b.size() ? a[w] - b[w] : std::nan("");
  return a;
}

std::optional<std::vector<double>> cost_per_person_year(const StudyView& study, std::size_t scenario) {
  const auto years = person_years(study, scenario);
  const Spread effect = spread_of(years);
  if (scenario == 0 || effect.worlds == 0 || !(effect.low > 0)) return std::nullopt;
  auto cost = difference(spent(study, scenario), spent(study, 0));
  for (std::size_t w = 0; w < cost.size(); ++w)
    cost[w] = years[w] > 0           ? cost[w] / years[w]
              : std::isnan(years[w]) ? std::nan("")
                                     : std::numeric_limits<double>::infinity();
  if (!std::isfinite(spread_of(cost).high)) return std::nullopt;
  return cost;
}

Lower lower_worlds(const std::vector<double>& differences) {
  Lower lower;
  for (const double d : differences) {
    lower.of += !std::isnan(d);
    lower.worlds += d < 0;
  }
  return lower;
}

}  // namespace tuopin
