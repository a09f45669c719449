#include "models/run/load.hpp"

#include "engine/base/luck.hpp"
#include "models/effects/verbs.hpp"
#include "models/run/catalogue.hpp"
#include "models/scenario/programme_files.hpp"

namespace tuopin {

namespace {

/// No two steps of the year look up the same luck.
void check_luck(const Scenario& scenario) {
  const Model model(scenario, *scenario.region, Calibration{}, DrawAddress{});  // names depend on no calibration
  std::vector<std::string> luck;
  for (const Year::Part& part : model.year().parts())
    luck.insert(luck.end(), part.said.luck.begin(), part.said.luck.end());
  for (const Crop& crop : scenario.region->crops) luck.push_back("crop." + crop.name + ".price");  // one for all plots
  check_process_names(luck);
}

}  // namespace

void check_rules(const Settings& programme, const Region& region, std::vector<Problem>& problems) {
  YearNeeds needs;
  Programme(programme, region, base_schema(), needs, problems);
}

const FileKinds& file_kinds() {
  static const FileKinds kinds = file_kinds(verb_fields());
  return kinds;
}
const FileKind& scenario_file() { return file_kinds().scenario; }
const FileKind& programme_file() { return file_kinds().programme; }

Scenario load_scenario(const std::filesystem::path& path, std::vector<Problem>& problems) {
  const std::size_t before = problems.size();
  Scenario scenario = read_scenario(path, file_kinds(), problems);
  if (problems.size() == before)
    for (const Settings& programme : scenario.programmes) check_rules(programme, *scenario.region, problems);
  if (problems.size() == before) check_luck(scenario);
  return scenario;
}

std::vector<Scenario> load_checked(const std::vector<std::filesystem::path>& paths) {
  std::vector<Problem> problems;
  std::vector<Scenario> scenarios;
  for (const auto& path : paths) scenarios.push_back(load_scenario(path, problems));
  if (!problems.empty()) refuse(std::move(problems));
  warn_of_copies(scenarios);
  return scenarios;
}

}  // namespace tuopin
