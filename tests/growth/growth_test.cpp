// A program that is not tuopin has one addition of each kind, and no line of engine/ or models/ was changed for them.
// What is added behaves as what is shipped: it shows everywhere, is as reproducible, and leaves nothing where it is
// off.
#include <gmock/gmock.h>
#include <numeric>

#include <array>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>
#include <numeric>

#include "engine/study/study.hpp"
#include "models/population/synthesis.hpp"
#include "models/run/ensemble.hpp"
#include "models/run/load.hpp"
#include "models/run/trajectory.hpp"
#include "tests/growth/grown_catalogue.hpp"
#include "tests/models/state/frozen_hash.hpp"

namespace tuopin::growth {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

const fs::path here = fs::path(TUOPIN_SOURCE_DIR) / "tests/growth";

Scenario scenario_of(const fs::path& file, const Catalogue& catalogue = grown_catalogue()) {
  std::vector<Problem> problems;
  Scenario scenario = load_scenario(file, problems, catalogue);
  if (!problems.empty()) throw ScenarioError(problems);
  return scenario;
}

std::shared_ptr<const Population> population_of(const Region& region, double share = 1) {
  std::vector<Problem> problems;
  const SynthesisInput input = synthesis_input(region, problems);
  if (!problems.empty()) throw DataError(problems);
  SynthesisReport report;
  Population population = synthesize(input, 0, report);
  return std::make_shared<const Population>(share < 1 ? take_villages(population, share, 1) : std::move(population));
}

/// Xiangxi's plan with everything that was added, on a small sample in many blocks and eight counties.
RunPlan large_plan() {
  static const Scenario scenario = scenario_of(here / "scenarios/grown_xiangxi.toml");
  static const auto people = population_of(*scenario.region, 0.03);
  RunPlan plan;
  plan.catalogue = &grown_catalogue();
  plan.scenarios = {scenario};
  plan.populations = {people};
  plan.shares = {0.03};
  plan.draws = 2;
  return plan;
}

RunPlan hamlet_plan(const std::vector<std::string>& files) {
  RunPlan plan;
  plan.catalogue = &grown_catalogue();
  for (const std::string& file : files) plan.scenarios.push_back(scenario_of(here / "scenarios" / file));
  plan.populations = {population_of(*plan.scenarios[0].region)};
  plan.draws = 2;
  return plan;
}

class Memory : public TaskStore {
 public:
  void fetch(const std::function<void(const TaskRecord&)>& take) override {
    for (const TaskRecord& part : parts) take(part);
  }
  void keep(TaskRecord part, std::vector<Table>) override {
    const std::lock_guard<std::mutex> guard(mutex_);
    parts.push_back(std::move(part));
  }
  std::vector<TaskRecord> parts;

 private:
  std::mutex mutex_;
};

Study run(const RunPlan& plan, TaskStore* store = nullptr) {
  RunRecord record;
  return run_ensemble(plan, {}, StopFlag{}, record, store);
}

std::string state_of(const Study& study) { return std::get<std::string>(study.attributes.at("hash_state")); }

const std::vector<double>& values_of(const Study& study, const std::string& name) {
  for (const Variable& v : study.variables)
    if (v.name == name) return std::get<std::vector<double>>(v.values);
  throw std::logic_error("the study has no " + name);
}

/// What the grown program prints; its exit code in `code`.
std::string printed(const std::string& arguments, int& code) {
  const std::string command = std::string(TUOPIN_GROWN_PROGRAM) + " " + arguments + " 2>&1";
  std::string text;
  std::array<char, 4096> buffer;
  FILE* const pipe = ::popen(command.c_str(), "r");
  while (const std::size_t n = std::fread(buffer.data(), 1, buffer.size(), pipe)) text.append(buffer.data(), n);
  code = ::pclose(pipe);
  return text;
}
std::string printed(const std::string& arguments) {
  int code = 0;
  const std::string text = printed(arguments, code);
  EXPECT_EQ(code, 0) << text;
  return text;
}

TEST(Growth, ThreadsAndShardsChangeNoBit) {
  RunPlan plan = large_plan();
  const Study one = run(plan);
  EXPECT_GT(values_of(one, "illness/ill_persons").back(), 0);
  for (const auto& [threads, shards] : {std::pair{2, 1}, {3, 1}, {1, 2}, {2, 8}, {1, 8}}) {
    SCOPED_TRACE(std::to_string(threads) + " threads, " + std::to_string(shards) + " shards");
    plan.threads = threads;
    plan.shards = shards;
    const Study other = run(plan);
    EXPECT_EQ(state_of(other), state_of(one));
    for (const char* figure : {"illness/ill_persons", "harvest/mean_price", "poverty_rate"})
      EXPECT_EQ(values_of(other, figure), values_of(one, figure)) << figure;
  }
}

/// A price at a barrier is the county's own: Xiangxi's eight counties have eight.
TEST(Growth, ABarrierSettlesEachCounty) {
  const Study study = run(large_plan());
  const std::vector<double>& prices = values_of(study, "harvest/mean_price");
  const std::set<double> different(prices.begin(), prices.end());
  EXPECT_GT(different.size(), prices.size() / 2);
}

TEST(Growth, SwitchedOffItLeavesNothing) {
  const Scenario off = scenario_of(here / "scenarios/off.toml"),
                 plan = scenario_of(fs::path(TUOPIN_SOURCE_DIR) / "scenarios/hamlet/plan.toml", shipped_catalogue());
  EXPECT_TRUE(grown_catalogue().schema_of(off).same_columns(shipped_catalogue().schema_of(plan)));
  RunPlan grown = hamlet_plan({"off.toml"}), shipped = grown;
  shipped.catalogue = &shipped_catalogue();
  shipped.scenarios = {plan};
  const Study with = run(grown), without = run(shipped);
  EXPECT_EQ(state_of(with), state_of(without));
  for (const Variable& variable : without.variables)
    if (shipped_figures().find(variable.name) &&
        variable.name != "income_by_stream/mean_income") {  // has a stream more
      const auto &a = values_of(with, variable.name), &b = values_of(without, variable.name);
      EXPECT_EQ(std::memcmp(a.data(), b.data(), a.size() * sizeof(double)), 0) << variable.name;  // NaN, too
    }
  EXPECT_TRUE(std::isnan(values_of(with, "illness/ill_persons")[0]));  // unknown, not zero
}

/// Each thing that was added is in the hash: a world that differs in nothing else has another one.
TEST(Growth, TheHashSeesColumnsOfEveryLevel) {
  const Scenario scenario = scenario_of(here / "scenarios/grown.toml");
  const auto people = population_of(*scenario.region);
  const ShardedPopulation sharded(*people, 1, 1);
  const auto schema = std::make_shared<const StateSchema>(grown_catalogue().schema_of(scenario));
  const auto hash_with = [&](const std::function<void(World&)>& change) {
    Worlds worlds(sharded, *scenario.region, schema, 1, 0);
    change(worlds.by_shard.front());
    return state_hash(worlds, {});
  };
  const std::set<std::uint64_t> hashes = {
      hash_with([](World&) {}),
      hash_with([&](World& w) { w[schema->writes<std::uint8_t>("household.ill_years")][3] = 1; }),
      hash_with([&](World& w) { w[schema->writes<std::uint8_t>("village.epidemics")][1] = 1; }),
      hash_with([&](World& w) { w[schema->writes<double>("county.harvest_price")][0] = 2.5; }),
      hash_with([&](World& w) { w[schema->writes<std::uint16_t>("household.animals")][3] = 1; }),
      hash_with([&](World& w) { w.state.rows(schema->changes_rows("debt"), 0).add(std::vector<std::uint32_t>{3}); }),
      hash_with([&](World& w) { w.state.rows(schema->changes_rows("debt"), 0).add(std::vector<std::uint32_t>{4}); })};
  EXPECT_EQ(hashes.size(), 7u);
}

/// A process and a verb pay through streams of their own; with no weight they are paid and do not count.
TEST(Growth, StreamsOfItsOwnAreShownAndWeighed) {
  RunPlan plan = hamlet_plan({"grown.toml"});
  plan.draws = 1;
  const Study whole = run(plan);
  const std::size_t streams = grown_catalogue().streams.size();
  const std::vector<double>& by_stream = values_of(whole, "income_by_stream/mean_income");
  const std::size_t of_2018 = 3 * 2 * streams;     // two places a year; the whole region is the first
  EXPECT_GT(by_stream[of_2018 + streams - 2], 0);  // upkeep of herds
  EXPECT_GT(by_stream[of_2018 + streams - 1], 0);  // relief in illness
  std::vector<Problem> problems;
  plan.scenarios[0].settings = plan.scenarios[0].settings.with_changes(
      {{"register_income.illness_relief", "{ value = 0, unit = \"share\", source = \"assumption: invented\" }"}},
      grown_catalogue().file_kinds().scenario, "weighed", problems);
  ASSERT_TRUE(problems.empty());
  const Study weighed = run(plan);
  // Both base years are calibrated to one mean, of the streams that count. Incomes are kept in float32.
  const auto all_streams = [&](const Study& study) {
    const std::vector<double>& of = values_of(study, "income_by_stream/mean_income");
    return std::accumulate(of.begin(), of.begin() + static_cast<std::ptrdiff_t>(streams), 0.0);
  };
  const double with = values_of(whole, "mean_income")[0], without = values_of(weighed, "mean_income")[0];
  EXPECT_NEAR(all_streams(whole), with, 0.01 * static_cast<double>(streams) + 1e-6 * with);
  EXPECT_NEAR(all_streams(weighed) - by_stream[streams - 1], without,
              0.01 * static_cast<double>(streams) + 1e-6 * with);
  EXPECT_EQ(values_of(weighed, "income_by_stream/mean_income")[streams - 1], by_stream[streams - 1]);
}

/// Rules of a programme read the child table of a process and what a stream brought in the year before.
TEST(Growth, RulesReadAChildTableAndStreams) {
  const Scenario grown = scenario_of(here / "scenarios/grown.toml");
  const StateSchema schema = grown_catalogue().schema_of(grown);
  ASSERT_TRUE(schema.has("household.illness_relief_last_year") && schema.has("household.herd_upkeep_last_year"));
  EXPECT_FALSE(schema.has("household.allowance_last_year"));  // no rule reads it
  const auto people = population_of(*grown.region);
  Context context(grown.region, {people}, {}, 1, grown_catalogue());
  const Course course = Digester().course(grown);
  context.prepare({course}, Calibration{0.7, 6000, 0.5});
  const Threads team;
  Workers workers(context.sharded(0), team);
  Trajectory run(context, course, context.draw(DrawAddress{1, 0, true}), 0);
  const auto advice = static_cast<std::size_t>(
      std::ranges::find(grown.programmes, "debt_advice", [](const Settings& p) { return p.stem(); }) -
      grown.programmes.begin());
  std::size_t served = 0, refused = 0;
  while (!run.done()) {
    // Before the year: what the rule of the year will see. The debts that are paid back go later in the year.
    const World& world = run.worlds().by_shard.front();
    std::vector<std::uint32_t> owes(people->households.rows());
    for (std::size_t block = 0; block < world.shard.blocks.size(); ++block)
      for (const std::uint32_t parent : world.state.rows(schema.reads_rows("debt"), block).parents())
        ++owes[world.shard.blocks[block].begin + parent];
    const auto relief = world.household<float>("illness_relief_last_year");
    std::vector<std::uint8_t> eligible;
    for (std::size_t row = 0; row < owes.size(); ++row) eligible.push_back(owes[row] > 0 && relief[row] > 0);
    const bool opened = run.year() >= grown.region->base_year;
    run.step(workers);
    if (!opened || run.year() == grown.region->base_year || !grown.programmes[advice].has("window")) continue;
    const auto [first, last] = grown.programmes[advice].window("window");
    if (run.year() < first || run.year() > last) continue;
    const std::vector<std::uint8_t>& holds = run.worlds().by_shard.front().programmes[advice].holds;
    for (std::size_t row = 0; row < eligible.size(); ++row) {
      ASSERT_EQ(holds[row] != 0, eligible[row] != 0) << run.year() << " row " << row;
      (eligible[row] ? served : refused) += 1;
    }
  }
  EXPECT_GT(served, 0u);
  EXPECT_GT(refused, 0u);
}

TEST(Growth, AnInterruptedRunGoesOn) {
  RunPlan plan = hamlet_plan({"off.toml", "grown.toml"});
  const Study whole = run(plan);
  Memory store;
  run(plan, &store);
  ASSERT_EQ(store.parts.size(), 2u);
  store.parts.resize(1);
  EXPECT_EQ(state_of(run(plan, &store)), state_of(whole));
  EXPECT_EQ(store.parts.size(), 2u);
}

TEST(Growth, ATrajectoryIsSavedWithAllThatWasAdded) {
  const RunPlan plan = large_plan();
  const Course course = Digester().course(plan.scenarios[0]);
  const auto context_of = [&](std::size_t parts) {
    return std::make_unique<Context>(plan.scenarios[0].region, plan.populations, plan.shares, parts, grown_catalogue());
  };
  const auto one = context_of(1), eight = context_of(8);
  for (Context* context : {one.get(), eight.get()}) context->prepare({course}, Calibration{0.7, 6000, 0.5});
  const auto draw = one->draw(DrawAddress{1, 0, true});
  const Threads team;
  Workers here_workers(one->sharded(0), team), there_workers(eight->sharded(0), team);
  Trajectory undisturbed(*one, course, draw, 0);
  for (int year = 0; year < 3; ++year) undisturbed.step(here_workers);
  ByteBuffer bytes;
  undisturbed.save(bytes);
  Trajectory loaded = Trajectory::load(*eight, course, bytes);
  EXPECT_EQ(loaded.state_hash(), undisturbed.state_hash());
  while (!undisturbed.done()) {
    undisturbed.step(here_workers);
    loaded.step(there_workers);
    EXPECT_EQ(loaded.state_hash(), undisturbed.state_hash());
  }
}

/// One goes on as another scenario in which more acts from then on: what is new begins, what was there stays.
TEST(Growth, ATrajectoryBecomesOneWithAVerbThatBringsAColumn) {
  const Scenario grown = scenario_of(here / "scenarios/grown.toml");
  Scenario without = grown;
  std::erase_if(without.programmes, [](const Settings& programme) { return programme.stem() == "herds"; });
  without.name = "without";
  Digester digester;
  const Course first = digester.course(without), second = digester.course(grown);
  Context context(grown.region, {population_of(*grown.region)}, {}, 1, grown_catalogue());
  context.prepare({first, second}, Calibration{0.7, 6000, 0.5});
  const Threads team;
  Workers workers(context.sharded(0), team);
  const auto draw = context.draw(DrawAddress{1, 0, true});
  Trajectory became(context, first, draw, 0), whole(context, second, draw, 0);
  became.step(workers);
  whole.step(workers);
  EXPECT_EQ(became.state_hash(), whole.state_hash());  // no herd yet
  became.become(second);
  while (!whole.done()) {
    became.step(workers);
    whole.step(workers);
    EXPECT_EQ(became.state_hash(), whole.state_hash());
  }
}

TEST(Growth, ExplainSchemaAndCheckKnowWhatWasAdded) {
  const std::string file = (here / "scenarios/grown.toml").string();
  EXPECT_THAT(printed("explain " + file),
              AllOf(HasSubstr("household.illness"), HasSubstr("village.epidemics"), HasSubstr("debt.amount"),
                    HasSubstr("block, barrier, block"), HasSubstr("county.harvest_price"), HasSubstr("herd_grant"),
                    HasSubstr("gives 3 animals"), HasSubstr("year.ill_persons")));
  EXPECT_THAT(printed("explain " + (here / "scenarios/off.toml").string()),
              AllOf(Not(HasSubstr("household.illness")), Not(HasSubstr("household.harvest"))));
  EXPECT_THAT(printed("schema scenario"), AllOf(HasSubstr("epidemic_share"), HasSubstr("kilograms_per_mu")));
  EXPECT_THAT(printed("schema programme"), HasSubstr("herd_grant"));
  EXPECT_THAT(printed("schema region"), AllOf(HasSubstr("clinics"), HasSubstr("beds")));
  EXPECT_THAT(printed("check --text " + file), HasSubstr("grown.toml"));
}

TEST(Growth, BadInputOfWhatWasAddedIsRefusedAtItsPlace) {
  const fs::path folder = fs::temp_directory_path() / ("tuopin-growth-" + std::to_string(::getpid()));
  fs::create_directories(folder);
  fs::copy(fs::path(TUOPIN_SOURCE_DIR) / "scenarios", folder / "scenarios", fs::copy_options::recursive);
  fs::create_directories(folder / "tests");
  fs::copy(here, folder / "tests/growth", fs::copy_options::recursive);
  const fs::path scenarios = folder / "tests/growth/scenarios";
  const auto change = [](const fs::path& file, const std::string& from, const std::string& to) {
    std::ifstream in(file);
    std::string text((std::istreambuf_iterator<char>(in)), {});
    ASSERT_NE(text.find(from), std::string::npos) << from;
    text.replace(text.find(from), from.size(), to);
    std::ofstream(file) << text;
  };
  change(scenarios / "grown.toml", "debt_years     =", "debt_year      =");
  change(scenarios / "programmes/herds.toml", "animals = { value = 3", "animals = { value = 3000");
  change(scenarios / "programmes/herds.toml", "ill_years < 3", "ill_year < 3");
  change(scenarios / "region/clinics.csv", "brook", "brok");
  int code = 0;
  const std::string said = printed("check --text " + (scenarios / "grown.toml").string(), code);
  EXPECT_NE(code, 0);
  EXPECT_THAT(said, AllOf(HasSubstr("debt_year"), HasSubstr("debt_years")));
  change(scenarios / "grown.toml", "debt_year      =", "debt_years     =");
  const std::string then = printed("check --text " + (scenarios / "grown.toml").string(), code);
  EXPECT_NE(code, 0);
  EXPECT_THAT(then, AllOf(HasSubstr("animals"), HasSubstr("brok"), HasSubstr("brook")));
  fs::remove_all(folder);
}

TEST(Growth, StudyAndPanelShowIt) {
  const fs::path folder = fs::temp_directory_path() / ("tuopin-growth-study-" + std::to_string(::getpid()));
  fs::create_directories(folder);
  const std::string study = (folder / "grown.h5").string(), panel = (folder / "panel.h5").string();
  printed("run " + (here / "scenarios/off.toml").string() + " " + (here / "scenarios/grown.toml").string() +
          " --draws 2 -o " + study + " --panel " + panel + " --quiet");
  EXPECT_THAT(printed("hash " + study), HasSubstr("state "));  // its tables: tests/python/test_summary.py
  fs::remove_all(folder);

  RunPlan plan = hamlet_plan({"grown.toml"});
  plan.panel = true;
  RunRecord record;
  run_ensemble(plan, {}, StopFlag{}, record);
  std::map<std::string, const Table*> tables;
  for (const Table& table : record.panel) tables[table.name()] = &table;
  ASSERT_TRUE(tables.contains("grown_2018") && tables.contains("grown_2018_debt") &&
              tables.contains("grown_2018_village"));
  EXPECT_TRUE(tables["grown_2018"]->has("ill_years") && tables["grown_2018"]->has("animals"));
  EXPECT_TRUE(tables["grown_2018_village"]->has("epidemics"));
  const Table& debts = *tables["grown_2018_debt"];
  ASSERT_GT(debts.rows(), 0u);
  const auto since = debts.column<std::uint16_t>("since");
  EXPECT_TRUE(std::ranges::all_of(since, [](int year) { return year == 2017 || year == 2018; }));
  EXPECT_TRUE(std::ranges::is_sorted(debts.column<std::uint32_t>("household")));
}

}  // namespace
}  // namespace tuopin::growth
