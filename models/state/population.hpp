// A population: who lives where when the simulation begins. Made from margins (models/population), cut down by whole
// villages (take_villages), and never changed afterwards. Columns: models/state/codebook.cpp.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "engine/data/table.hpp"

namespace tuopin {

/// What counties publish of themselves and share places and money by: name → whole numbers in the order of counties.
/// Names: population, forest_mu (in hundredths), hazard_persons, registered_persons (of the base year), even.
using CountyKeys = std::map<std::string, std::vector<std::int64_t>>;

struct Population {
  Table persons, households, villages, counties;
  std::vector<std::string> county_names, county_names_en, county_names_zh;  ///< ids and names, in the order of counties
  std::vector<std::int64_t> registered_quota;  ///< persons on the register of the base year, by county
  double true_poverty_rate = 0;                ///< share of persons below the statistical line in true income
  double mean_income = 0;                      ///< yuan/year per head, base year
  int index = 0;                               ///< which of the region's populations
  std::vector<std::string> groups;             ///< of persons, as the region names them: codes 0, 1, … of `ethnicity`
  CountyKeys whole_keys;                       ///< of a sample: those of the population it was taken from
};
CountyKeys county_keys(const Population& population);

/// First rows of a county: of villages, households or persons, one more entry than counties.
struct CountyRows {
  explicit CountyRows(const Population& population);
  std::vector<std::uint32_t> villages, households, persons;
};

/// First row of each household, and the end.
std::vector<std::uint32_t> household_begins(const Population& population);
/// First row of each village, and the end.
std::vector<std::uint32_t> village_begins(const Population& population);

/// A sample of whole villages, by luck, at least one a county: ids and values as they were, links between rows rebuilt,
/// register quotas scaled by the persons kept.
Population take_villages(const Population& population, double share, std::uint64_t seed);

/// The population in parts of whole counties that follow one another, about equal in households; at most one a county.
/// Each part lists all counties and all register quotas, and holds the villages of its own.
std::vector<Population> split_by_county(const Population& population, std::size_t parts);

}  // namespace tuopin
