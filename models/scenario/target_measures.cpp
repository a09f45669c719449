#include "models/scenario/target_measures.hpp"

#include <algorithm>

namespace tuopin {

const std::vector<TargetMeasure>& shipped_measures() {
  static const std::string entered = "programmes/entered_units", places = "programmes/places";
  static const std::vector<TargetMeasure> measures{
      {"register_persons", "persons", "", "register_persons"},
      {"register_rate", "share", "", "register_rate", false, "register_persons"},
      {"exits_gross", "persons", "", "exits_gross"},
      {"exits_gross_cumulative", "persons", "", "exits_gross", true},
      {"programme_entered", "", "programme", entered, false, "", places},
      {"programme_entered_cumulative", "", "programme", entered, true, "", places},
      {"fall_in_poverty_lost", "persons", "batch", "batches/fall_in_poverty_lost"},
  };
  return measures;
}

const TargetMeasure* find_measure(const std::vector<TargetMeasure>& measures, std::string_view text) {
  const std::string_view before = text.substr(0, text.find(':'));
  const auto found =
      std::find_if(measures.begin(), measures.end(), [&](const TargetMeasure& one) { return one.name == before; });
  return found == measures.end() ? nullptr : &*found;
}

std::string name_in_measure(std::string_view text) {
  const std::size_t colon = text.find(':');
  return colon == std::string_view::npos ? "" : std::string(text.substr(colon + 1));
}

}  // namespace tuopin
