#include "models/run/load.hpp"

#include "engine/base/luck.hpp"
#include "models/processes/income_streams.hpp"
#include "models/run/model.hpp"
#include "models/scenario/programme_files.hpp"

namespace tuopin {

namespace {

/// Checks that no two steps of the year use the same random stream.
void check_luck(const Scenario& scenario, const Catalogue& catalogue) {
  const Model model(scenario, *scenario.region, Calibration{}, DrawAddress{},
                    catalogue);  // names depend on no calibration
  std::vector<std::string> luck;
  for (const Year::Part& part : model.year().parts())
    luck.insert(luck.end(), part.said.luck.begin(), part.said.luck.end());
  for (const Crop& crop : scenario.region->crops) luck.push_back("crop." + crop.name + ".price");  // one for all plots
  check_process_names(luck);
}

}  // namespace

const FileKinds& shipped_file_kinds() {
  static const FileKinds kinds = shipped_catalogue().file_kinds();
  return kinds;
}

void check_sections(const Scenario& scenario, const Catalogue& catalogue, std::vector<Problem>& problems) {
  const Settings& s = scenario.settings;
  for (const std::string& section : catalogue.sections_with_off())
    if (s.has(section + ".off") && s.flag(section + ".off") && !s.has(section + ".reason"))
      problems.push_back({s.origin(section + ".off"), section + ".off",
                          message("leaving this part out needs a `reason`: it is stamped on the output"), ""});
  check_market_weights(s, problems);
  if (s.has("register.look_back_year") != s.has("register.look_back_detection"))
    problems.push_back(
        {s.origin("register"), "register", message("look_back_year and look_back_detection go together"), ""});
  if (const char* key = "register.look_back_year"; s.has(key) && scenario.region && scenario.region->last_data_year > 0)
    if (const Region& region = *scenario.region;
        s.integer(key) <= region.base_year || s.integer(key) > region.last_data_year)
      problems.push_back(
          {s.origin(key), key,
           message("is {}, expected {} to {}", s.integer(key), region.base_year + 1, region.last_data_year), ""});
  static_cast<void>(PriceIndices(s).of(s, "land.index", problems));
}

void check_rules(const Scenario& scenario, const Settings& programme, const Catalogue& catalogue,
                 std::vector<Problem>& problems) {
  YearNeeds needs;
  Programme(programme, PriceIndices(scenario.settings), *scenario.region, catalogue.verbs,
            catalogue.schema_of(scenario), needs, problems);
}

void check_rules(const Scenario& scenario, const Catalogue& catalogue, std::vector<Problem>& problems) {
  for (const Settings& programme : scenario.programmes) check_rules(scenario, programme, catalogue, problems);
}

/// A plot on own land replaces grain: what that earned must be said.
void check_land(const Scenario& scenario, std::vector<Problem>& problems) {
  if (scenario.settings.has("land.grain_income")) return;
  for (const Settings& programme : scenario.programmes)
    for (const std::string& effect : programme.tables("effect"))
      if (const std::string asset = "effect." + effect + ".asset";
          programme.has(asset) && programme.text(asset) == "plot")
        problems.push_back(
            {programme.origin(asset), asset,
             message("grants plots, but {} does not say what grain earns on the land that they take", scenario.name),
             message("give [land] grain_income and grain_days in the scenario")});
}

Scenario load_scenario(const std::filesystem::path& path, std::vector<Problem>& problems, const Catalogue& catalogue) {
  const std::size_t before = problems.size();
  Scenario scenario = read_scenario(path, catalogue.file_kinds(), problems);
  check_sections(scenario, catalogue, problems);
  check_land(scenario, problems);
  if (problems.size() == before) check_rules(scenario, catalogue, problems);
  if (problems.size() == before) check_luck(scenario, catalogue);
  return scenario;
}

std::vector<Scenario> load_checked(const std::vector<std::filesystem::path>& paths, const Catalogue& catalogue) {
  std::vector<Problem> problems;
  std::vector<Scenario> scenarios;
  for (const auto& path : paths) scenarios.push_back(load_scenario(path, problems, catalogue));
  if (!problems.empty()) refuse(std::move(problems));
  warn_of_copies(scenarios);
  return scenarios;
}

}  // namespace tuopin
