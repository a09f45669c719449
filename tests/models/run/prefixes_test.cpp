// Common years are simulated once, few worlds are in memory at a time, and the results of every scenario are the same
// as when it is simulated alone.
#include "models/run/prefixes.hpp"

#include <numeric>
#include <set>

#include "models/population/synthesis.hpp"
#include "models/run/ensemble.hpp"
#include "tests/models/random_variants.hpp"
#include "tests/models/run/walked.hpp"

namespace tuopin::testing {
namespace {

struct Hamlet {
  Hamlet() {
    std::vector<Problem> problems;
    plan = load_scenario(hamlet / "plan.toml", problems);
    for (const Problem& problem : problems) ADD_FAILURE() << to_text(problem);
    SynthesisReport report;
    population = std::make_shared<const Population>(synthesize(synthesis_input(*plan.region, problems), 0, report));
  }
  std::size_t years() const { return static_cast<std::size_t>(plan.region->last_year - plan.region->base_year + 1); }
  std::unique_ptr<Context> context(const std::vector<Course>& courses) const {
    auto made = std::make_unique<Context>(plan.region, std::vector{population}, std::vector<double>{}, 2);
    made->prepare(courses, 1, Threads(), {}, StopFlag{});
    return made;
  }
  Scenario plan;
  std::shared_ptr<const Population> population;
};

TEST(Prefixes, EveryLifeIsWhatItIsAlone) {
  const Hamlet hamlet_plan;
  Dice dice(7);
  std::size_t shared = 0;
  for (int round = 0; round < 12; ++round) {
    SCOPED_TRACE(round);
    Digester digester;
    std::vector<Course> courses{digester.course(hamlet_plan.plan)};
    for (int v = 1; v < 15; ++v)
      courses.push_back(digester.course(random_variant(dice, hamlet_plan.plan, "v" + std::to_string(v))));
    courses.push_back(courses[dice.one_of(std::vector<std::size_t>{0, 3, 7})]);  // one that is another throughout
    const auto context = hamlet_plan.context(courses);
    const auto draw = context->draw(DrawAddress{9, 1, false});
    const Threads team;
    Workers workers(context->sharded(0), team);
    std::vector<std::size_t> paths(courses.size());
    std::iota(paths.begin(), paths.end(), 0);
    FactsWatcher watcher;
    const WalkRecord record = walk(*context, courses, paths, draw, 0, workers, watcher);

    std::set<std::uint64_t> worlds;
    for (const Course& course : courses) worlds.insert(course.digests.by_year.begin(), course.digests.by_year.end());
    EXPECT_EQ(record.years_simulated, worlds.size()) << "each branch of each year once";
    EXPECT_EQ(years_simulated(courses, paths), worlds.size());
    EXPECT_LE(record.most_worlds, hamlet_plan.years() + JointStepping{}.worlds);
    FactsWatcher of_lone;
    const WalkRecord lone = walk(*context, courses, paths, draw, 0, workers, of_lone, one_at_a_time);
    EXPECT_EQ(lone.years_simulated, record.years_simulated);
    EXPECT_LE(lone.most_worlds, hamlet_plan.years() + 1);
    shared += courses.size() * hamlet_plan.years() - worlds.size();

    ASSERT_EQ(watcher.paths.size(), courses.size());
    const std::vector<Facts> alone = lived_alone(*context, courses, draw, 0, workers);
    for (const std::size_t path : paths) {
      SCOPED_TRACE(path);
      expect_same(watcher.paths.at(path), alone[path]);
      for (const YearResult& year : watcher.paths.at(path).results)
        EXPECT_EQ(year.programmes.size(), courses[path].scenario->programmes.size());
    }
  }
  EXPECT_GT(shared, 300u);
}

/// Many variants that differ in one number of one year: the years before it are simulated once, and few worlds
/// are enough.
TEST(Prefixes, VariantsOfOneYearShareTheYearsBefore) {
  const Hamlet hamlet_plan;
  std::vector<Variant> variants;
  for (int v = 0; v < 30; ++v)
    variants.push_back({"v" + std::to_string(v), {{"posts.capacity.by_year.2018", std::to_string(100 + v)}}, {}});
  RunPlan plan;
  plan.populations = {hamlet_plan.population};
  plan.scenarios = varied(hamlet_plan.plan, variants);
  for (const int threads : {1, 2}) {
    plan.threads = threads;
    RunRecord record;
    run_ensemble(plan, {}, StopFlag{}, record);
    EXPECT_EQ(record.years_simulated, 3u + 30u * 3u);
    EXPECT_EQ(record.most_worlds, JointStepping{}.worlds);
    EXPECT_EQ(record.person_years, 93.0 * static_cast<double>(hamlet_plan.population->persons.rows()));
    EXPECT_EQ(size_of(plan).person_years_simulated, record.person_years);
  }
}

}  // namespace
}  // namespace tuopin::testing
