#include "models/measures/draws.hpp"

#include <algorithm>
#include <limits>

#include "models/population/synthesis.hpp"
#include "models/scenario/tables.hpp"

namespace tuopin {

namespace {

constexpr double none_of_this_name = std::numeric_limits<double>::quiet_NaN();

/// All quantities that a scenario reads, by name, and the names in order.
struct Parameters {
  std::map<std::string, Quantity> by_name;
  std::vector<std::string> names;
  void add(const Quantity& quantity) {
    if (by_name.emplace(quantity.name, quantity).second) names.push_back(quantity.name);
  }
};

Parameters parameters_of(const Scenario& scenario) {
  Parameters found;
  const auto add = [&](const Quantity& quantity) { found.add(quantity); };
  scenario.settings.for_each_quantity(add);
  for (const Settings& programme : scenario.programmes) programme.for_each_quantity(add);
  return found;
}

Parameters parameters_of(const Region& region) {
  Parameters found;
  for (const Crop& crop : region.crops)
    for (const std::string& name : crop_numbers())
      if (const auto number = crop.numbers.find(name); number != crop.numbers.end()) found.add(number->second);
  return found;
}

void add_parameters(Study& study, const std::vector<Scenario>& scenarios, const std::vector<DrawUsed>& draws) {
  std::vector<Parameters> of_scenario;
  for (const Scenario& scenario : scenarios) of_scenario.push_back(parameters_of(scenario));
  const Parameters of_region = parameters_of(*scenarios.front().region);
  std::vector<std::string> names;
  const auto name_those_of = [&](const Parameters& parameters) {
    for (const std::string& name : parameters.names)
      if (parameters.by_name.at(name).shape != Shape::fixed &&
          std::find(names.begin(), names.end(), name) == names.end())
        names.push_back(name);
  };
  for (const Parameters& parameters : of_scenario) name_those_of(parameters);
  name_those_of(of_region);
  for (Parameters& parameters : of_scenario)
    for (const std::string& name : of_region.names) parameters.add(of_region.by_name.at(name));
  if (names.empty()) return;
  std::vector<double> values;
  for (std::size_t s = 0; s < scenarios.size(); ++s)
    for (const DrawUsed& draw : draws) {
      const DrawAddress address = with_possible_shares(scenarios[s].settings, draw.address);
      for (const std::string& name : names) {
        const auto quantity = of_scenario[s].by_name.find(name);
        values.push_back(quantity == of_scenario[s].by_name.end() ? none_of_this_name
                                                                  : drawn(quantity->second, address));
      }
    }
  study.dimensions.push_back({"parameter", names, "", "parameter that has a range 有取值范围的参数"});
  study.variables.push_back({"draws/parameter_value",
                             {"scenario", "draw", "parameter"},
                             "",
                             "value that the draw used, in the parameter's own unit; of a series by year the one "
                             "factor of all years",
                             "该次抽样所用参数值（逐年序列为统一系数）",
                             "",
                             std::move(values)});
}

void add_calibration(Study& study, const std::vector<DrawUsed>& draws) {
  std::vector<double> sigma, level;
  for (const DrawUsed& draw : draws) {
    sigma.push_back(draw.sigma);
    level.push_back(draw.level);
  }
  study.variables.push_back({"draws/sigma",
                             {"draw"},
                             "log",
                             "spread of log income in the base year, measurement error included, of the first scenario",
                             "基年对数收入标准差（含测量误差）",
                             "",
                             std::move(sigma)});
  study.variables.push_back({"draws/level",
                             {"draw"},
                             "yuan/year",
                             "level of market income in the base year, of the first scenario",
                             "基年市场收入水平",
                             "",
                             std::move(level)});
}

void add_lines(Study& study, const Region& region, const std::vector<DrawUsed>& draws) {
  std::vector<std::string> names;
  for (const auto& [name, years] : region.lines) names.push_back(name);
  if (names.empty()) return;
  std::vector<double> values;
  for (const DrawUsed& draw : draws) {
    const Region own = drawn(region, draw.address);
    for (const std::string& name : names)
      for (int year = region.base_year; year <= region.last_year; ++year)
        values.push_back(own.lines.at(name).begin()->first > year ? none_of_this_name : own.line(name, year));
  }
  study.dimensions.push_back({"line_name", names, "", "line or series of the region 地区贫困线"});
  study.variables.push_back({"draws/line_value",
                             {"draw", "line_name", "year"},
                             "yuan/year",
                             "line of the year that the draw used, a head",
                             "该次抽样所用贫困线",
                             "",
                             std::move(values)});
}

bool is_shown_only(const std::string& margin) {
  const RowField* field = margins_table().row(margin);
  return field && field->shown_only;
}

void add_margins(Study& study, const Region& region, const std::vector<DrawUsed>& draws) {
  std::vector<Problem> reported;  // where the population was made
  const SynthesisInput input = synthesis_input(region, reported);
  std::vector<std::pair<std::string, std::string>> keys;
  std::vector<std::string> names;
  for (const auto& [key, margin] : input.margins.rows())
    if (!is_shown_only(key.first) && margin.status == Status::assumption && margin.low < margin.high) {
      keys.push_back(key);
      names.push_back(key.first + "." + key.second);
    }
  if (names.empty()) return;
  std::map<int, Margins> of_population;
  std::vector<double> values;
  for (const DrawUsed& draw : draws) {
    const auto [used, is_new] = of_population.try_emplace(draw.population);
    if (is_new) used->second = input.margins.drawn(input.seed, draw.population);
    for (const auto& [name, place] : keys) values.push_back(used->second.own(name, place)->value);
  }
  study.dimensions.push_back({"margin", names, "", "margin that is drawn from a range 有取值范围的边际数"});
  study.variables.push_back({"draws/margin_value",
                             {"draw", "margin"},
                             "",
                             "value that the draw's population was made with, in the margin's own unit, before shares "
                             "are brought to their sum",
                             "该次抽样所用人口的边际数",
                             "",
                             std::move(values)});
}

}  // namespace

void add_draws(Study& study, const std::vector<Scenario>& scenarios, const std::vector<DrawUsed>& draws) {
  const Region& region = *scenarios.front().region;
  add_parameters(study, scenarios, draws);
  add_calibration(study, draws);
  add_lines(study, region, draws);
  add_margins(study, region, draws);
  std::vector<std::int64_t> populations;
  for (const DrawUsed& draw : draws) populations.push_back(draw.population);
  study.variables.push_back({"draws/population",
                             {"draw"},
                             "1",
                             "which of the region's populations the draw lived on",
                             "该次抽样所用合成人口",
                             "",
                             std::move(populations)});
}

}  // namespace tuopin
