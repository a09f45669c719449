// A context with one random scenario on a random population, and all that a trajectory can be told apart by.
#pragma once

#include <cstddef>
#include <cstring>

#include "models/run/trajectory.hpp"
#include "tests/models/random_case.hpp"

namespace tuopin::testing {

/// Figures for which the base year can be solved: 1 in 4 poor at twice the line.
inline Population with_incomes(Population population, const Region& region) {
  population.true_poverty_rate = 0.25;
  population.mean_income = 2 * region.line("statistical", region.base_year);
  return population;
}

/// Several counties, so that there are several blocks and parts; the scenario has programmes and funds.
struct Staged {
  explicit Staged(std::uint64_t number) : Staged(Case(number)) {}
  explicit Staged(const Case& of)
      : population(with_incomes(of.population, *of.scenario.region)), scenario(of.scenario), seed(of.seed),
        course(Digester().course(scenario)) {}

  std::unique_ptr<Context> context(std::size_t parts, const Population& people) const {
    auto made = std::make_unique<Context>(scenario.region, std::vector{std::make_shared<const Population>(people)},
                                          std::vector<double>{}, parts);
    made->prepare({course}, 1, Threads(), {}, StopFlag{});
    return made;
  }
  std::unique_ptr<Context> context(std::size_t parts = 1) const { return context(parts, population); }
  Trajectory begin(const Context& in) const { return Trajectory(in, course, in.draw(DrawAddress{seed, 2, false}), 3); }

  Population population;
  Scenario scenario;
  std::uint64_t seed;
  Course course;
};

/// Safety nets of chance may leave nobody poor: then the base year has no solution.
inline bool is_solvable(const Staged& staged) {
  try {
    staged.context();
    return true;
  } catch (const DataError&) {
    return false;
  }
}

inline std::vector<std::uint64_t> solvable_numbers(std::size_t count) {
  std::vector<std::uint64_t> numbers;
  for (std::uint64_t number = 0; numbers.size() < count; ++number)
    if (is_solvable(Staged(number))) numbers.push_back(number);
  return numbers;
}

/// A number whose scenario acts from the year after the base year on, with several programmes in several counties.
inline std::uint64_t busy_number() {
  for (std::uint64_t number = 0;; ++number) {
    const Staged staged(number);
    Scenario bare = staged.scenario;
    bare.programmes.clear();
    const int acts = first_difference(Digester().course(bare).digests, staged.course.digests);
    const Region& region = *staged.scenario.region;
    if (staged.scenario.programmes.size() > 1 && staged.population.counties.rows() > 1 &&
        acts == region.base_year + 1 && region.last_year > acts + 1 && is_solvable(staged))
      return number;
  }
}

inline bool same(const PlaceSums& a, const PlaceSums& b) {
  const Counts &x = a, &y = b;
  const WideCounts &wide_x = a, &wide_y = b;
  return std::memcmp(&x, &y, sizeof x) == 0 && std::memcmp(&wide_x, &wide_y, sizeof wide_x) == 0 && a.own == b.own;
}

/// By year: the state hash and all results; and the ledger at the end.
struct Facts {
  std::vector<std::uint64_t> hashes;
  std::vector<YearResult> results;
  Ledger ledger;
};

inline void expect_same(const Facts& a, const Facts& b) {
  EXPECT_EQ(a.hashes, b.hashes);
  EXPECT_TRUE(a.ledger == b.ledger);
  ASSERT_EQ(a.results.size(), b.results.size());
  for (std::size_t year = 0; year < a.results.size(); ++year) {
    const YearResult &x = a.results[year], &y = b.results[year];
    EXPECT_TRUE(std::equal(x.places.begin(), x.places.end(), y.places.begin(), y.places.end(), same)) << year;
    ASSERT_EQ(x.programmes.size(), y.programmes.size());
    for (std::size_t p = 0; p < x.programmes.size(); ++p) {
      const auto &tally = x.programmes[p], &other = y.programmes[p];
      ASSERT_EQ(tally.size(), other.size());
      EXPECT_EQ(std::memcmp(tally.data(), other.data(), tally.size() * sizeof(ProgrammeTally)), 0) << year;
    }
  }
}

/// Steps to the end. `hashes` of the years before.
inline Facts lived_out(Trajectory& trajectory, std::vector<std::uint64_t> hashes = {}, int threads = 1) {
  const Threads team(threads);
  Workers workers(trajectory.sharded(), team);
  Facts facts{std::move(hashes), {}, {}};
  while (!trajectory.done()) {
    trajectory.step(workers);
    facts.hashes.push_back(trajectory.state_hash());
  }
  for (const auto& result : trajectory.results()) facts.results.push_back(*result);
  facts.ledger = trajectory.treasury().ledger();
  return facts;
}

inline std::string saved(const Trajectory& trajectory) {
  ByteBuffer buffer;
  trajectory.save(buffer);
  return buffer.bytes;
}

inline Trajectory loaded(const Context& context, const Course& course, const std::string& bytes) {
  ByteBuffer buffer(bytes);
  return Trajectory::load(context, course, buffer);
}

}  // namespace tuopin::testing
