// Effects of a scenario relative to the first one, for each draw and replicate (world) under equal luck: persons,
// money, cost.
#pragma once

#include <optional>
#include <vector>

#include "models/findings/study_view.hpp"

namespace tuopin {

/// Income-poor persons of the whole region, by world.
std::vector<double> poor_persons(const StudyView& study, std::size_t scenario, std::size_t year);
/// Persons of the whole region who are spared income poverty, summed over the years after the base year: person-years.
std::vector<double> person_years(const StudyView& study, std::size_t scenario);
/// What was spent in all years, the safety net included, yuan.
std::vector<double> spent(const StudyView& study, std::size_t scenario);
/// Money that came into funds and was never paid: what lapsed in any year, and what is left at the end of the last.
std::vector<double> unspent(const StudyView& study, std::size_t scenario);
/// a − b, world by world.
std::vector<double> difference(std::vector<double> a, const std::vector<double>& b);
/// Additional spending relative to the first scenario for one person-year out of poverty, in yuan. In a world without a
/// reduction it is infinite. No value if the 90% interval of the person-years contains zero or lies below it, or if the
/// interval of the cost itself has no upper end.
std::optional<std::vector<double>> cost_per_person_year(const StudyView& study, std::size_t scenario);

/// Worlds in which a difference is below zero, and those in which it is known.
struct Lower {
  std::size_t worlds = 0, of = 0;
};
Lower lower_worlds(const std::vector<double>& differences);

}  // namespace tuopin
