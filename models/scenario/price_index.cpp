#include "models/scenario/price_index.hpp"

#include "engine/settings/settings_text.hpp"

namespace tuopin {

double PriceIndex::at(int year) const {
  if (growth == 0) return 1;
  double factor = 1;
  for (int y = base_year; y < year; ++y) factor *= 1 + growth;
  for (int y = year; y < base_year; ++y) factor /= 1 + growth;
  return factor;
}

PriceIndices::PriceIndices(const Settings& scenario) {
  for (const std::string& name : scenario.tables("index")) {
    const std::string path = "index." + name;
    if (!scenario.has(path + ".growth") || !scenario.has(path + ".base_year")) continue;  // which has been said
    by_name_[name] = {scenario.number(path + ".growth"), static_cast<int>(scenario.integer(path + ".base_year"))};
  }
}

PriceIndex PriceIndices::of(const Settings& file, const std::string& path, std::vector<Problem>& problems) const {
  if (!file.has(path)) return {};
  const std::string& name = file.text(path);
  if (const auto found = by_name_.find(name); found != by_name_.end()) return found->second;
  std::vector<std::string> names;
  for (const auto& [known, index] : by_name_) names.push_back(known);
  problems.push_back({file.origin(path), path, message("no index {} in the scenario", in_quotes(name)),
                      names.empty() ? message("give [index.{}] in the scenario, with base_year and growth", name)
                                    : did_you_mean(name, names)});
  return {};
}

}  // namespace tuopin
