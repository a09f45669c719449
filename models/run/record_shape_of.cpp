#include "models/run/record_shape_of.hpp"

#include <algorithm>

namespace tuopin {

namespace {

AccountNames accounts_of(const std::vector<const Scenario*>& scenarios) {
  std::vector<const Settings*> settings;
  std::vector<const std::vector<Settings>*> programmes;
  for (const Scenario* scenario : scenarios) {
    settings.push_back(&scenario->settings);
    programmes.push_back(&scenario->programmes);
  }
  return account_names(settings, programmes);
}

}  // namespace

RecordShape record_shape_of(const std::vector<const Scenario*>& scenarios, const Catalogue& catalogue) {
  const Region& region = *scenarios.front()->region;
  RecordShape shape;
  for (const Scenario* scenario : scenarios) {
    shape.scenarios.push_back(scenario->name);
    shape.scenario_titles.push_back(scenario->title.en);
    shape.scenario_titles_zh.push_back(scenario->title.zh);
    if (scenario == scenarios.front()) continue;
    for (const std::string& batch : scenario->batches())
      if (std::find(shape.batches.begin(), shape.batches.end(), batch) == shape.batches.end())
        shape.batches.push_back(batch);
  }
  shape.first_year = region.base_year;
  shape.last_year = region.last_year;
  shape.places = {region.whole.id};
  shape.place_names = {region.whole.name};
  shape.place_names_zh = {region.whole.name_zh};
  for (const Place& county : region.counties) {
    shape.places.push_back(county.id);
    shape.place_names.push_back(county.name);
    shape.place_names_zh.push_back(county.name_zh);
  }
  shape.accounts = accounts_of(scenarios);
  shape.streams = names_of(catalogue.streams);
  return shape;
}

}  // namespace tuopin
