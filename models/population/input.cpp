#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "models/limits.hpp"
#include "models/population/margin_names.hpp"
#include "models/population/population.hpp"

namespace tuopin {

namespace {

/// A population is made in memory: one that no region has is refused before it is begun.
void check_sizes(const SynthesisInput& input, std::vector<Problem>& problems) {
  for (const std::string_view name : {margin::persons, margin::households, margin::villages}) {
    double counties = 0, region = 0;
    for (const auto& [key, margin] : input.margins.rows())
      if (key.first == name) (key.second == input.whole.id ? region : counties) += std::max(margin.value, margin.high);
    const Margin* row = input.margins.find(name, input.whole.id);
    if (!(std::max(region, counties) > max_persons)) continue;
    problems.push_back({row ? row->origin : Origin{}, std::string(name),
                        "is more than the " + std::to_string(static_cast<long>(max_persons)) +
                            " persons of which a population can be made",
                        ""});
  }
}

}  // namespace

SynthesisInput synthesis_input(const Region& region, std::vector<Problem>& problems) {
  const Settings& settings = region.settings;
  SynthesisInput input;
  input.whole = region.whole;
  input.counties = region.counties;
  input.base_year = region.base_year;
  input.seed = static_cast<std::uint64_t>(settings.integer("synthesis_seed"));
  std::vector<std::string> counties;
  for (const Place& place : region.counties) counties.push_back(place.id);
  const CsvFile csv(settings.file("files.margins"), margin_columns(), optional_margin_columns(), problems);
  input.margins = read_margins(csv, region.whole.id, counties, problems);
  for (const auto& [key, margin] : input.margins.rows()) {
    const bool bound = std::find(std::begin(margin::of_base_year), std::end(margin::of_base_year), margin.name) !=
                       std::end(margin::of_base_year);
    if (bound && margin.year != 0 && margin.year != region.base_year)
      problems.push_back({margin.origin, margin.name,
                          fmt::format("is of {}, expected the base year {}", margin.year, region.base_year),
                          "give the figure of the base year, or change base_year in region.toml"});
  }
  for (const std::string& name : settings.tables("margin")) {
    const Quantity& quantity = settings.quantity("margin." + name + ".value");
    input.margins.set({name, region.whole.id, quantity.value, quantity.unit, quantity.source, quantity.status,
                       quantity.low, quantity.high, quantity.origin, region.base_year});
  }
  check_sizes(input, problems);
  return input;
}

}  // namespace tuopin
