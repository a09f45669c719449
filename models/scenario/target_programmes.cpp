#include "models/scenario/target_programmes.hpp"

#include <algorithm>

#include "models/scenario/programme_files.hpp"

namespace tuopin {

namespace {

/// Folders in which programmes may stand that this scenario's targets name: beside it, beside what it extends, and
/// beside the region, whose targets other scenarios share.
std::vector<std::filesystem::path> programme_folders(const Scenario& scenario) {
  const std::filesystem::path region = scenario.region->settings.path().parent_path();
  std::vector<std::filesystem::path> beside{scenario.settings.path().parent_path()};
  for (const auto& base : scenario.settings.bases()) beside.push_back(base.parent_path());
  beside.push_back(region);
  beside.push_back(region.parent_path());
  return beside;
}

}  // namespace

void check_target_programmes(const Scenario& scenario, std::vector<Problem>& problems) {
  const auto folders = programme_folders(scenario);
  for (const Target& target : scenario.region->targets) {
    const TargetMeasure* measure = find_measure(scenario.region->measures, target.measure);
    if (!target.in_model || !measure || !measure->by_programme()) continue;
    const std::string name = name_in_measure(target.measure);
    const auto served = std::find_if(scenario.programmes.begin(), scenario.programmes.end(),
                                     [&](const Settings& programme) { return programme.stem() == name; });
    if (served != scenario.programmes.end()) {
      const std::string& unit = served->text("capacity.unit");
      if (measure->unit.empty() && target.unit != unit)
        problems.push_back(
            {target.origin, "unit",
             target.id + ": is \"" + target.unit + "\", and the places of " + name + " are counted in " + unit,
             "write " + unit});
      continue;
    }
    const std::vector<std::string> names = programme_names_in(folders);
    if (std::find(names.begin(), names.end(), name) == names.end())
      problems.push_back(
          {target.origin, "measure",
           target.id + ": there is no programme file " + (folders.front() / "programmes" / (name + ".toml")).string(),
           did_you_mean(name, names)});
  }
}

}  // namespace tuopin
