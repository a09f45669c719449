// A trajectory gives the results of the run in every way: stepped, copied, saved, loaded in another process and
// continued.
#include "models/run/trajectory.hpp"

#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "tests/models/run/saved_worlds.hpp"
#include "tests/models/shuffled.hpp"

namespace tuopin::testing {
namespace {

constexpr std::size_t small_cases = 60;

std::vector<std::uint64_t> until(const Facts& facts, std::size_t years) {
  return {facts.hashes.begin(), facts.hashes.begin() + static_cast<std::ptrdiff_t>(years)};
}

TEST(Trajectory, StepsAsTheModelLives) {
  for (const std::uint64_t number : solvable_numbers(small_cases)) {
    SCOPED_TRACE(number);
    const Staged staged(number);
    const auto context = staged.context();
    Trajectory trajectory(*context, staged.course, context->draw(DrawAddress{staged.seed, 0, true}), 3);
    EXPECT_EQ(trajectory.year(), staged.scenario.region->base_year - 1);
    const Facts facts = lived_out(trajectory);
    EXPECT_EQ(trajectory.year(), staged.scenario.region->last_year);
    SimulatedRun run(staged.scenario, context->sharded(0), context->calibration(staged.course, 0), staged.seed, 3);
    std::vector<std::uint64_t> hashes;
    for (const YearNotes& year : run.live_all()) hashes.push_back(year.hash);
    EXPECT_EQ(facts.hashes, hashes);
    EXPECT_TRUE(facts.ledger == run.ledger());
  }
}

TEST(Trajectory, CopyAndOriginalGoOnForThemselves) {
  for (const std::uint64_t number : solvable_numbers(small_cases)) {
    SCOPED_TRACE(number);
    const Staged staged(number);
    const auto context = staged.context(2);
    Trajectory undisturbed = staged.begin(*context);
    const Facts facts = lived_out(undisturbed);
    const Threads team;
    Workers workers(context->sharded(0), team);
    Trajectory walker = staged.begin(*context);
    for (std::size_t years = 0; !walker.done(); ++years) {
      Trajectory original = walker.copy(), copy = original.copy(), last = original.copy();
      const bool copy_first = years % 2 == 0;
      for (Trajectory* next : copy_first ? std::vector{&copy, &original} : std::vector{&original, &copy}) {
        const Facts own = lived_out(*next, until(facts, years), 2);
        expect_same(own, facts);
      }
      while (!last.done()) last.step(workers);  // after both others
      EXPECT_EQ(last.state_hash(), facts.hashes.back());
      walker.step(workers);
      EXPECT_EQ(walker.state_hash(), facts.hashes[years]);
    }
  }
}

TEST(Trajectory, SavedAndLoadedGoesOnOnOtherPartsAndRows) {
  int programmes = 0, carried = 0, moved = 0;
  for (const std::uint64_t number : solvable_numbers(small_cases)) {
    SCOPED_TRACE(number);
    Case of(number);
    const Staged staged(of);
    const auto context = staged.context();
    const Population other = with_incomes(shuffled(of.dice, of.population), *staged.scenario.region);
    const auto parts = staged.context(3), rows = staged.context(2, other);
    moved += other.households.data("id") != staged.population.households.data("id");
    Trajectory walker = staged.begin(*context);
    Trajectory undisturbed = walker.copy();
    const Facts facts = lived_out(undisturbed);
    const Threads team;
    Workers workers(context->sharded(0), team);
    for (std::size_t years = 0;; ++years) {
      const std::string bytes = saved(walker);
      for (const Context* in : {context.get(), parts.get(), rows.get()}) {
        Trajectory again = loaded(*in, staged.course, bytes);
        EXPECT_EQ(again.year(), walker.year());
        EXPECT_EQ(again.replicate(), walker.replicate());
        if (years > 0) {
          EXPECT_EQ(again.state_hash(), facts.hashes[years - 1]);
        }
        ASSERT_EQ(states_by_id(again.worlds()), states_by_id(walker.worlds()));
        const Facts own = lived_out(again, until(facts, years));
        expect_same(own, facts);
        ASSERT_EQ(states_by_id(again.worlds()), states_by_id(undisturbed.worlds()));
      }
      EXPECT_EQ(saved(loaded(*context, staged.course, bytes)), bytes) << "a second saving writes the same";
      const auto left = walker.treasury().left();
      carried += std::any_of(left.begin(), left.end(), [](std::int64_t fen) { return fen > 0; });
      if (walker.done()) break;
      walker.step(workers);
    }
    programmes += !staged.scenario.programmes.empty();
  }
  EXPECT_GT(programmes, 30);
  EXPECT_GT(carried, 10);
  EXPECT_GT(moved, 50);
}

/// Flags of the first scenario may stand on other rows: they are paired by id.
TEST(Trajectory, IsHeldAgainstTheFirstByIdNotByRow) {
  int poorer = 0;
  for (const std::uint64_t number : solvable_numbers(small_cases)) {
    SCOPED_TRACE(number);
    Case of(number);
    const Staged staged(of);
    Scenario bare = staged.scenario;
    bare.programmes.clear();
    bare.name = "bare";
    const Course first = Digester().course(bare);
    const auto context = staged.context();
    const auto rows = staged.context(2, with_incomes(shuffled(of.dice, of.population), *staged.scenario.region));
    const auto draw = context->draw(DrawAddress{staged.seed, 0, true});
    Trajectory here(*context, first, draw, 0), there(*rows, first, draw, 0);
    Trajectory with_here(*context, staged.course, draw, 0), with_there(*context, staged.course, draw, 0);
    const Threads team;
    Workers workers(context->sharded(0), team), others(rows->sharded(0), team);
    while (!here.done()) {
      here.step(workers);
      there.step(others);
      with_here.step(workers, here.poor().get());
      with_there.step(workers, there.poor().get());
      const auto &a = with_here.results().back()->places, &b = with_there.results().back()->places;
      EXPECT_TRUE(std::equal(a.begin(), a.end(), b.begin(), b.end(), same));
      for (const PlaceSums& place : a) poorer += place.into_poverty + place.out_of_poverty > 0;
    }
  }
  EXPECT_GT(poorer, 20);
}

/// What the child of the next test does, in a process of its own: loads, steps on and tells the hashes.
TEST(Trajectory, DISABLED_StepsOnInAChild) {
  const char* const path = std::getenv("TUOPIN_TEST_SAVED");
  ASSERT_TRUE(path);
  std::ifstream in(path, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  const Staged staged(busy_number());
  const auto context = staged.context(2);
  Trajectory trajectory = loaded(*context, staged.course, bytes);
  std::ofstream out(std::string(path) + ".hashes");
  for (const std::uint64_t hash : lived_out(trajectory).hashes) out << hash << "\n";
  std::ofstream(std::string(path) + ".end", std::ios::binary) << saved(trajectory);
}

TEST(Trajectory, StepsOnInAnotherProcess) {
  const Staged staged(busy_number());
  const auto context = staged.context();
  Trajectory trajectory = staged.begin(*context);
  const Threads team;
  Workers workers(context->sharded(0), team);
  trajectory.step(workers);
  trajectory.step(workers);
  const std::string path = ::testing::TempDir() + "trajectory_" + std::to_string(::getpid());
  std::ofstream(path, std::ios::binary) << saved(trajectory);
  const std::string self = std::filesystem::read_symlink("/proc/self/exe").string();
  const std::string command = "TUOPIN_TEST_SAVED='" + path + "' '" + self +
                              "' --gtest_also_run_disabled_tests --gtest_filter=Trajectory.DISABLED_StepsOnInAChild "
                              "> /dev/null 2>&1";
  ASSERT_EQ(std::system(command.c_str()), 0);
  std::ifstream in(path + ".hashes");
  const std::vector<std::uint64_t> told{std::istream_iterator<std::uint64_t>(in), {}};
  EXPECT_EQ(told, lived_out(trajectory).hashes);
  std::ifstream end(path + ".end", std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(end), {}};
  const Trajectory again = loaded(*context, staged.course, bytes);
  EXPECT_EQ(states_by_id(again.worlds()), states_by_id(trajectory.worlds()));
  EXPECT_TRUE(again.treasury().ledger() == trajectory.treasury().ledger());
  for (const char* file : {"", ".hashes", ".end"}) std::filesystem::remove(path + file);
}

}  // namespace
}  // namespace tuopin::testing
