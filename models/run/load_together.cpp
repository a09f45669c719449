#include "models/run/load_together.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "models/run/load.hpp"
#include "models/scenario/programme_files.hpp"

namespace tuopin {

namespace {

namespace fs = std::filesystem;

/// Removes duplicates: a region used by several scenarios reports each of its problems once.
std::vector<Problem> each_once(const std::vector<Problem>& problems) {
  std::vector<Problem> once;
  std::set<std::string> seen;
  for (const Problem& problem : problems)
    if (seen.insert(to_text(problem)).second) once.push_back(problem);
  return once;
}

/// Problems of scenarios that are to be run together: equal names, different regions.
std::vector<Problem> conflicts(const std::vector<Scenario>& scenarios) {
  std::vector<Problem> problems;
  for (auto scenario = scenarios.begin(); scenario != scenarios.end(); ++scenario) {
    const auto same =
        std::find_if(scenarios.begin(), scenario, [&](const Scenario& s) { return s.name == scenario->name; });
    if (same != scenario)
      problems.push_back({Origin{scenario->settings.path().string()}, "",
                          message("has the name {} of another scenario of this run, {}", scenario->name,
                                  same->settings.path().string()),
                          message("give the file another name")});
    if (!scenario->region || !scenarios.front().region) continue;
    if (scenario->region->contents != scenarios.front().region->contents)
      problems.push_back(
          {Origin{scenario->settings.path().string()}, "region",
           message("is another than that of {}: scenarios of one run must share their region", scenarios.front().name),
           ""});
  }
  return problems;
}

/// Warns if the first scenario extends another one of the run: the first is the reference for effects, so the order is
/// probably a mistake.
std::vector<Problem> odd_order(const std::vector<Scenario>& scenarios) {
  std::vector<Problem> warnings;
  if (scenarios.empty()) return warnings;
  const Settings& first = scenarios.front().settings;
  const auto bases = first.bases();
  for (std::size_t s = 1; s < scenarios.size(); ++s)
    if (std::any_of(bases.begin(), bases.end(), [&](const fs::path& base) {
          std::error_code error;
          return fs::equivalent(base, scenarios[s].settings.path(), error);
        }))
      warnings.push_back({Origin{first.path().string()}, "",
                          message("stands first and extends {}: effects are those of {} against it", scenarios[s].name,
                                  scenarios[s].name),
                          message("name the world without the plan first")});
  return warnings;
}

void simulate_until(std::vector<Scenario>& scenarios, int last_year) {
  const Region& region = *scenarios.front().region;
  if (last_year <= region.base_year || last_year > region.last_data_year)
    throw UsageError({{Origin{}, "--last-year",
                       message("is {}, but the data of {} reach from {} to {}", last_year,
                               region.settings.path().string(), region.base_year, region.last_data_year),
                       message("expected {} to {}", region.base_year + 1, region.last_data_year)}});
  const auto changed = std::make_shared<const Region>(until(region, last_year));
  for (Scenario& scenario : scenarios) scenario.region = changed;
}

}  // namespace

std::vector<Scenario> load_each(const std::vector<fs::path>& paths, const Catalogue& catalogue) {
  std::vector<Problem> problems;
  std::vector<Scenario> scenarios;
  for (const fs::path& path : paths) scenarios.push_back(load_scenario(path, problems, catalogue));
  if (!problems.empty()) refuse(each_once(problems));
  warn_of_copies(scenarios);
  return scenarios;
}

std::vector<Scenario> load_together(const std::vector<fs::path>& paths, const Catalogue& catalogue, int last_year) {
  std::vector<Problem> problems;
  std::vector<Scenario> scenarios;
  for (const fs::path& path : paths) scenarios.push_back(load_scenario(path, problems, catalogue));
  const std::vector<Problem> between = conflicts(scenarios);
  const bool names_only = problems.empty() && std::all_of(between.begin(), between.end(),
                                                          [](const Problem& problem) { return problem.key.empty(); });
  problems.insert(problems.end(), between.begin(), between.end());
  if (problems.empty()) {
    if (last_year != 0) simulate_until(scenarios, last_year);
    warn_of_copies(scenarios);
    return scenarios;
  }
  if (names_only) throw UsageError(each_once(problems));
  refuse(each_once(problems));
}

std::vector<Problem> warnings_of(const std::vector<Scenario>& scenarios) {
  std::vector<Problem> warnings = odd_order(scenarios);
  for (const Scenario& scenario : scenarios)
    warnings.insert(warnings.end(), scenario.warnings.begin(), scenario.warnings.end());
  return each_once(warnings);
}

}  // namespace tuopin
