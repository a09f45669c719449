// A frozen copy of the state hash of studies of format 1. It proves that a changed program simulates the same years,
// even if the program's own hash has changed. So it does not use the program's hash and takes every column by its name;
// only the two functions at the end depend on how worlds and enrolments are stored.
#pragma once

#include <bit>
#include <cstdint>
#include <span>

#include "models/state/sharded_population.hpp"

namespace tuopin::testing::frozen {

inline std::uint64_t mix(std::uint64_t x) {
  x ^= x >> 30;
  x *= 0xbf58476d1ce4e5b9ull;
  x ^= x >> 27;
  x *= 0x94d049bb133111ebull;
  return x ^ (x >> 31);
}

/// Sum over household rows of a mix of id and values: no order of rows changes it.
inline std::uint64_t sum_of_rows(const Table& state, std::span<const std::uint32_t> ids) {
  const auto u8 = [&](const char* name) { return state.column<std::uint8_t>(name); };
  const auto u16 = [&](const char* name) { return state.column<std::uint16_t>(name); };
  const auto f32 = [&](const char* name) { return state.column<float>(name); };
  const std::span<const std::uint8_t> flags[] = {u8("registered"), u8("ever_registered"), u8("housing_safe"),
                                                 u8("water_safe"), u8("schooling_met"),   u8("medical_met"),
                                                 u8("moved")};
  const auto days_taken = u16("days_taken"), free_days = u16("free_days"), exit_year = u16("exit_year");
  const auto true_income = f32("true_income"), measured_income = f32("measured_income"),
             persistent_income = f32("persistent_income"), programme_earnings = f32("programme_earnings"),
             wage_factor = f32("wage_factor"), business_factor = f32("business_factor");
  const auto payments = state.column<std::int32_t>("payments");
  const auto two = [](float high, float low) {
    return std::uint64_t{std::bit_cast<std::uint32_t>(high)} << 32 | std::bit_cast<std::uint32_t>(low);
  };
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    std::uint64_t packed =
        std::uint64_t{days_taken[i]} << 8 | std::uint64_t{free_days[i]} << 24 | std::uint64_t{exit_year[i]} << 40;
    for (int bit = 0; bit < 7; ++bit) packed |= std::uint64_t{flags[bit][i]} << bit;
    std::uint64_t x = ids[i] * 0x9e3779b97f4a7c15ull;
    x = (x ^ two(true_income[i], measured_income[i])) * 0xbf58476d1ce4e5b9ull;
    x = (x ^ (x >> 29) ^ two(persistent_income[i], programme_earnings[i])) * 0x94d049bb133111ebull;
    x = (x ^ (x >> 32) ^ two(wage_factor[i], business_factor[i])) * 0x9fb21c651e98df25ull;
    x = (x ^ (x >> 30) ^ std::bit_cast<std::uint32_t>(payments[i])) * 0xd6e8feb86659fd93ull;
    x = (x ^ (x >> 32) ^ packed) * 0xa0761d6478bd642full;
    sum += x ^ (x >> 31);
  }
  return sum;
}

/// One enrolment's part of the sum. `programme` is the hash of "programme." and the programme's name; `detail` is what
/// its verb keeps.
inline std::uint64_t of_enrolment(std::uint32_t programme, std::uint32_t household_id, std::uint16_t entered,
                                  std::uint8_t detail) {
  return mix(mix(std::uint64_t{programme} << 32 | household_id) ^ (std::uint64_t{entered} << 8 | detail));
}

inline std::uint64_t of_year(std::uint64_t sum, int year) { return mix(sum + static_cast<std::uint64_t>(year)); }

/// A study's hash goes on from that of the years before: years within replicates within draws within scenarios.
inline std::uint64_t of_study(std::uint64_t so_far, std::uint64_t year) { return mix(so_far) ^ year; }

/// Enrolments of a world, all programmes.
inline std::uint64_t sum_of_enrolments(const World& world, std::span<const std::uint32_t> programme_hashes) {
  std::uint64_t sum = 0;
  for (std::size_t p = 0; p < world.programmes.size(); ++p)
    for (const auto& block : world.programmes[p].enrolled)
      for (const Enrolment& e : block)
        sum += of_enrolment(programme_hashes[p], world.shard.people.id[e.household], e.entered, e.detail);
  return sum;
}

/// The hash of the year that one scenario's worlds have lived last.
inline std::uint64_t hash_of(const Worlds& worlds, std::span<const std::uint32_t> programme_hashes) {
  std::uint64_t sum = 0;
  for (const World& world : worlds.by_shard)
    sum += sum_of_rows(world.state.table(household_level), world.shard.people.id) +
           sum_of_enrolments(world, programme_hashes);
  return of_year(sum, worlds.year());
}

}  // namespace tuopin::testing::frozen
