#include "models/measures/target_figures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace tuopin {

namespace {

/// Range of years that a target refers to: its own year, or for cumulative measures all years until then.
struct Span {
  std::size_t from, to;
};
Span years_of(const RecordShape& shape, const Measure& measure, int year) {
  const std::size_t last = shape.years() - 1;
  const std::size_t y =
      year == 0 ? last : static_cast<std::size_t>(std::clamp(year - shape.first_year, 0, static_cast<int>(last)));
  return {measure.row.cumulative ? 0 : y, y};
}

std::size_t position(const std::vector<std::string>& names, const std::string& name) {
  return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
}

const std::string& figure_of(const Measure& measure, const Target& target) {
  return target.base > 0 && !measure.row.persons.empty() ? measure.row.persons : measure.row.figure;
}

/// Sums over the years for each draw and replicate; empty if a value is unknown. `at_year`: index of the value of a
/// draw × replicate and year.
template <typename AtYear>
std::vector<double> sums_of_worlds(std::size_t worlds, Span years, std::span<const double> values,
                                   const AtYear& at_year) {
  std::vector<double> out;
  for (std::size_t world = 0; world < worlds; ++world) {
    double sum = 0;
    for (std::size_t y = years.from; y <= years.to; ++y) sum += values[at_year(world, y)];
    if (std::isnan(sum)) return {};
    out.push_back(sum);
  }
  return out;
}

}  // namespace

Measure measure_of(const Target& target, const std::vector<TargetMeasure>& measures) {
  const TargetMeasure* row = find_measure(measures, target.measure);
  if (!row) throw std::logic_error(fmt::format("there is no measure {}", target.measure));
  return {*row, name_in_measure(target.measure)};
}

std::vector<std::string> figures_missing(const Recorder& recorder, const Measure& measure, const Target& target) {
  std::vector<std::string> missing;
  for (const std::string& figure : {figure_of(measure, target), measure.row.places})
    if (!figure.empty() && !recorder.has(figure)) missing.push_back(figure);
  return missing;
}

std::vector<double> target_figures(const Recorder& recorder, std::size_t scenario, const Measure& measure,
                                   const Target& target) {
  const RecordShape& shape = recorder.shape();
  const Span years = years_of(shape, measure, target.year);
  if (!figures_missing(recorder, measure, target).empty()) return {};
  const auto [values, layout] = recorder.recorded(figure_of(measure, target));
  if (measure.row.by_batch()) {
    const std::size_t batch = position(shape.batches, measure.of);
    if (batch == shape.batches.size()) return {};
    return sums_of_worlds(shape.leave_out_draws, years, values, [&, &at = layout](std::size_t draw, std::size_t year) {
      return at.at({scenario, batch, draw, year});
    });
  }
  const std::size_t programme = measure.row.by_programme() ? position(shape.accounts.programmes, measure.of) : 0;
  if (measure.row.by_programme() && programme == shape.accounts.programmes.size()) return {};
  return sums_of_worlds(shape.draws * shape.replicates, years, values,
                        [&, &at = layout](std::size_t world, std::size_t year) {
                          const std::size_t draw = world / shape.replicates, replicate = world % shape.replicates;
                          const std::size_t whole = at.at({scenario, draw, replicate, year});
                          return measure.row.by_programme() ? whole + programme * at.stride(at.axes() - 1) : whole;
                        });
}

Places places_of(const Recorder& recorder, const Scenario& scenario, std::size_t number, const Measure& measure,
                 int year, std::size_t draw, const DrawnPopulation& population) {
  const auto file = std::find_if(scenario.programmes.begin(), scenario.programmes.end(),
                                 [&](const Settings& programme) { return programme.stem() == measure.of; });
  const double endless = std::numeric_limits<double>::quiet_NaN();
  if (file == scenario.programmes.end() || !file->has("capacity.by_year")) return {endless, endless, 0};
  const RecordShape& shape = recorder.shape();
  const Span years = years_of(shape, measure, year);
  const auto recorded = recorder.recorded(measure.row.places);
  const std::size_t programme = position(shape.accounts.programmes, measure.of);
  const auto places_in = [&](std::size_t y, std::size_t place) {
    return recorded.values[recorded.layout.at({number, draw, 0, y, place, programme})];
  };
  const bool households_enter = file->text("unit") == "household" && file->text("capacity.unit") == "persons";
  const bool by_county = file->text("capacity.by") == "county";
  const double largest = population.largest_household - 1;
  const auto [first, last] = file->window("window");
  const YearSeries& series = file->series("capacity.by_year");
  const double factor = drawn(series.factor, population.address);
  Places places;
  for (std::size_t y = years.from; y <= years.to; ++y) {
    const int of = shape.first_year + static_cast<int>(y);
    if (of < first || of > last) continue;
    places.planned += std::floor(series.at(of) * factor + 0.5);
    places.simulated += places_in(y, 0);
    if (!households_enter) continue;
    for (std::size_t place = by_county ? 1 : 0; place < (by_county ? shape.places.size() : 1); ++place)
      places.indivisible += std::min(largest, places_in(y, place));
  }
  return places;
}

}  // namespace tuopin
