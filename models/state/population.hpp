// A population: the villages, households and persons at the start of the simulation. It is synthesised from margins
// (models/population), may be reduced to a sample of whole villages (take_villages), and is never changed afterwards.
// Columns: models/state/codebook.cpp.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "engine/data/table.hpp"

namespace tuopin {

/// Published figures of counties, used as keys for distributing places and money: name → integers in the order of
/// counties. Names: population, forest_mu (in hundredths), hazard_persons, registered_persons (of the base year), even.
using CountyKeys = std::map<std::string, std::vector<std::int64_t>>;

struct Population {
  Table persons, households, villages, counties;
  std::vector<std::string> county_names, county_names_en, county_names_zh;  ///< ids and names, in the order of counties
  std::vector<std::int64_t> registered_quota;  ///< persons on the register of the base year, by county
  double true_poverty_rate = 0;                ///< share of persons below the statistical line in true income
  double mean_income = 0;                      ///< yuan/year per head, base year
  int index = 0;                               ///< which of the region's populations
  std::vector<std::string> groups;             ///< of persons, as the region names them: codes 0, 1, … of `ethnicity`
  CountyKeys whole_keys;                       ///< for a sample: the keys of the population it was taken from
};
CountyKeys county_keys(const Population& population);

/// First row of each county among villages, households or persons; a last entry marks the end.
struct CountyRows {
  explicit CountyRows(const Population& population);
  std::vector<std::uint32_t> villages, households, persons;
};

/// First row of each household, and the end.
std::vector<std::uint32_t> household_begins(const Population& population);
/// First row of each village, and the end.
std::vector<std::uint32_t> village_begins(const Population& population);

/// A random sample of whole villages, at least one per county. Ids and values are kept, links between rows are rebuilt,
/// and register quotas are scaled by the share of persons kept.
Population take_villages(const Population& population, double share, std::uint64_t seed);

/// Cuts the population into shards of consecutive whole counties with about equal numbers of households; at most one
/// shard per county. Each shard lists all counties and register quotas, but holds only the villages of its own
/// counties.
std::vector<Population> split_by_county(const Population& population, std::size_t parts);

}  // namespace tuopin
