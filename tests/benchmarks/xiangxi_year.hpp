// A region of any size for the benchmarks: Xiangxi's people, thinned by whole villages or put side by side several
// times, and one run of a scenario over them.
#pragma once

#include <benchmark/benchmark.h>

#include <filesystem>
#include <memory>

#include "models/population/synthesis.hpp"
#include "models/run/calibration.hpp"
#include "models/run/load.hpp"
#include "models/run/model.hpp"
#include "models/state/codebook.hpp"

namespace tuopin::benchmarks {

inline Scenario scenario_of(const char* name) {
  std::vector<Problem> problems;
  Scenario scenario = load_scenario(
      std::filesystem::path(TUOPIN_SOURCE_DIR) / "scenarios" / "xiangxi" / (std::string(name) + ".toml"), problems);
  if (!problems.empty()) throw ScenarioError(problems);
  return scenario;
}

inline const Population& whole_population() {
  static const Population population = [] {
    std::vector<Problem> problems;
    SynthesisReport report;
    return synthesize(synthesis_input(*scenario_of("baseline").region, problems), 0, report);
  }();
  return population;
}

/// Each county's villages several times over, ids new.
inline Population multiplied(const Population& one, std::size_t times) {
  using u32 = std::uint32_t;
  Population many = one;
  many.villages = Table("villages", 0, codebook::villages());
  many.households = Table("households", 0, codebook::households());
  many.persons = Table("persons", 0, codebook::persons());
  for (const Population& county : split_by_county(one, one.counties.rows()))
    for (std::size_t copy = 0; copy < times; ++copy) {
      Population next = county;
      const auto shift = [](Table& table, const char* column, std::size_t by) {
        for (u32& row : table.column<u32>(column)) row += static_cast<u32>(by);
      };
      shift(next.villages, "household_begin", many.households.rows());
      shift(next.households, "village", many.villages.rows());
      shift(next.households, "person_begin", many.persons.rows());
      shift(next.persons, "household", many.households.rows());
      many.villages.append(next.villages);
      many.households.append(next.households);
      many.persons.append(next.persons);
    }
  for (Table* table : {&many.villages, &many.households, &many.persons}) {
    u32 id = 0;
    for (u32& each : table->column<u32>("id")) each = id++;
  }
  for (std::int64_t& quota : many.registered_quota) quota *= static_cast<std::int64_t>(times);
  return many;
}

/// About so many persons.
inline Population population_of(double persons) {
  const Population& whole = whole_population();
  const double share = persons / static_cast<double>(whole.persons.rows());
  if (share >= 2) return multiplied(whole, static_cast<std::size_t>(share + 0.5));
  if (share >= 1) return whole;
  return take_villages(whole, share, 1);
}

/// A scenario over a population, ready to be lived again and again, each time with other luck.
class Xiangxi {
 public:
  Xiangxi(const char* name, Population people, Calibration calibration)
      : scenario(scenario_of(name)), region(*scenario.region), population(std::move(people)),
        sharded(
            population, 1,
            static_cast<double>(population.persons.rows()) / static_cast<double>(whole_population().persons.rows())),
        model(scenario, region, calibration, {}), work(model.workspace(sharded, 1)) {}

  /// All years of one replicate on one thread.
  void simulate_year() {
    Worlds worlds(sharded, region, model.schema(), 1, replicate_++);
    const Settings* settings[] = {&scenario.settings};
    const std::vector<Settings>* programmes[] = {&scenario.programmes};
    Treasury treasury(model.settings(), model.programmes(), account_names(settings, programmes), sharded.share(),
                      sharded.counties());
    std::vector<std::vector<std::uint8_t>> poor;
    for (int year = region.base_year; year <= region.last_year; ++year) {
      poor.emplace_back(shard().rows);
      PovertyHistory history;
      history.poor = poor.back();
      if (poor.size() > 1) history.poor_before = poor[poor.size() - 2];
      benchmark::DoNotOptimize(model.simulate(worlds, year, treasury, {&history, 1}, work, team));
    }
  }

  const Shard& shard() const { return *sharded.shards().front(); }
  double persons() const { return static_cast<double>(population.persons.rows()); }
  double years() const { return region.last_year - region.base_year + 1; }

  Scenario scenario;
  Region region;
  Population population;
  ShardedPopulation sharded;
  Model model;
  Threads team;
  Workspace work;

 private:
  std::uint64_t replicate_ = 0;
};

inline Calibration calibration_of(const char* name) {
  const Scenario scenario = scenario_of(name);
  const ShardedPopulation sharded(whole_population(), 1, 1);
  return calibrate(sharded, scenario, *scenario.region);
}

}  // namespace tuopin::benchmarks
