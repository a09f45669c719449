#include "models/measures/targets.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace tuopin {

namespace {

constexpr double no_figure = std::numeric_limits<double>::quiet_NaN();
/// "about": within this relative distance of the printed figure.
constexpr double about = 0.1;  // definition: see above
/// "at_least": places for persons are filled by whole households, so the last few of 100,000 may stay empty.
constexpr double indivisible = 0.001;  // definition: see above

/// Figures of the whole region by [draw × replicate] for one scenario and measure; empty where the run has none.
class Figures {
 public:
  Figures(const Recorder& recorder) : r_(recorder), s_(recorder.shape()) {}

  std::vector<double> of(std::size_t scenario, const std::string& measure, int year) const {
    const std::size_t last = s_.years() - 1;
    const std::size_t y =
        year == 0 ? last : static_cast<std::size_t>(std::clamp(year - s_.first_year, 0, static_cast<int>(last)));
    const std::size_t colon = measure.find(':');
    const std::string kind = measure.substr(0, colon),
                      name = colon == std::string::npos ? "" : measure.substr(colon + 1);
    if (kind == "register_persons" || kind == "register_rate" || kind == "exits_gross")
      return region(scenario, kind, y, y);
    if (kind == "exits_gross_cumulative") return region(scenario, "exits_gross", 0, y);
    if (kind == "programme_entered") return programme(scenario, name, y, y);
    if (kind == "programme_entered_cumulative") return programme(scenario, name, 0, y);
    if (kind == "fall_in_poverty_lost") return left_out(scenario, name, y);
    return {};
  }

 private:
  std::vector<double> region(std::size_t scenario, const std::string& variable, std::size_t from,
                             std::size_t to) const {
    const auto& values = r_.values(variable);
    std::vector<double> out;
    for (std::size_t t = 0; t < s_.draws * s_.replicates; ++t) {
      double sum = 0;
      for (std::size_t y = from; y <= to; ++y)
        sum += values[((scenario * s_.draws * s_.replicates + t) * s_.years() + y) * s_.places.size()];
      out.push_back(sum);
    }
    return out;
  }
  std::vector<double> programme(std::size_t scenario, const std::string& name, std::size_t from, std::size_t to) const {
    const auto& names = s_.accounts.programmes;
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) return {};
    const auto p = static_cast<std::size_t>(found - names.begin());
    const auto& values = r_.values("programmes/entered_units");
    std::vector<double> out;
    for (std::size_t t = 0; t < s_.draws * s_.replicates; ++t) {
      double sum = 0;
      for (std::size_t y = from; y <= to; ++y)
        sum += values[(((scenario * s_.draws * s_.replicates + t) * s_.years() + y) * s_.places.size()) * names.size() +
                      p];
      if (std::isnan(sum)) return {};
      out.push_back(sum);
    }
    return out;
  }
  std::vector<double> left_out(std::size_t scenario, const std::string& batch, std::size_t y) const {
    const auto found = std::find(s_.batches.begin(), s_.batches.end(), batch);
    if (found == s_.batches.end() || s_.leave_out_draws == 0) return {};
    const auto b = static_cast<std::size_t>(found - s_.batches.begin());
    const auto& values = r_.values("batches/fall_in_poverty_lost");
    std::vector<double> out;
    for (std::size_t d = 0; d < s_.leave_out_draws; ++d) {
      const double value = values[((scenario * s_.batches.size() + b) * s_.leave_out_draws + d) * s_.years() + y];
      if (std::isnan(value)) return {};
      out.push_back(value);
    }
    return out;
  }

  const Recorder& r_;
  const RecordShape& s_;
};

bool reached(double figure, const Target& target) {
  if (target.comparison == "at_most") return figure <= target.value;
  if (target.comparison == "at_least") return figure >= target.value * (1 - indivisible);
  return std::fabs(figure - target.value) <= about * std::fabs(target.value);
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
                 const std::vector<double>& share_of_draw) {
  if (region.targets.empty()) return;
  const Figures figures(recorder);
  Dimension dimension{"target", std::vector<std::string>{}, "", "target of the plan 规划目标"};
  auto& ids = std::get<std::vector<std::string>>(dimension.values);
  std::vector<std::string> names, names_zh, measures, comparisons, reasons;
  std::vector<std::int64_t> years;
  std::vector<double> values, probability(scenarios.size() * region.targets.size(), no_figure), median = probability;
  for (std::size_t i = 0; i < region.targets.size(); ++i) {
    const Target& target = region.targets[i];
    ids.push_back(target.id);
    names.push_back(target.name);
    names_zh.push_back(target.name_zh);
    measures.push_back(target.in_model ? target.measure : "");
    comparisons.push_back(target.comparison);
    reasons.push_back(target.reason);
    years.push_back(target.year);
    values.push_back(target.in_model ? target.value : no_figure);
    if (!target.in_model) continue;
    for (std::size_t s = 0; s < scenarios.size(); ++s) {
      auto figure = figures.of(s, target.measure, target.year);
      if (figure.empty()) continue;
      const bool left_out = target.measure.starts_with("fall_in_poverty_lost");
      if (target.measure != "register_rate")
        for (std::size_t t = 0; t < figure.size(); ++t)  // by draw and replicate; without a batch, by draw
          figure[t] /= share_of_draw[left_out ? t : t / recorder.shape().replicates];
      std::int64_t count = 0;
      for (const double f : figure) count += reached(f, target);
      probability[s * region.targets.size() + i] = static_cast<double>(count) / static_cast<double>(figure.size());
      std::sort(figure.begin(), figure.end());
      median[s * region.targets.size() + i] = figure[(figure.size() + 1) / 2 - 1];
    }
  }
  study.dimensions.push_back(dimension);
  const auto add = [&](const char* name, std::vector<std::string> dims, const char* unit, const char* en,
                       const char* zh, auto data) {
    study.variables.push_back({name, std::move(dims), unit, en, zh, "", std::move(data)});
  };
  add("targets/name", {"target"}, "", "what the document asks", "目标", names);
  add("targets/name_zh", {"target"}, "", "what the document asks, Chinese", "目标(中文)", names_zh);
  add("targets/measure", {"target"}, "", "figure of the model that it is held against; empty: not in the lean model",
      "对应指标", measures);
  add("targets/comparison", {"target"}, "", "at_most, at_least or about", "比较方式", comparisons);
  add("targets/reason", {"target"}, "", "why it is not in the lean model, or how it is read", "说明", reasons);
  add("targets/year", {"target"}, "year", "year of the target, 0 where none is printed", "目标年份", years);
  add("targets/value", {"target"}, "1", "figure that the document prints", "目标值", values);
  add("targets/probability", {"scenario", "target"}, "probability",
      "share of draws and replicates in which it is reached", "实现概率", probability);
  add("targets/median", {"scenario", "target"}, "1", "median of the model's figure", "模型中位数", median);
}

}  // namespace tuopin
