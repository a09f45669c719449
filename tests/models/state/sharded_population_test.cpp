// No result may depend on the shards of a population or on the order of villages, households and members in its tables.
// Checked for every household, not only for sums.
#include "models/state/sharded_population.hpp"

#include <optional>

#include "tests/models/random_case.hpp"
#include "tests/models/shuffled.hpp"

namespace tuopin::testing {
namespace {

struct History {
  std::vector<std::uint64_t> hashes;
  std::vector<std::map<std::uint32_t, std::string>> states;
  bool operator==(const History&) const = default;
};

History history_of(const Case& c, const ShardedPopulation& sharded, int threads = 1) {
  SimulatedRun run(c.scenario, sharded, c.calibration, c.seed, 3, threads);
  History history;
  for (int year = first_year; year <= c.last_year; ++year) {
    history.hashes.push_back(run.simulate_year().hash);
    history.states.push_back(states_by_id(run.worlds()));
  }
  return history;
}

TEST(ShardedPopulation, PartsAlongCountiesDoNotMatter) {
  int several = 0;
  for (std::uint64_t number = 0; number < 300; ++number) {
    SCOPED_TRACE(number);
    const Case c(number);
    const History whole = history_of(c, c.sharded);
    for (const std::size_t parts : {2u, 3u, 8u}) {
      const ShardedPopulation sharded(c.population, parts, 1);
      several += sharded.shards().size() > 1;
      const History split = history_of(c, sharded, number % 50 == 0 ? 2 : 1);
      ASSERT_EQ(split.hashes, whole.hashes) << parts;
      ASSERT_EQ(split.states, whole.states) << parts;
    }
  }
  EXPECT_GT(several, 300);
}

TEST(ShardedPopulation, OrderOfVillagesHouseholdsAndMembersDoesNotMatter) {
  for (std::uint64_t number = 0; number < 300; ++number) {
    SCOPED_TRACE(number);
    Case c(number);
    const History plain = history_of(c, c.sharded);
    const Population other = shuffled(c.dice, c.population);
    const ShardedPopulation sharded(other, 1, 1);
    const History moved = history_of(c, sharded);
    ASSERT_EQ(moved.hashes, plain.hashes);
    ASSERT_EQ(moved.states, plain.states);
  }
}

TEST(ShardedPopulation, PartsHoldWholeCountiesAndAllKeys) {
  const Case c(7);
  for (const std::size_t parts : {1u, 2u, 3u}) {
    const ShardedPopulation sharded(c.population, parts, 0.5);
    std::uint32_t rows = 0;
    std::vector<int> seen(sharded.counties(), 0);
    for (const Shard* part : sharded.shards()) {
      rows += part->rows;
      EXPECT_EQ(part->county_keys, c.shard.county_keys);
      EXPECT_EQ(part->share, 0.5);
      std::vector<int> here(sharded.counties(), 0);
      for (const Block& block : part->blocks) here[block.county] = 1;
      for (std::size_t county = 0; county < here.size(); ++county) seen[county] += here[county];
    }
    EXPECT_EQ(rows, c.shard.rows);
    EXPECT_EQ(seen, std::vector<int>(sharded.counties(), 1));
  }
}

/// A few dozen households under a generous safety net may have no spread that gives the rate: then the same for all.
TEST(Calibration, DependsOnNoOrderAndNoParts) {
  int solved = 0;
  for (std::uint64_t number = 0; number < 40; ++number) {
    SCOPED_TRACE(number);
    Case c(number);
    c.population.true_poverty_rate = 0.3;
    c.population.mean_income = 6000;
    const Population other = shuffled(c.dice, c.population);
    const ShardedPopulation plain(c.population, 1, 1), moved(other, 1, 1), split(c.population, 3, 1);
    const auto found = [&](const ShardedPopulation& sharded, int threads) -> std::optional<Calibration> {
      try {
        return calibrate(sharded, c.scenario, *c.scenario.region, shipped_catalogue(), Threads(threads));
      } catch (const DataError&) {
        return std::nullopt;
      }
    };
    const auto a = found(plain, 1);
    solved += a.has_value();
    for (const ShardedPopulation* sharded : {&moved, &split}) {
      const auto b = found(*sharded, 2);
      ASSERT_EQ(a.has_value(), b.has_value());
      if (!a) continue;
      ASSERT_EQ(a->sigma, b->sigma);
      ASSERT_EQ(a->level, b->level);
      ASSERT_EQ(a->stream_concentration, b->stream_concentration);
    }
  }
  EXPECT_GE(solved, 30);
}

}  // namespace
}  // namespace tuopin::testing
