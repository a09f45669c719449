// The frozen hash has the values that were recorded when it was frozen, where it was the program's own: of the hamlet,
// of a tenth of Xiangxi's villages in many blocks and in one and three parts, and of many random worlds.
#include "tests/models/state/frozen_hash.hpp"

#include <set>

#include "models/population/synthesis.hpp"
#include "tests/models/random_case.hpp"

namespace tuopin::testing {
namespace {

using Hashes = std::vector<std::uint64_t>;

Scenario scenario_of(const std::string& place, const std::string& name) {
  std::vector<Problem> problems;
  Scenario scenario = load_scenario(hamlet.parent_path() / place / (name + ".toml"), problems);
  if (!problems.empty()) throw ScenarioError(problems);
  return scenario;
}

Population population_of(const Region& region) {
  std::vector<Problem> problems;
  const SynthesisInput input = synthesis_input(region, problems);
  if (!problems.empty()) throw DataError(problems);
  SynthesisReport report;
  return synthesize(input, 0, report);
}

/// Lives a scenario.
Hashes frozen_years(SimulatedRun& run, int last_year) {
  Hashes years;
  const auto programmes = run.model().programme_hashes();
  do {
    run.simulate_year();
    years.push_back(frozen::hash_of(run.worlds(), programmes));
  } while (run.worlds().year() < last_year);
  return years;
}

std::size_t enrolled(const Worlds& worlds) {
  std::size_t all = 0;
  for (const World& world : worlds.by_shard)
    for (const ProgrammeState& programme : world.programmes) all += everyone_enrolled(programme).size();
  return all;
}

std::uint64_t of_study(const Hashes& years) {
  std::uint64_t study = 0;
  for (const std::uint64_t year : years) study = frozen::of_study(study, year);
  return study;
}

/// What `tuopin hash` printed for a study of each with one draw.
TEST(FrozenHash, OfTheHamletIsThatOfItsStudies) {
  const std::pair<std::string, std::uint64_t> studies[] = {{"baseline", 0x5929bf5e8e838965u},
                                                           {"plan", 0xfee41307125b8129u}};
  const Population population = population_of(*scenario_of("hamlet", "baseline").region);
  for (const auto& [name, study] : studies) {
    SCOPED_TRACE(name);
    const Scenario scenario = scenario_of("hamlet", name);
    const ShardedPopulation sharded(population, 1, 1);
    SimulatedRun run(scenario, sharded, calibrate(sharded, scenario, *scenario.region));
    EXPECT_EQ(of_study(frozen_years(run, scenario.region->last_year)), study);
  }
}

TEST(FrozenHash, OfManyBlocksOfXiangxiInOneAndInThreeParts) {
  const Hashes recorded = {10707203237276068882u, 233450653417573851u,   11058419416979557795u,
                           6685192356606194015u,  15260688323199988266u, 7588723376013040404u};
  const Scenario scenario = scenario_of("xiangxi", "plan-2016");
  const Region& region = *scenario.region;
  const Population sample = take_villages(population_of(region), 0.1, 1);
  const Calibration calibration = calibrate(ShardedPopulation(sample, 1, 0.1), scenario, region);
  for (const std::size_t parts : {1u, 3u}) {
    SCOPED_TRACE(parts);
    const ShardedPopulation sharded(sample, parts, 0.1);
    ASSERT_EQ(sharded.shards().size(), parts);
    for (const Shard* part : sharded.shards()) ASSERT_GT(part->blocks.size(), 5u);
    SimulatedRun run(scenario, sharded, calibration);
    EXPECT_EQ(frozen_years(run, region.last_year), recorded);
    EXPECT_GT(enrolled(run.worlds()), 1000u);
  }
}

TEST(FrozenHash, OfRandomWorldsWithAllVerbs) {
  std::uint64_t all = 0;
  for (std::uint64_t number = 0; number < 100; ++number) {
    SCOPED_TRACE(number);
    const Case c(number);
    const ShardedPopulation sharded(c.population, 1 + number % 3, 1);
    SimulatedRun run(c.scenario, sharded, c.calibration, c.seed, 3);
    all ^= of_study(frozen_years(run, c.last_year));
  }
  EXPECT_EQ(all, 8720286676443370120u);
}

TEST(FrozenHash, OfRandomWorldsOfManyBlocks) {
  Dice dice(20160112);
  const Population people = population_of_many_blocks(dice);
  const ShardedPopulation whole(people, 1, 1), three(people, 3, 1);
  ASSERT_EQ(whole.cells().size(), 12u);
  ASSERT_EQ(three.shards().size(), 3u);
  std::uint64_t all = 0;
  for (std::uint64_t number = 200; number < 210; ++number) {
    SCOPED_TRACE(number);
    Case c(number);
    c.scenario.region = std::make_shared<const Region>(region_of(3, 2855, 3000, c.last_year));
    SimulatedRun run(c.scenario, number % 2 ? whole : three, c.calibration, c.seed, 0, 2);
    all ^= of_study(frozen_years(run, c.last_year));
  }
  EXPECT_EQ(all, 1731581151917573721u);
}

/// Every column that the hash names moves it, and so does every field of an enrolment.
TEST(FrozenHash, SeesEveryColumn) {
  Table state("household_state", 3, codebook::household_state());
  const std::vector<std::uint32_t> ids = {5, 6, 9};
  const std::uint64_t plain = frozen::sum_of_rows(state, ids);
  const std::set<std::string, std::less<>> later = {"assessed_income", "holds_top_up", "on_safety_net_list",
                                                    "planted_cleared", "planted_own",  "planted_rented",
                                                    "top_ups"};
  for (const ColumnSpec& spec : state.specs()) {
    if (later.contains(spec.name)) continue;
    Table other = state;
    std::visit([](auto& values) { values[1] = 1; }, other.data(spec.name));
    EXPECT_NE(frozen::sum_of_rows(other, ids), plain) << spec.name;
  }
  const std::set<std::uint64_t> enrolments = {frozen::of_enrolment(1, 2, 2016, 3), frozen::of_enrolment(2, 2, 2016, 3),
                                              frozen::of_enrolment(1, 3, 2016, 3), frozen::of_enrolment(1, 2, 2017, 3),
                                              frozen::of_enrolment(1, 2, 2016, 4)};
  EXPECT_EQ(enrolments.size(), 5u);
}

}  // namespace
}  // namespace tuopin::testing
