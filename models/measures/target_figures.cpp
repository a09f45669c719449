#include "models/measures/target_figures.hpp"

#include <algorithm>
#include <limits>

namespace tuopin {

namespace {

/// Positions of the years that a target is about: its own, or all until then.
struct Span {
  std::size_t from, to;
};
Span years_of(const RecordShape& shape, const Measure& measure, int year) {
  const std::size_t last = shape.years() - 1;
  const std::size_t y =
      year == 0 ? last : static_cast<std::size_t>(std::clamp(year - shape.first_year, 0, static_cast<int>(last)));
  return {measure.is_cumulative() ? 0 : y, y};
}

/// Value of a variable over scenario, draw, replicate, year, place and perhaps programme.
class Values {
 public:
  Values(const Recorder& recorder, const std::string& variable, bool by_programme)
      : shape_(recorder.shape()), values_(recorder.values(variable)),
        programmes_(by_programme ? shape_.accounts.programmes.size() : 1) {}

  double at(std::size_t scenario, std::size_t world, std::size_t year, std::size_t place, std::size_t programme) const {
    const std::size_t worlds = shape_.draws * shape_.replicates;
    return values_[(((scenario * worlds + world) * shape_.years() + year) * shape_.places.size() + place) *
                       programmes_ +
                   programme];
  }

  /// Of the whole region, by world; empty where one is not known.
  std::vector<double> sums(std::size_t scenario, Span years, std::size_t programme) const {
    std::vector<double> out;
    for (std::size_t world = 0; world < shape_.draws * shape_.replicates; ++world) {
      double sum = 0;
      for (std::size_t y = years.from; y <= years.to; ++y) sum += at(scenario, world, y, 0, programme);
      if (std::isnan(sum)) return {};
      out.push_back(sum);
    }
    return out;
  }

 private:
  const RecordShape& shape_;
  std::span<const double> values_;
  std::size_t programmes_;
};

std::size_t position(const std::vector<std::string>& names, const std::string& name) {
  return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
}

std::vector<double> lost_figures(const Recorder& recorder, std::size_t scenario, const Measure& measure,
                                 std::size_t year) {
  const RecordShape& shape = recorder.shape();
  const std::size_t batch = position(shape.batches, measure.of);
  if (batch == shape.batches.size() || shape.leave_out_draws == 0) return {};
  const auto values = recorder.values("batches/fall_in_poverty_lost");
  std::vector<double> out;
  for (std::size_t d = 0; d < shape.leave_out_draws; ++d) {
    out.push_back(
        values[((scenario * shape.batches.size() + batch) * shape.leave_out_draws + d) * shape.years() + year]);
    if (std::isnan(out.back())) return {};
  }
  return out;
}

}  // namespace

Measure::Measure(const std::string& text) : kind(text.substr(0, text.find(':'))) {
  if (kind.size() < text.size()) of = text.substr(kind.size() + 1);
}

std::vector<double> target_figures(const Recorder& recorder, std::size_t scenario, const Measure& measure, int year,
                                   bool of_base) {
  const RecordShape& shape = recorder.shape();
  const Span years = years_of(shape, measure, year);
  if (measure.is_lost()) return lost_figures(recorder, scenario, measure, years.to);
  if (measure.is_entries()) {
    const std::size_t programme = position(shape.accounts.programmes, measure.of);
    if (programme == shape.accounts.programmes.size()) return {};
    return Values(recorder, "programmes/entered_units", true).sums(scenario, years, programme);
  }
  const std::string variable = measure.is_rate() && of_base ? "register_persons"
                               : measure.is_cumulative()    ? measure.kind.substr(0, measure.kind.rfind('_'))
                                                            : measure.kind;
  for (const char* known : {"register_persons", "register_rate", "exits_gross"})
    if (variable == known) return Values(recorder, variable, false).sums(scenario, years, 0);
  return {};
}

Places places_of(const Recorder& recorder, const Scenario& scenario, std::size_t number, const Measure& measure,
                 int year, std::size_t draw, const DrawnPopulation& population) {
  const auto file = std::find_if(scenario.programmes.begin(), scenario.programmes.end(),
                                 [&](const Settings& programme) { return programme.stem() == measure.of; });
  const double endless = std::numeric_limits<double>::quiet_NaN();
  if (file == scenario.programmes.end() || !file->has("capacity.by_year")) return {endless, endless, 0};
  const RecordShape& shape = recorder.shape();
  const Span years = years_of(shape, measure, year);
  const Values values(recorder, "programmes/places", true);
  const std::size_t programme = position(shape.accounts.programmes, measure.of), world = draw * shape.replicates;
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
    places.simulated += values.at(number, world, y, 0, programme);
    if (!households_enter) continue;
    for (std::size_t place = by_county ? 1 : 0; place < (by_county ? shape.places.size() : 1); ++place)
      places.indivisible += std::min(largest, values.at(number, world, y, place, programme));
  }
  return places;
}

}  // namespace tuopin
