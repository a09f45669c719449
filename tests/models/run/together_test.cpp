// Scenarios that are stepped jointly, block by block, give the same results as alone: for any number of them, any
// number of shards and threads, with equal and with different incomes.
#include <numeric>

#include "models/run/variants.hpp"
#include "tests/models/run/walked.hpp"
#include "tests/models/sanitized.hpp"

namespace tuopin::testing {
namespace {

/// With another persistence of incomes, and so with other incomes of everybody.
Scenario with_other_incomes(Scenario scenario) {
  Scenario bare = scenario;
  bare.programmes.clear();  // those of chance are not all valid by themselves
  std::vector<Problem> problems;
  scenario.settings = varied(bare, Variant{"other", {{"income.autocorrelation.value", "0.31"}}, {}}, problems).settings;
  for (const Problem& problem : problems) ADD_FAILURE() << to_text(problem);
  return scenario;
}

/// The scenario, without any programme, without the first, in another order; with other incomes from the base year on.
std::vector<Scenario> related(const Scenario& full) {
  std::vector<Scenario> scenarios(5, full);
  scenarios[0].programmes.clear();
  if (!full.programmes.empty()) scenarios[2].programmes.erase(scenarios[2].programmes.begin());
  std::ranges::reverse(scenarios[3].programmes);
  scenarios[4] = with_other_incomes(full);
  for (std::size_t s = 0; s < scenarios.size(); ++s) scenarios[s].name = "s" + std::to_string(s);
  return scenarios;
}

TEST(Together, EveryLifeIsWhatItIsAlone) {
  std::size_t in_blocks = 0, in_years = 0;
  for (const std::uint64_t number : solvable_numbers(sanitized ? 4 : 40)) {
    SCOPED_TRACE(number);
    const Staged staged(number);
    Digester digester;
    std::vector<Course> courses;
    for (Scenario& scenario : related(staged.scenario)) courses.push_back(digester.course(std::move(scenario)));
    std::vector<std::size_t> paths(courses.size());
    std::iota(paths.begin(), paths.end(), 0);
    for (const std::size_t parts : {1u, 3u}) {
      const auto context = staged.context(parts);
      context->prepare(courses, 1, Threads(), {}, StopFlag{});
      const auto draw = context->draw(DrawAddress{staged.seed, 2, false});
      const Threads one;
      Workers workers(context->sharded(0), one);
      const std::vector<Facts> alone = lived_alone(*context, courses, draw, 3, workers);
      in_blocks += context->sharded(0).cells().size();
      for (const JointStepping joint :
           {JointStepping{1, 1}, JointStepping{2, 2}, JointStepping{2, 9}, JointStepping{3, 4}, JointStepping{9, 9}})
        for (const int threads : {1, 3}) {
          SCOPED_TRACE(
              fmt::format("{} parts, {} in joint, {} worlds, {} threads", parts, joint.most, joint.worlds, threads));
          const Threads team(threads);
          Workers of_team(context->sharded(0), team);
          FactsWatcher watcher;
          const WalkRecord record = walk(*context, courses, paths, draw, 3, of_team, watcher, joint);
          EXPECT_EQ(record.years_simulated, years_simulated(courses, paths));
          in_years += record.years_simulated;
          ASSERT_EQ(watcher.paths.size(), paths.size());
          for (const std::size_t path : paths) {
            SCOPED_TRACE(path);
            expect_same(watcher.paths.at(path), alone[path]);
          }
        }
    }
  }
  EXPECT_GT(in_blocks, sanitized ? 13u : 130u) << "several blocks in many lands";
  EXPECT_GT(in_years, sanitized ? 200u : 2000u);
}

/// Copies that are stepped jointly do not change the original, and another trajectory can join later.
TEST(Together, CompanyMayChange) {
  const Staged staged(busy_number());
  const auto context = staged.context();
  const Threads team;
  Workers workers(context->sharded(0), team);
  Trajectory whole = staged.begin(*context), lone = staged.begin(*context);
  whole.step(workers);
  const std::string before = saved(whole);
  Trajectory a = whole.copy(), b = whole.copy();
  Trajectory* const pair[] = {&a, &b};
  Trajectory::step_together(pair, workers);
  EXPECT_EQ(saved(whole), before);
  EXPECT_EQ(saved(a), saved(b));
  whole.step(workers);
  Trajectory* const three[] = {&b, &whole, &a};
  while (!a.done()) Trajectory::step_together(three, workers);
  while (!lone.done()) lone.step(workers);
  for (const Trajectory* one : three) EXPECT_EQ(saved(*one), saved(lone));
  EXPECT_THROW(Trajectory::step_together(three, workers), UsageError);
  Trajectory late = staged.begin(*context);
  Trajectory* const unequal[] = {&late, &a};
  EXPECT_THROW(Trajectory::step_together(unequal, workers), UsageError);
}

}  // namespace
}  // namespace tuopin::testing
