#include "models/population/population.hpp"

namespace tuopin {

SynthesisInput synthesis_input(const Region& region, std::vector<Problem>& problems) {
  const Settings& settings = region.settings;
  SynthesisInput input;
  input.whole = region.whole;
  input.counties = region.counties;
  input.seed = static_cast<std::uint64_t>(settings.integer("synthesis_seed"));
  std::vector<std::string> counties;
  for (const Place& place : region.counties) counties.push_back(place.id);
  const CsvFile csv(settings.file("files.margins"), margin_columns(), optional_margin_columns(), problems);
  input.margins = read_margins(csv, region.whole.id, counties, problems);
  for (const std::string& name : settings.tables("margin")) {
    const Quantity& quantity = settings.quantity("margin." + name + ".value");
    input.margins.set({name, region.whole.id, quantity.value, quantity.unit, quantity.source, quantity.status,
                       quantity.low, quantity.high, quantity.origin});
  }
  return input;
}

}  // namespace tuopin
