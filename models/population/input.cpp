#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <span>

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
    if (!margin::is_read(name)) {
      std::vector<std::string> names;
      for (const auto& list :
           {std::span<const std::string_view>(margin::required), std::span<const std::string_view>(margin::optional)})
        names.insert(names.end(), list.begin(), list.end());
      problems.push_back({settings.origin("margin." + name), "margin." + name, "is no margin that the synthesis reads",
                          did_you_mean(name, names)});
      continue;
    }
    const Quantity& quantity = settings.quantity("margin." + name + ".value");
    input.margins.set({name, region.whole.id, quantity.value, quantity.unit, quantity.source, quantity.status,
                       quantity.low, quantity.high, quantity.origin, region.base_year});
    check_bounds(*input.margins.own(name, region.whole.id), problems);
  }
  check_sizes(input, problems);
  return input;
}

}  // namespace tuopin
