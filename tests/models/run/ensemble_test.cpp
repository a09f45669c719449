// The ensemble on the hamlet: no result depends on threads, on the other scenarios of the run, or on draws and
// replicates that were asked for besides.
#include "models/run/ensemble.hpp"
#include "models/population/synthesis.hpp"
#include "models/run/load.hpp"

#include <bit>
#include <mutex>

#include "tests/models/worlds.hpp"

namespace tuopin::testing {
namespace {

RunPlan plan_of(const std::vector<std::string>& names, int draws, int replicates) {
  RunPlan plan;
  std::vector<Problem> problems;
  for (const std::string& name : names) plan.scenarios.push_back(load_scenario(hamlet / (name + ".toml"), problems));
  for (const Problem& problem : problems) ADD_FAILURE() << to_text(problem);
  const SynthesisInput input = synthesis_input(*plan.scenarios.at(0).region, problems);
  SynthesisReport report;
  for (int index = 0; index < 2; ++index)
    plan.populations.push_back(std::make_shared<const Population>(synthesize(input, index, report)));
  plan.draws = draws;
  plan.replicates = replicates;
  return plan;
}

/// Finished tasks in memory.
class Memory : public TaskStore {
 public:
  void fetch(const std::function<void(const TaskRecord&)>& take) override {
    for (const TaskRecord& part : parts) take(part);
  }
  void keep(TaskRecord part, std::vector<Table> panel) override {
    const std::lock_guard<std::mutex> guard(mutex_);
    part.panel = panel.size();
    parts.push_back(std::move(part));
  }
  std::vector<TaskRecord> parts;

 private:
  std::mutex mutex_;
};

RunRecord resumed(const RunPlan& plan, Memory& store, Study& study) {
  RunRecord record;
  study = run_ensemble(plan, {}, StopFlag{}, record, &store);
  return record;
}

Study run(const RunPlan& plan) {
  RunRecord record;
  return run_ensemble(plan, {}, StopFlag{}, record);
}

/// Bits of a variable's numbers where `axis` stands at [first, first + count); everything where it has no such axis.
std::vector<std::uint64_t> bits(const Study& study, const Variable& variable, const std::string& axis = "",
                                std::size_t first = 0, std::size_t count = 0) {
  std::vector<std::uint64_t> all, kept;
  if (const auto* doubles = std::get_if<std::vector<double>>(&variable.values))
    for (const double x : *doubles) all.push_back(std::bit_cast<std::uint64_t>(x));
  else if (const auto* integers = std::get_if<std::vector<std::int64_t>>(&variable.values))
    for (const std::int64_t x : *integers) all.push_back(static_cast<std::uint64_t>(x));
  else if (const auto* hashes = std::get_if<std::vector<std::uint64_t>>(&variable.values))
    all = *hashes;
  std::size_t after = 1, length = 1;  // elements of the axes behind it, and its own length
  for (std::size_t k = variable.dimensions.size(); k-- > 0;) {
    for (const Dimension& dimension : study.dimensions)
      if (dimension.name == variable.dimensions[k]) length = dimension.size();
    if (variable.dimensions[k] == axis) break;
    after *= length;
    length = 1;
  }
  for (std::size_t i = 0; i < all.size(); ++i) {
    const std::size_t place = i / after % length;
    if (length == 1 || (place >= first && place < first + count)) kept.push_back(all[i]);
  }
  return kept;
}

bool has_axis(const Variable& variable, const std::string& axis) {
  return std::find(variable.dimensions.begin(), variable.dimensions.end(), axis) != variable.dimensions.end();
}

const Variable& same_in(const Study& study, const Variable& variable) {
  for (const Variable& other : study.variables)
    if (other.name == variable.name) return other;
  throw std::logic_error("no variable " + variable.name);
}

void expect_same(const Study& one, const Study& two) {
  EXPECT_EQ(one.attributes, two.attributes);
  ASSERT_EQ(one.variables.size(), two.variables.size());
  for (std::size_t v = 0; v < one.variables.size(); ++v) {
    EXPECT_EQ(one.variables[v].name, two.variables[v].name);
    EXPECT_EQ(bits(one, one.variables[v]), bits(two, two.variables[v])) << one.variables[v].name;
  }
}

TEST(Ensemble, FinishedTasksAreTakenAndNotComputed) {
  RunPlan plan = plan_of({"baseline", "plan"}, 3, 2);
  plan.leave_out_draws = 2;
  const Study whole = run(plan);
  Memory store;
  Study study;
  EXPECT_EQ(resumed(plan, store, study).tasks_computed, 6u);
  expect_same(whole, study);
  ASSERT_EQ(store.parts.size(), 6u);
  for (std::size_t kept = 0; kept <= 6; ++kept) {
    Memory some;
    some.parts.assign(store.parts.begin(), store.parts.begin() + static_cast<std::ptrdiff_t>(kept));
    const RunRecord record = resumed(plan, some, study);
    EXPECT_EQ(record.tasks_resumed, kept);
    EXPECT_EQ(record.tasks_computed, 6 - kept);
    EXPECT_EQ(some.parts.size(), 6u) << "a finished task was kept again";
    expect_same(whole, study);
  }
  store.parts[3].values[5] += 1;  // a task that is taken is not looked at again: the study must show it
  resumed(plan, store, study);
  EXPECT_NE(bits(whole, whole.variables.front()), bits(study, study.variables.front()));
}

TEST(Ensemble, PartsOfAnotherShapeAreNotTaken) {
  RunPlan plan = plan_of({"baseline", "plan"}, 2, 1);
  const Study whole = run(plan);
  Memory store;
  Study study;
  resumed(plan, store, study);
  store.parts[0].values.pop_back();
  store.parts[1].hashes.push_back(0);
  store.parts.push_back(store.parts[0]);
  store.parts.back().draw = 2;
  EXPECT_EQ(resumed(plan, store, study).tasks_computed, 2u);
  expect_same(whole, study);
}

TEST(Ensemble, MoreDrawsReplicatesAndLeftOutBatchesTakeWhatIsThere) {
  RunPlan plan = plan_of({"baseline", "plan"}, 2, 1);
  plan.leave_out_draws = 1;
  Memory store;
  Study study;
  resumed(plan, store, study);
  plan.draws = 3;
  plan.replicates = 2;
  plan.leave_out_draws = 2;
  const RunRecord record = resumed(plan, store, study);
  EXPECT_EQ(record.tasks_resumed, 1u) << "the second draw lacks the runs without a batch";
  EXPECT_EQ(record.tasks_computed, 5u);
  expect_same(run(plan), study);
}

TEST(Ensemble, ThePanelIsMadeWhereItIsMissing) {
  RunPlan plan = plan_of({"baseline"}, 2, 1);
  Memory store;
  Study study;
  resumed(plan, store, study);
  plan.panel = true;
  EXPECT_EQ(resumed(plan, store, study).tasks_computed, 1u);
  EXPECT_GT(store.parts.back().panel, 0u);
  EXPECT_EQ(resumed(plan, store, study).tasks_computed, 0u);
}

TEST(Ensemble, ItsSizeIsKnownBefore) {
  RunPlan plan = plan_of({"baseline", "plan"}, 3, 2);
  plan.leave_out_draws = 2;
  const RunSize size = size_of(plan);
  const Study study = run(plan);
  EXPECT_EQ(size.tasks, 6u);
  EXPECT_EQ(static_cast<std::int64_t>(size.person_years), std::get<std::int64_t>(study.attributes.at("person_years")));
  RunRecord record;
  run_ensemble(plan, {}, StopFlag{}, record);
  EXPECT_LT(record.person_years, size.person_years);
}

/// The plan begins in the year after the base year: its base year is the baseline's, lived once.
TEST(Ensemble, YearsThatAreSharedCountOnce) {
  const RunPlan plan = plan_of({"baseline", "plan"}, 3, 2);
  RunRecord record;
  run_ensemble(plan, {}, StopFlag{}, record);
  const Region& region = *plan.scenarios[0].region;
  const int years = region.last_year - region.base_year + 1;
  EXPECT_EQ(record.person_years, 6.0 * (years + years - 1) * static_cast<double>(plan.populations[0]->persons.rows()));
}

TEST(Ensemble, NothingIsLeftOutOfTheReference) {
  RunPlan plan = plan_of({"plan"}, 2, 1);
  plan.leave_out_draws = 1;
  EXPECT_THROW(run(plan), UsageError);
  plan = plan_of({"plan", "baseline"}, 2, 1);  // the reference has batches, the other has none
  plan.leave_out_draws = 1;
  for (const Variable& variable : run(plan).variables) EXPECT_FALSE(variable.name.starts_with("batches/"));
}

TEST(Ensemble, ThreadsDoNotMatter) {
  for (const auto& [draws, replicates] : {std::pair{3, 2}, std::pair{1, 1}}) {  // threads by task, threads by block
    RunPlan plan = plan_of({"baseline", "plan"}, draws, replicates);
    plan.leave_out_draws = 1;
    plan.threads = 1;
    const Study one = run(plan);
    plan.threads = 2;
    const Study two = run(plan);
    EXPECT_EQ(one.attributes.at("hash_state"), two.attributes.at("hash_state"));
    ASSERT_EQ(one.variables.size(), two.variables.size());
    for (const Variable& variable : one.variables)
      EXPECT_EQ(bits(one, variable), bits(two, same_in(two, variable))) << variable.name;
  }
}

TEST(Ensemble, FurtherDrawsAndReplicatesChangeNoEarlierOne) {
  const Study few = run(plan_of({"baseline", "plan"}, 2, 1));
  const Study draws = run(plan_of({"baseline", "plan"}, 4, 1)), replicates = run(plan_of({"baseline", "plan"}, 2, 3));
  int compared = 0;
  for (const Variable& variable : few.variables) {
    if (!has_axis(variable, "draw") || !has_axis(variable, "replicate")) continue;
    EXPECT_EQ(bits(few, variable), bits(draws, same_in(draws, variable), "draw", 0, 2)) << variable.name;
    EXPECT_EQ(bits(few, variable), bits(replicates, same_in(replicates, variable), "replicate", 0, 1)) << variable.name;
    ++compared;
  }
  EXPECT_GT(compared, 20);
}

TEST(Ensemble, OtherScenariosOfTheRunDoNotMatter) {
  const Study both = run(plan_of({"baseline", "plan"}, 2, 2)), alone = run(plan_of({"plan"}, 2, 2));
  int compared = 0;
  for (const Variable& variable : alone.variables) {
    // What is counted against the first scenario alone knows who else is there; parameters stand in the order of all.
    const bool paired = variable.name == "out_of_poverty" || variable.name == "into_poverty" ||
                        variable.name == "fall_in_poverty" || has_axis(variable, "parameter");
    if (!has_axis(variable, "scenario") || !has_axis(variable, "draw") || paired) continue;
    EXPECT_EQ(bits(alone, variable), bits(both, same_in(both, variable), "scenario", 1, 1)) << variable.name;
    ++compared;
  }
  EXPECT_GT(compared, 20);
}

}  // namespace
}  // namespace tuopin::testing
