// One random small world with its scenario, by number.
#pragma once

#include "models/run/load.hpp"
#include "tests/models/random_worlds.hpp"
#include "tests/models/sanitized.hpp"

namespace tuopin::testing {

constexpr std::uint64_t cases = sanitized ? 200 : 1000;  ///< random worlds that a law is tried on
constexpr int first_year = 2015;

struct Case {
  explicit Case(std::uint64_t number, const ProgrammeWish& wish = {})
      : dice(number), population(random_population(dice)), shard(population), sharded(shard),
        last_year(first_year + dice.whole(2, 4)) {
    const auto counties = static_cast<std::uint32_t>(population.counties.rows());
    scenario.name = "random";
    scenario.settings = settings_of(random_scenario_text(dice, last_year), shipped_file_kinds().scenario, "random");
    const double statistical_line = dice.between(1500, 4500), administrative_line = dice.between(1500, 4500);
    scenario.region =
        std::make_shared<const Region>(region_of(counties, statistical_line, administrative_line, last_year));
    const int programmes = dice.whole(0, 4);
    for (int p = 0; p < programmes; ++p)
      scenario.programmes.push_back(random_programme(dice, "p" + std::to_string(p), wish, first_year + 1, last_year));
    calibration = {dice.between(0.2, 1.2), dice.between(2000, 9000), dice.between(0.3, 0.8)};
    seed = number + 1;
  }
  std::vector<std::uint64_t> hashes(const Scenario& of, int threads = 1) const {
    SimulatedRun run(of, sharded, calibration, seed, 3, threads);
    std::vector<std::uint64_t> years;
    for (const YearNotes& year : run.live_all()) years.push_back(year.hash);
    return years;
  }
  Dice dice;
  Population population;
  Shard shard;
  ShardedPopulation sharded;
  int last_year;
  Scenario scenario;
  Calibration calibration;
  std::uint64_t seed = 0;
};

}  // namespace tuopin::testing
