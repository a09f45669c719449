// What no result may depend on: the parts in which a population is held, and the order in which villages, households
// and members stand in its tables. Per household, not only in sum.
#include "models/state/land.hpp"

#include <numeric>
#include <optional>

#include "tests/models/random_case.hpp"

namespace tuopin::testing {
namespace {

template <typename T>
void shuffle(Dice& dice, T begin, T end) {
  for (auto n = end - begin; n > 1; --n) std::swap(begin[n - 1], begin[dice.whole(0, static_cast<int>(n) - 1)]);
}

/// The same people with villages in another order within their county, households within their village, and members
/// within their household.
Population shuffled(Dice& dice, const Population& p) {
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
std::map<std::uint32_t, std::string> states_by_id(const Worlds& worlds) {
  std::map<std::uint32_t, std::string> states;
  for (const World& world : worlds.parts) {
    const auto ids = world.ground.people.id;
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

struct History {
  std::vector<std::uint64_t> hashes;
  std::vector<std::map<std::uint32_t, std::string>> states;
  bool operator==(const History&) const = default;
};

History history_of(const Case& c, const Land& land, int threads = 1) {
  Lived run(c.scenario, land, c.calibration, c.seed, 3, threads);
  History history;
  for (int year = first_year; year <= c.last_year; ++year) {
    history.hashes.push_back(run.live().hash);
    history.states.push_back(states_by_id(run.worlds()));
  }
  return history;
}

TEST(Land, PartsAlongCountiesDoNotMatter) {
  int several = 0;
  for (std::uint64_t number = 0; number < 300; ++number) {
    SCOPED_TRACE(number);
    const Case c(number);
    const History whole = history_of(c, c.land);
    for (const std::size_t parts : {2u, 3u, 8u}) {
      const Land land(c.population, parts, 1);
      several += land.parts().size() > 1;
      const History split = history_of(c, land, number % 50 == 0 ? 2 : 1);
      ASSERT_EQ(split.hashes, whole.hashes) << parts;
      ASSERT_EQ(split.states, whole.states) << parts;
    }
  }
  EXPECT_GT(several, 300);
}

TEST(Land, OrderOfVillagesHouseholdsAndMembersDoesNotMatter) {
  for (std::uint64_t number = 0; number < 300; ++number) {
    SCOPED_TRACE(number);
    Case c(number);
    const History plain = history_of(c, c.land);
    const Population other = shuffled(c.dice, c.population);
    const Land land(other, 1, 1);
    const History moved = history_of(c, land);
    ASSERT_EQ(moved.hashes, plain.hashes);
    ASSERT_EQ(moved.states, plain.states);
  }
}

TEST(Land, PartsHoldWholeCountiesAndAllKeys) {
  const Case c(7);
  for (const std::size_t parts : {1u, 2u, 3u}) {
    const Land land(c.population, parts, 0.5);
    std::uint32_t rows = 0;
    std::vector<int> seen(land.counties(), 0);
    for (const Ground* part : land.parts()) {
      rows += part->rows;
      EXPECT_EQ(part->county_keys, c.ground.county_keys);
      EXPECT_EQ(part->share, 0.5);
      std::vector<int> here(land.counties(), 0);
      for (const Block& block : part->blocks) here[block.county] = 1;
      for (std::size_t county = 0; county < here.size(); ++county) seen[county] += here[county];
    }
    EXPECT_EQ(rows, c.ground.rows);
    EXPECT_EQ(seen, std::vector<int>(land.counties(), 1));
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
    const Land plain(c.population, 1, 1), moved(other, 1, 1), split(c.population, 3, 1);
    const auto found = [&](const Land& land, int threads) -> std::optional<Calibration> {
      try {
        return calibrate(land, c.scenario.settings, *c.scenario.region, threads);
      } catch (const DataError&) {
        return std::nullopt;
      }
    };
    const auto a = found(plain, 1);
    solved += a.has_value();
    for (const Land* land : {&moved, &split}) {
      const auto b = found(*land, 2);
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
