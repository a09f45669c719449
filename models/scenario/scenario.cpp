#include "models/scenario/scenario.hpp"

#include <algorithm>

#include "models/scenario/draw.hpp"
#include "models/scenario/fields.hpp"
#include "models/scenario/programme_files.hpp"
#include "models/scenario/scenario_checks.hpp"
#include "models/scenario/tables.hpp"
#include "models/scenario/target_programmes.hpp"

namespace tuopin {

namespace {

/// For a programme, region or table given as a scenario, replaces the problems of all its keys by one helpful message.
void say_what_it_is(const std::filesystem::path& path, const FileKinds& kinds, std::size_t before,
                    std::vector<Problem>& problems) {
  if (path.extension() == ".csv") {
    problems.resize(before);
    problems.push_back({{path.string()},
                        "",
                        message("is a table (CSV), expected a scenario, which is a TOML file"),
                        message("tables are named in the file of a region; give a scenario of that region")});
    return;
  }
  std::vector<Problem> as_programme, as_region;
  load_settings(path, kinds.programme, "", as_programme);
  load_settings(path, kinds.region.file, "", as_region);
  const std::size_t as_scenario = problems.size() - before;
  const bool programme = 2 * as_programme.size() < as_scenario, region = 2 * as_region.size() < as_scenario;
  if (!programme && !region) return;
  problems.resize(before);
  problems.push_back(
      {{path.string(), 1, 0},
       "",
       programme ? message("is a programme, expected a scenario") : message("is a region, expected a scenario"),
       programme ? message("name it in `programmes` of a scenario and give that scenario")
                 : message("name it as `region` of a scenario and give that scenario")});
}

void add_warnings(const std::vector<Problem>& from, std::vector<Problem>& to) {
  to.insert(to.end(), from.begin(), from.end());
}

}  // namespace

std::vector<std::string> Scenario::batches() const {
  std::vector<std::string> names;
  for (const Settings& programme : programmes) {
    const std::string& batch = programme.text("batch");
    if (std::find(names.begin(), names.end(), batch) == names.end()) names.push_back(batch);
  }
  return names;
}

void refuse(std::vector<Problem> problems) {
  const bool tables_only = std::all_of(problems.begin(), problems.end(), [](const Problem& problem) {
    return std::filesystem::path(problem.origin.file).extension() == ".csv";
  });
  if (tables_only) throw DataError(std::move(problems));
  throw ScenarioError(std::move(problems));
}

Scenario read_scenario(const std::filesystem::path& path, const FileKinds& kinds, std::vector<Problem>& problems) {
  Scenario scenario;
  scenario.name = path.stem().string();
  const std::size_t before = problems.size();
  check_name(path.string(), scenario.name, problems);
  if (problems.size() > before) return scenario;
  scenario.settings = load_settings(path, kinds.scenario, "", problems);
  if (problems.size() > before) {
    say_what_it_is(path, kinds, before, problems);
    return scenario;
  }
  scenario.title = scenario.settings.translated("title");
  scenario.region =
      std::make_shared<const Region>(load_region(scenario.settings.file("region"), problems, kinds.region));
  add_warnings(scenario.settings.warnings(), scenario.warnings);
  add_warnings(scenario.region->settings.warnings(), scenario.warnings);
  add_warnings(scenario.region->warnings, scenario.warnings);
  load_programmes(scenario, kinds, problems);
  if (problems.size() == before) check_target_programmes(scenario, problems);
  check_relations(scenario, problems);
  check_funds(scenario, problems);
  check_years(scenario, problems);
  if (problems.size() == before) add_warnings(copies_of_bases(scenario, kinds), scenario.warnings);
  return scenario;
}

bool grants_plots(const Settings& programme) {
  for (const std::string& effect : programme.tables("effect")) {
    const std::string asset = "effect." + effect + ".asset";
    if (programme.has(asset) && programme.text(asset) == "plot") return true;
  }
  return false;
}

InputCount count_inputs(const Scenario& scenario) {
  InputCount count;
  const auto add_status = [&](Status status) {
    (status == Status::published ? count.published : status == Status::derived ? count.derived : count.assumption)++;
  };
  const auto add = [&](const Quantity& q) { add_status(q.status); };
  scenario.settings.for_each_quantity(add);
  for (const Settings& programme : scenario.programmes) programme.for_each_quantity(add);
  const Region& region = *scenario.region;
  for (const char* name : required_lines)
    for (const auto& [year, quantity] : region.lines.at(name))
      if (year <= region.last_year) add(quantity);
  const bool plots = std::any_of(scenario.programmes.begin(), scenario.programmes.end(), grants_plots);
  if (plots) {
    for (const Crop& crop : region.crops)
      for (const std::string& name : crop_numbers()) add(crop.numbers.at(name));
    for (const Status status : region.crop_share_status) add_status(status);
  }
  for (const auto& [name, table] : region.tables)
    for (const Quantity& quantity : table.quantities()) add(quantity);
  for (const auto& [key, margin] : region.margins.rows())
    if (!region.margins.table().row(key.first)->shown_only) add_status(margin.status);
  return count;
}

}  // namespace tuopin
