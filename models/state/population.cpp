#include "models/state/population.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "engine/base/errors.hpp"
#include "engine/base/ids.hpp"
#include "engine/base/largest_remainder.hpp"
#include "engine/base/luck.hpp"

namespace tuopin {

namespace {

using u32 = std::uint32_t;

/// Villages kept in a sample, ascending: in each county those with the smallest draws.
std::vector<u32> drawn_villages(const Population& population, double share, std::uint64_t seed) {
  const Luck luck(seed, static_cast<std::uint64_t>(population.index), hash32("population.sample"), 0, Kind::village);
  const auto id = population.villages.column<u32>("id");
  const CountyRows extents(population);
  std::vector<u32> kept;
  for (std::size_t c = 0; c < population.counties.rows(); ++c) {
    std::vector<std::pair<u32, u32>> order;
    for (u32 v = extents.villages[c]; v < extents.villages[c + 1]; ++v) order.push_back({luck.draw(id[v], 0), v});
    std::sort(order.begin(), order.end());
    const auto n = std::max<std::int64_t>(1, nearest_whole(share * static_cast<double>(order.size())));
    for (std::size_t i = 0; i < order.size() && i < static_cast<std::size_t>(n); ++i) kept.push_back(order[i].second);
  }
  std::sort(kept.begin(), kept.end());
  return kept;
}

/// Rows begin[i] … begin[i+1] of every kept i; also fills the new first row of each kept i, and for each new row its
/// new owner.
std::vector<u32> rows_of(std::span<const u32> kept, std::span<const u32> begin, std::vector<u32>& new_begin,
                         std::vector<u32>& owner) {
  std::vector<u32> rows;
  for (u32 i = 0; i < kept.size(); ++i) {
    new_begin.push_back(static_cast<u32>(rows.size()));
    for (u32 row = begin[kept[i]]; row < begin[kept[i] + 1]; ++row) {
      rows.push_back(row);
      owner.push_back(i);
    }
  }
  return rows;
}

/// A population of the given villages (ascending) with their households and persons: ids and values are kept, links are
/// rebuilt.
Population keep_villages(const Population& population, const std::vector<u32>& villages) {
  std::vector<u32> household_begin, village_of, person_begin, household_of;
  const std::vector<u32> households = rows_of(villages, village_begins(population), household_begin, village_of);
  const std::vector<u32> persons = rows_of(households, household_begins(population), person_begin, household_of);
  Population kept = population;
  kept.villages = population.villages.take(villages);
  kept.households = population.households.take(households);
  kept.persons = population.persons.take(persons);
  std::copy(household_begin.begin(), household_begin.end(), kept.villages.column<u32>("household_begin").begin());
  std::copy(village_of.begin(), village_of.end(), kept.households.column<u32>("village").begin());
  std::copy(person_begin.begin(), person_begin.end(), kept.households.column<u32>("person_begin").begin());
  std::copy(household_of.begin(), household_of.end(), kept.persons.column<u32>("household").begin());
  return kept;
}

}  // namespace

std::vector<u32> household_begins(const Population& population) {
  const auto column = population.households.column<u32>("person_begin");
  std::vector<u32> begin(column.begin(), column.end());
  begin.push_back(static_cast<u32>(population.persons.rows()));
  return begin;
}

std::vector<u32> village_begins(const Population& population) {
  const auto column = population.villages.column<u32>("household_begin");
  std::vector<u32> begin(column.begin(), column.end());
  begin.push_back(static_cast<u32>(population.households.rows()));
  return begin;
}

CountyRows::CountyRows(const Population& population) {
  const std::vector<u32> of_village = village_begins(population), of_household = household_begins(population);
  const auto county = population.villages.column<u32>("county");
  u32 v = 0;
  for (std::size_t c = 0; c <= population.counties.rows(); ++c) {
    while (v < county.size() && county[v] < c) ++v;
    villages.push_back(v);
    households.push_back(of_village[v]);
    persons.push_back(of_household[of_village[v]]);
  }
}

CountyKeys county_keys(const Population& p) {
  const std::size_t counties = p.counties.rows();
  CountyKeys keys = {{"registered_persons", p.registered_quota}, {"even", std::vector<std::int64_t>(counties, 1)}};
  auto &persons = keys["population"], &forest = keys["forest_mu"], &hazard = keys["hazard_persons"];
  for (auto* key : {&persons, &forest, &hazard}) key->assign(counties, 0);
  const auto village = p.households.column<u32>("village"), county = p.villages.column<u32>("county");
  const auto members = p.households.column<std::uint8_t>("members"),
             in_hazard = p.villages.column<std::uint8_t>("hazard_zone");
  const auto weight = p.households.column<std::uint16_t>("weight");
  const auto forest_mu = p.households.column<float>("forest_mu");
  for (std::size_t row = 0; row < village.size(); ++row) {
    const std::int64_t w = weight[row], of_row = w * members[row];
    const u32 c = county[village[row]];
    persons[c] += of_row;
    forest[c] += w * static_cast<std::int64_t>(100 * static_cast<double>(forest_mu[row]) + 0.5);
    hazard[c] += in_hazard[village[row]] ? of_row : 0;
  }
  return keys;
}

std::vector<Population> split_by_county(const Population& population, std::size_t parts) {
  const CountyRows extents(population);
  const std::size_t counties = population.counties.rows(), households = population.households.rows();
  parts = std::min(parts, counties);
  std::vector<Population> split;
  std::size_t county = 0;
  for (std::size_t part = 0; part < parts; ++part) {
    std::vector<u32> villages;
    // About an equal share of the households, at least one county, and at least one county left for each later shard.
    const std::size_t begin = county, last = counties - (parts - part - 1);
    while (county < last && (county == begin || extents.households[county + 1] * parts <= households * (part + 1)))
      ++county;
    if (part + 1 == parts) county = counties;
    for (u32 v = extents.villages[begin]; v < extents.villages[county]; ++v) villages.push_back(v);
    split.push_back(keep_villages(population, villages));
  }
  return split;
}

Population take_villages(const Population& population, double share, std::uint64_t seed) {
  if (!(share > 0 && share <= 1))
    throw UsageError(message("the share of villages to keep is {}, expected more than 0 and at most 1", share));
  Population sample = keep_villages(population, drawn_villages(population, share, seed));

  const CountyRows all(population), kept(sample);
  std::vector<double> quota(population.registered_quota.size());
  double total = 0;
  for (std::size_t c = 0; c < quota.size(); ++c) {
    const double before = all.persons[c + 1] - all.persons[c], after = kept.persons[c + 1] - kept.persons[c];
    total += quota[c] = before > 0 ? static_cast<double>(population.registered_quota[c]) * after / before : 0;
  }
  sample.registered_quota = largest_remainder(nearest_whole(total), quota);
  sample.whole_keys = county_keys(population);
  return sample;
}

}  // namespace tuopin
