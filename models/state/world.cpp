#include "models/state/world.hpp"

#include <stdexcept>

#include "engine/data/state_hash.hpp"
#include "models/state/codebook.hpp"

namespace tuopin {

PeopleColumns::PeopleColumns(const Population& p)
    : id(p.households.column<std::uint32_t>("id")), village(p.households.column<std::uint32_t>("village")),
      person_begin(p.households.column<std::uint32_t>("person_begin")),
      weight(p.households.column<std::uint16_t>("weight")), members(p.households.column<std::uint8_t>("members")),
      able_workers(p.households.column<std::uint8_t>("able_workers")),
      permanent_score(p.households.column<float>("permanent_score")),
      share_wage(p.households.column<float>("share_wage")),
      share_business(p.households.column<float>("share_business")),
      share_property(p.households.column<float>("share_property")),
      share_transfer(p.households.column<float>("share_transfer")), village_id(p.villages.column<std::uint32_t>("id")),
      village_county(p.villages.column<std::uint32_t>("county")),
      village_begin(p.villages.column<std::uint32_t>("household_begin")),
      county_id(p.counties.column<std::uint32_t>("id")) {}

Shard::Shard(const Population& p)
    : population(&p), people(p), person_id(p.persons.column<std::uint32_t>("id")),
      person_household(p.persons.column<std::uint32_t>("household")),
      blocks(make_blocks(people.village_begin, people.village_county, static_cast<std::uint32_t>(p.households.rows()))),
      rows(static_cast<std::uint32_t>(p.households.rows())), villages(static_cast<std::uint32_t>(p.villages.rows())),
      counties(static_cast<std::uint32_t>(p.counties.rows())) {
  for (std::uint32_t row = 0; row < rows; ++row)
    persons.push_back(people.members[row] * static_cast<std::int32_t>(people.weight[row]));
  county_keys = tuopin::county_keys(p);
  for (const Block& block : blocks) block_begin.push_back(block.begin);
}

namespace {

/// Numbers of rows and founding tables of a schema's levels in a shard: first the levels of every world, then child
/// levels of households.
std::vector<State::Level> levels_of(const Shard& shard, const StateSchema& schema) {
  std::vector<State::Level> levels = {{shard.rows, &shard.population->households},
                                      {shard.villages, &shard.population->villages},
                                      {shard.counties, &shard.population->counties},
                                      {1, nullptr}};
  for (std::size_t level = levels.size(); level < schema.levels(); ++level) {
    if (!schema.is_child(level) || schema.parent(level) != household_level)
      throw std::logic_error(schema.level_name(level) + " is no child table of households");
    levels.push_back({shard.blocks.size(), nullptr});
  }
  return levels;
}

}  // namespace

World::World(const Shard& of, const Region& drawn_region, std::shared_ptr<const StateSchema> columns,
             std::uint64_t of_seed, std::uint64_t of_replicate)
    : shard(of), region(drawn_region), schema(std::move(columns)), seed(of_seed), replicate(of_replicate),
      year(drawn_region.base_year), state(*schema, levels_of(of, *schema)) {}

void World::take(std::shared_ptr<const StateSchema> columns) {
  if (schema->same_columns(*columns)) return;
  state = state.under(*schema, *columns, levels_of(shard, *columns));
  schema = std::move(columns);
}

Lines lines_of(const Settings& scenario, const Region& region, int year) {
  const auto line = [&](const char* name, const char* own) {
    if (scenario.has(own) && scenario.series(own).values.begin()->first <= year) return scenario.series(own).at(year);
    return region.line(name, year);
  };
  return {region.line("statistical", year), line("administrative", "lines.administrative"),
          line("allowance", "lines.allowance")};
}

void World::begin_year(int new_year, const Lines& of_year, const Lines& before) {
  year = new_year;
  lines = of_year;
  lines_before = before;
}

std::vector<Enrolment> everyone_enrolled(const ProgrammeState& state) {
  std::vector<Enrolment> all;
  for (const auto& block : state.enrolled) all.insert(all.end(), block.begin(), block.end());
  return all;
}

namespace {

std::uint64_t hash_of_enrolments(const World& world, std::size_t block,
                                 std::span<const std::uint32_t> programme_names) {
  std::uint64_t hash = 0;
  for (std::size_t p = 0; p < world.programmes.size(); ++p) {
    const auto& enrolled = world.programmes[p].enrolled;
    if (enrolled.empty()) continue;
    for (const Enrolment& e : enrolled[block])
      hash +=
          mix64(mix64(static_cast<std::uint64_t>(programme_names[p]) << 32 | world.shard.people.id[e.household]) ^
                (static_cast<std::uint64_t>(e.own_land) << 32 | static_cast<std::uint64_t>(e.entered) << 8 | e.detail));
  }
  return hash;
}

}  // namespace

std::uint64_t state_sum(const World& world, std::size_t block, std::span<const std::uint32_t> programme_names) {
  const StateSchema& schema = *world.schema;
  const auto& people = world.shard.people;
  const Block& rows = world.shard.blocks[block];
  std::uint64_t sum =
      hash_of_rows(schema, world.state, household_level, rows.begin, rows.end, people.id, true) +
      hash_of_rows(schema, world.state, village_level, rows.village_begin, rows.village_end, people.village_id, false) +
      hash_of_enrolments(world, block, programme_names);
  for (std::size_t level = region_level + 1; level < schema.levels(); ++level)
    sum += hash_of_children(schema, world.state, ReadsRows{static_cast<std::uint16_t>(level)}, block,
                            people.id.subspan(rows.begin));
  return sum;
}

std::uint64_t shared_sum(const World& world) {
  const std::uint32_t region_id[] = {0};
  return hash_of_rows(*world.schema, world.state, county_level, 0, world.shard.counties, world.shard.people.county_id,
                      false) +
         hash_of_rows(*world.schema, world.state, region_level, 0, 1, region_id, false);
}

std::uint64_t state_hash(std::uint64_t sum_of_blocks, int year) {
  return mix64(sum_of_blocks + static_cast<std::uint64_t>(year));
}

}  // namespace tuopin
