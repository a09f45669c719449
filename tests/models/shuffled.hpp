// The same people in tables whose rows stand in another order, and states told by id.
#pragma once

#include <map>
#include <numeric>

#include "models/state/sharded_population.hpp"
#include "tests/models/random_worlds.hpp"

namespace tuopin::testing {

template <typename T>
void shuffle(Dice& dice, T begin, T end) {
  for (auto n = end - begin; n > 1; --n) std::swap(begin[n - 1], begin[dice.whole(0, static_cast<int>(n) - 1)]);
}

/// The same people with villages in another order within their county, households within their village, and members
/// within their household.
inline Population shuffled(Dice& dice, const Population& p) {
  const auto village_county = p.villages.column<std::uint32_t>("county");
  const auto of_village = p.households.column<std::uint32_t>("village");
  const auto of_household = p.persons.column<std::uint32_t>("household");
  std::vector<std::uint32_t> villages(p.villages.rows()), households, persons;
  std::iota(villages.begin(), villages.end(), 0u);
  for (std::size_t c = 0; c < p.counties.rows(); ++c) {
    const auto begin = std::lower_bound(village_county.begin(), village_county.end(), c) - village_county.begin();
    const auto end = std::upper_bound(village_county.begin(), village_county.end(), c) - village_county.begin();
    shuffle(dice, villages.begin() + begin, villages.begin() + end);
  }
  std::vector<std::uint32_t> village_begin, new_village, person_begin, new_household;
  for (std::uint32_t v = 0; v < villages.size(); ++v) {
    const auto first = static_cast<std::ptrdiff_t>(households.size());
    village_begin.push_back(static_cast<std::uint32_t>(first));
    for (std::uint32_t row = 0; row < of_village.size(); ++row)
      if (of_village[row] == villages[v]) households.push_back(row);
    shuffle(dice, households.begin() + first, households.end());
    new_village.resize(households.size(), v);
  }
  for (std::uint32_t h = 0; h < households.size(); ++h) {
    const auto first = static_cast<std::ptrdiff_t>(persons.size());
    person_begin.push_back(static_cast<std::uint32_t>(first));
    for (std::uint32_t row = 0; row < of_household.size(); ++row)
      if (of_household[row] == households[h]) persons.push_back(row);
    shuffle(dice, persons.begin() + first, persons.end());
    new_household.resize(persons.size(), h);
  }
  Population other = p;
  other.villages = p.villages.take(villages);
  other.households = p.households.take(households);
  other.persons = p.persons.take(persons);
  const auto set = [](Table& table, const char* column, const std::vector<std::uint32_t>& values) {
    std::copy(values.begin(), values.end(), table.column<std::uint32_t>(column).begin());
  };
  set(other.villages, "household_begin", village_begin);
  set(other.households, "village", new_village);
  set(other.households, "person_begin", person_begin);
  set(other.persons, "household", new_household);
  return other;
}

/// All stored columns of every household by id, as one text a household and year.
inline std::map<std::uint32_t, std::string> states_by_id(const Worlds& worlds) {
  std::map<std::uint32_t, std::string> states;
  for (const World& world : worlds.by_shard) {
    const auto ids = world.shard.people.id;
    for (const ColumnSpec& spec : world.schema->specs(household_level))
      std::visit(
          [&](const auto& values) {
            for (std::size_t row = 0; row < values.size(); ++row)
              states[ids[row]] += fmt::format("{} {:a} ", spec.name, static_cast<double>(values[row]));
          },
          world.state.table(household_level).data(spec.name));
  }
  return states;
}

}  // namespace tuopin::testing
