#include "models/measures/targets.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace tuopin {

namespace {

constexpr double no_figure = std::numeric_limits<double>::quiet_NaN();
constexpr const char *not_in_this_run = "not in this run", *needs_leaving_out = "needs --leave-out-batches",
                     *figure_not_asked_for = "figure not asked for";
/// "about": within this relative distance of the printed figure.
constexpr double about = 0.1;  // definition: see above
struct Evaluation {
  double probability = no_figure, median = no_figure;
  double allowance = 0;  ///< persons of the whole region that may be missing; the maximum over draws
  std::string note;
};

/// A simulated figure in the unit of the target and for the whole region.
double as_printed(double figure, const Target& target, const Measure& measure, double share) {
  if (measure.row.is_rate()) return target.base > 0 ? figure / share / target.base : figure;
  return figure / share;
}

bool reached(double figure, const Target& target) {
  if (target.comparison == "at_most") return figure <= target.value;
  if (target.comparison == "at_least") return figure >= target.value;
  return std::fabs(figure - target.value) <= about * std::fabs(target.value);
}

/// Explains why a cell has no figure, if that is not obvious.
std::string note_of(const Measure& measure, const Recorder& recorder, const std::vector<Scenario>& scenarios,
                    std::size_t s, const Target& target) {
  const TargetMeasure& row = measure.row;
  const bool left_out = recorder.shape().leave_out_draws > 0;
  if (row.by_programme() || row.by_batch()) {
    const auto is_in = [&](const Scenario& scenario) {
      const auto batches = scenario.batches();
      return row.by_batch() ? std::find(batches.begin(), batches.end(), measure.of) != batches.end()
                            : std::any_of(scenario.programmes.begin(), scenario.programmes.end(),
                                          [&](const Settings& p) { return p.stem() == measure.of; });
    };
    if (std::none_of(scenarios.begin(), scenarios.end(), is_in)) return not_in_this_run;
    if (row.by_batch() && !is_in(scenarios[s])) return "";
    if (row.by_batch() && !left_out) return needs_leaving_out;
  }
  return figures_missing(recorder, measure, target).empty() ? "" : figure_not_asked_for;
}

Evaluation evaluate(const Recorder& recorder, const std::vector<Scenario>& scenarios, std::size_t s,
                    const Target& target, const Measure& measure, const std::vector<DrawnPopulation>& populations) {
  Evaluation found;
  found.note = note_of(measure, recorder, scenarios, s, target);
  auto figure = target_figures(recorder, s, measure, target);
  if (figure.empty()) return found;
  const std::size_t worlds_of_draw = measure.row.by_batch() ? 1 : recorder.shape().replicates;
  std::int64_t count = 0;
  Places places;
  for (std::size_t w = 0; w < figure.size(); ++w) {
    const DrawnPopulation& population = populations[w / worlds_of_draw];
    const double simulated = figure[w];
    figure[w] = as_printed(simulated, target, measure, population.share);
    bool is_reached = reached(figure[w], target);
    if (measure.row.is_input() && target.comparison == "at_least") {
      if (w % worlds_of_draw == 0)
        places = places_of(recorder, scenarios[s], s, measure, target.year, w / worlds_of_draw, population);
      if (places.planned >= target.value) {
        const double fillable = places.simulated - places.indivisible;
        is_reached |= simulated >= fillable;
        found.allowance = std::max(found.allowance, target.value - fillable / population.share);
      }
    }
    count += is_reached;
  }
  found.probability = static_cast<double>(count) / static_cast<double>(figure.size());
  std::sort(figure.begin(), figure.end());
  found.median = figure[(figure.size() + 1) / 2 - 1];
  return found;
}

/// The unit of the target's measure, to which its value is converted; without a measure of the model, the typed unit.
std::string unit_of(const Target& target, const Measure& measure, const std::vector<Scenario>& scenarios) {
  if (!measure.row.unit.empty()) return measure.row.unit;
  for (const Scenario& scenario : scenarios)
    for (const Settings& programme : scenario.programmes)
      if (programme.stem() == measure.of) return programme.text("capacity.unit");
  return target.unit;
}

/// For all targets the requested values, and by scenario and target the simulated ones.
struct Columns {
  explicit Columns(std::size_t cells)
      : notes(cells), probability(cells, no_figure), median(probability), allowance(probability) {}

  std::vector<std::string> ids, names, names_zh, measures, comparisons, reasons, kinds, units, notes;
  std::vector<std::int64_t> years;
  std::vector<double> values, bases, probability, median, allowance;

  void add(const Target& target) {
    ids.push_back(target.id);
    names.push_back(target.name);
    names_zh.push_back(target.name_zh);
    comparisons.push_back(target.comparison);
    reasons.push_back(target.reason);
    years.push_back(target.year);
  }
  void add_outside() {
    measures.emplace_back();
    kinds.emplace_back();
    values.push_back(no_figure);
    bases.push_back(no_figure);
  }
  void add_inside(const Target& target, const TargetMeasure& measure) {
    measures.push_back(target.measure);
    kinds.emplace_back(measure.is_input() ? "input" : "outcome");
    values.push_back(target.value);
    bases.push_back(measure.is_rate() && target.base > 0 ? target.base : no_figure);
  }
  void answer(std::size_t cell, const Evaluation& found, bool is_input) {
    notes[cell] = found.note;
    probability[cell] = found.probability;
    median[cell] = found.median;
    if (is_input && !std::isnan(found.median)) allowance[cell] = found.allowance;
  }
};

void add_variables(Study& study, const Columns& c) {
  const auto add = [&](const char* name, std::vector<std::string> dims, const char* unit, const char* en,
                       const char* zh, auto data) {
    study.variables.push_back({name, std::move(dims), unit, en, zh, "", std::move(data)});
  };
  add("targets/name", {"target"}, "", "what the document asks", "规划目标", c.names);
  add("targets/name_zh", {"target"}, "", "what the document asks, Chinese", "规划目标（中文）", c.names_zh);
  add("targets/measure", {"target"}, "", "figure of the model that it is held against; empty: not in the lean model",
      "对应指标", c.measures);
  add("targets/comparison", {"target"}, "", "at_most, at_least or about", "比较方式", c.comparisons);
  add("targets/reason", {"target"}, "", "why it is not in the lean model, or how it is read", "说明", c.reasons);
  add("targets/year", {"target"}, "year", "year of the target, 0 where none is printed", "规划目标年份", c.years);
  add("targets/value", {"target"}, "1", "figure that the document prints", "规划目标值", c.values);
  add("targets/kind", {"target"}, "",
      "outcome: what should come out; input: what the plan itself puts in; empty: not in the lean model", "类别",
      c.kinds);
  add("targets/unit", {"target"}, "", "unit of value and median", "单位", c.units);
  add("targets/base_persons", {"target"}, "persons",
      "persons that the rate is of; not known: all register members who are simulated", "比率的基数", c.bases);
  add("targets/probability", {"scenario", "target"}, "probability",
      "share of draws and replicates in which it is reached", "实现概率", c.probability);
  add("targets/median", {"scenario", "target"}, "1", "median of the model's figure", "模型中位数", c.median);
  add("targets/allowance_persons", {"scenario", "target"}, "persons",
      "places that whole households must leave empty, which `reached` allows; of the whole region, the most of any "
      "draw",
      "整户进入必然空出的名额", c.allowance);
  add("targets/note", {"scenario", "target"}, "",
      "why there is no figure: not in this run, or needs --leave-out-batches; else empty", "备注", c.notes);
}

}  // namespace

void add_observations(Study& study, const Region& region) {
  if (region.observations.empty()) return;
  Dimension dimension{"observation", std::vector<std::int64_t>{}, "1", "figure published later 事后公布数据"};
  std::vector<std::string> variables, sources;
  std::vector<std::int64_t> years;
  std::vector<double> values;
  for (const Observation& o : region.observations) {
    std::get<std::vector<std::int64_t>>(dimension.values).push_back(static_cast<std::int64_t>(variables.size()));
    variables.push_back(o.variable);
    sources.push_back(o.source);
    years.push_back(o.year);
    values.push_back(o.value);
  }
  study.dimensions.push_back(dimension);
  const std::vector<std::string> dims{"observation"};
  study.variables.push_back({"observations/variable", dims, "", "what was published", "指标", "", variables});
  study.variables.push_back({"observations/year", dims, "year", "year of the figure", "年份", "", years});
  study.variables.push_back({"observations/value", dims, "1",
                             "the figure; shown beside results, never used by the model", "数值", "", values});
  study.variables.push_back({"observations/source", dims, "", "where it was published", "来源", "", sources});
}

void add_targets(Study& study, const Recorder& recorder, const std::vector<Scenario>& scenarios, const Region& region,
                 const std::vector<DrawnPopulation>& populations) {
  if (region.targets.empty()) return;
  const RowMajor cells({scenarios.size(), region.targets.size()});
  Columns columns(cells.total());
  for (std::size_t t = 0; t < region.targets.size(); ++t) {
    const Target& target = region.targets[t];
    columns.add(target);
    if (!target.in_model) {
      columns.units.push_back(target.unit);
      columns.add_outside();
      continue;
    }
    const Measure measure = measure_of(target, region.measures);
    columns.units.push_back(unit_of(target, measure, scenarios));
    columns.add_inside(target, measure.row);
    for (std::size_t s = 0; s < scenarios.size(); ++s)
      columns.answer(cells.at({s, t}), evaluate(recorder, scenarios, s, target, measure, populations),
                     measure.row.is_input());
  }
  study.dimensions.push_back({"target", columns.ids, "", "target of the plan 规划目标"});
  add_variables(study, columns);
}

}  // namespace tuopin
