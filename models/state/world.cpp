#include "models/state/world.hpp"

#include <bit>

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

Ground::Ground(const Population& p)
    : population(&p), people(p), person_id(p.persons.column<std::uint32_t>("id")),
      person_household(p.persons.column<std::uint32_t>("household")),
      blocks(make_blocks(people.village_begin, people.village_county, static_cast<std::uint32_t>(p.households.rows()))),
      rows(static_cast<std::uint32_t>(p.households.rows())), villages(static_cast<std::uint32_t>(p.villages.rows())),
      counties(static_cast<std::uint32_t>(p.counties.rows())) {
  for (std::uint32_t row = 0; row < rows; ++row)
    persons.push_back(people.members[row] * static_cast<std::int32_t>(people.weight[row]));
  county_keys = tuopin::county_keys(p);
}

World::World(const Ground& of, const Region& drawn_region, std::shared_ptr<const StateSchema> columns,
             std::uint64_t of_seed, std::uint64_t of_replicate)
    : ground(of), region(drawn_region), schema(std::move(columns)), seed(of_seed), replicate(of_replicate),
      year(drawn_region.base_year), state(*schema, {{of.rows, &of.population->households},
                                                    {of.villages, &of.population->villages},
                                                    {of.counties, &of.population->counties},
                                                    {1, nullptr}}) {}

Lines lines_of(const Region& region, int year) {
  return {region.line("statistical", year), region.line("administrative", year), region.line("allowance", year)};
}

void World::begin_year(int new_year) {
  year = new_year;
  lines = lines_of(region, year);
}

std::vector<Enrolment> everyone_enrolled(const ProgrammeState& state) {
  std::vector<Enrolment> all;
  for (const auto& block : state.enrolled) all.insert(all.end(), block.begin(), block.end());
  return all;
}

std::uint64_t state_sum(const World& world, std::size_t block, std::span<const std::uint32_t> programme_names) {
  const auto f32 = [&](const char* name) { return world.household<float>(name); };
  const auto u8 = [&](const char* name) { return world.household<std::uint8_t>(name); };
  const auto u16 = [&](const char* name) { return world.household<std::uint16_t>(name); };
  const struct {
    std::span<const float> persistent_income, true_income, measured_income, wage_factor, business_factor,
        programme_earnings;
    std::span<const std::uint8_t> registered, ever_registered, housing_safe, water_safe, schooling_met, medical_met,
        moved;
    std::span<const std::uint16_t> days_taken, free_days, exit_year;
    std::span<const std::int32_t> payments;
  } h{f32("persistent_income"),
      f32("true_income"),
      f32("measured_income"),
      f32("wage_factor"),
      f32("business_factor"),
      f32("programme_earnings"),
      u8("registered"),
      u8("ever_registered"),
      u8("housing_safe"),
      u8("water_safe"),
      u8("schooling_met"),
      u8("medical_met"),
      u8("moved"),
      u16("days_taken"),
      u16("free_days"),
      u16("exit_year"),
      world.household<std::int32_t>("payments")};
  const Block& rows = world.ground.blocks[block];
  const auto two = [](float a, float b) {
    return static_cast<std::uint64_t>(std::bit_cast<std::uint32_t>(a)) << 32 | std::bit_cast<std::uint32_t>(b);
  };
  std::uint64_t sum = 0;
  for (std::uint32_t i = rows.begin; i < rows.end; ++i) {
    const std::uint64_t flags =
        static_cast<std::uint64_t>(h.registered[i]) | static_cast<std::uint64_t>(h.ever_registered[i]) << 1 |
        static_cast<std::uint64_t>(h.housing_safe[i]) << 2 | static_cast<std::uint64_t>(h.water_safe[i]) << 3 |
        static_cast<std::uint64_t>(h.schooling_met[i]) << 4 | static_cast<std::uint64_t>(h.medical_met[i]) << 5 |
        static_cast<std::uint64_t>(h.moved[i]) << 6 | static_cast<std::uint64_t>(h.days_taken[i]) << 8 |
        static_cast<std::uint64_t>(h.free_days[i]) << 24 | static_cast<std::uint64_t>(h.exit_year[i]) << 40;
    std::uint64_t x = world.ground.people.id[i] * 0x9e3779b97f4a7c15ull;
    x = (x ^ two(h.true_income[i], h.measured_income[i])) * 0xbf58476d1ce4e5b9ull;
    x = (x ^ (x >> 29) ^ two(h.persistent_income[i], h.programme_earnings[i])) * 0x94d049bb133111ebull;
    x = (x ^ (x >> 32) ^ two(h.wage_factor[i], h.business_factor[i])) * 0x9fb21c651e98df25ull;
    x = (x ^ (x >> 30) ^ std::bit_cast<std::uint32_t>(h.payments[i])) * 0xd6e8feb86659fd93ull;
    x = (x ^ (x >> 32) ^ flags) * 0xa0761d6478bd642full;
    sum += x ^ (x >> 31);
  }
  for (std::size_t p = 0; p < world.programmes.size(); ++p) {
    const auto& enrolled = world.programmes[p].enrolled;
    if (enrolled.empty()) continue;
    for (const Enrolment& e : enrolled[block])
      sum += mix64(mix64(static_cast<std::uint64_t>(programme_names[p]) << 32 | world.ground.people.id[e.household]) ^
                   (static_cast<std::uint64_t>(e.entered) << 8 | e.detail));
  }
  return sum;
}

std::uint64_t state_hash(std::uint64_t sum_of_blocks, int year) {
  return mix64(sum_of_blocks + static_cast<std::uint64_t>(year));
}

}  // namespace tuopin
