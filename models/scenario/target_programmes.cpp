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

/// The programme that a target of the model is about, or "".
std::string programme_of(const Region& region, const Target& target) {
  const TargetMeasure* measure = find_measure(region.measures, target.measure);
  return target.in_model && measure && measure->by_programme() ? name_in_measure(target.measure) : "";
}

const Settings* served(const Scenario& scenario, const std::string& name) {
  const auto found = std::find_if(scenario.programmes.begin(), scenario.programmes.end(),
                                  [&](const Settings& programme) { return programme.stem() == name; });
  return found == scenario.programmes.end() ? nullptr : &*found;
}

}  // namespace

void check_served_targets(const Scenario& scenario, std::vector<Problem>& problems) {
  for (const Target& target : scenario.region->targets) {
    const Settings* const programme = served(scenario, programme_of(*scenario.region, target));
    if (!programme || programme->text("capacity.unit") == target.unit) continue;
    if (!find_measure(scenario.region->measures, target.measure)->unit.empty()) continue;  // it has a unit of its own
    const std::string& unit = programme->text("capacity.unit");
    problems.push_back({target.origin, "unit",
                        message("{}: is \"{}\", and the places of {} are counted in {}", target.id, target.unit,
                                programme->stem(), unit),
                        message("write {}", unit)});
  }
}

void check_target_programmes(const Scenario& scenario, std::vector<Problem>& problems) {
  check_served_targets(scenario, problems);
  const auto folders = programme_folders(scenario);
  for (const Target& target : scenario.region->targets) {
    const std::string name = programme_of(*scenario.region, target);
    if (name.empty() || served(scenario, name)) continue;
    const std::vector<std::string> names = programme_names_in(folders);
    if (std::find(names.begin(), names.end(), name) == names.end())
      problems.push_back({target.origin, "measure",
                          message("{}: there is no programme file {}", target.id,
                                  (folders.front() / "programmes" / (name + ".toml")).string()),
                          did_you_mean(name, names)});
  }
}

}  // namespace tuopin
