#include "models/run/ensemble.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <chrono>
#include <exception>
#include <iterator>

#include "models/measures/draws.hpp"
#include "models/measures/targets.hpp"
#include "models/run/calibration.hpp"
#include "models/run/task.hpp"
#include "models/scenario/divergence.hpp"

namespace tuopin {

namespace {

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

AccountNames accounts_of(const RunPlan& plan) {
  std::vector<const Settings*> settings;
  std::vector<const std::vector<Settings>*> programmes;
  for (const Scenario& scenario : plan.scenarios) {
    settings.push_back(&scenario.settings);
    programmes.push_back(&scenario.programmes);
  }
  return account_names(settings, programmes);
}

Stage make_stage(const RunPlan& plan) {
  Stage stage{plan, *plan.scenarios[0].region, {}, {}, {}, {}, 1, {}};
  for (std::size_t p = 0; p < plan.populations.size(); ++p)
    stage.lands.push_back(
        std::make_unique<Land>(*plan.populations[p], static_cast<std::size_t>(plan.shards), plan.share_of(p)));
  stage.accounts = accounts_of(plan);
  return stage;
}

void calibrate_all(Stage& stage, const ProgressSink& sink, const StopFlag& stop) {
  const RunPlan& plan = stage.plan;
  const std::size_t populations = stage.lands.size(), scenarios = plan.scenarios.size();
  const std::size_t used = std::min(populations, static_cast<std::size_t>(plan.draws));
  stage.calibrations.assign(scenarios, std::vector<Calibration>(populations));
  std::vector<std::size_t> same(scenarios);  // the first scenario with the same base year
  for (std::size_t s = 0; s < scenarios; ++s) {
    same[s] = s;
    for (std::size_t earlier = s; earlier-- > 0;)
      if (first_difference(plan.scenarios[earlier], plan.scenarios[s]) > stage.region.base_year) same[s] = earlier;
  }
  // Few populations: share out the rows of each instead.
  const bool by_population = used >= static_cast<std::size_t>(plan.threads);
  Progress progress("calibration", used, sink);
  std::vector<std::exception_ptr> failed(used);
  parallel_for(used, by_population ? plan.threads : 1, &stop, [&](std::size_t p, int) {
    try {
      for (std::size_t s = 0; s < scenarios; ++s)
        stage.calibrations[s][p] = same[s] < s ? stage.calibrations[same[s]][p]
                                               : calibrate(*stage.lands[p], plan.scenarios[s].settings, stage.region,
                                                           by_population ? 1 : plan.threads);
    } catch (const Error&) {  // told in the order of populations, whichever thread is first
      failed[p] = std::current_exception();
    }
    progress.step();
  });
  for (const std::exception_ptr& error : failed)
    if (error) std::rethrow_exception(error);
}

RecordShape shape_of(const RunPlan& plan) {
  const Region& region = *plan.scenarios[0].region;
  RecordShape shape;
  for (const Scenario& scenario : plan.scenarios) {
    shape.scenarios.push_back(scenario.name);
    shape.scenario_titles.push_back(scenario.title.en);
    shape.scenario_titles_zh.push_back(scenario.title.zh);
    if (&scenario == &plan.scenarios.front()) continue;  // the reference: no batch is left out of it
    for (const std::string& batch : scenario.batches())
      if (std::find(shape.batches.begin(), shape.batches.end(), batch) == shape.batches.end())
        shape.batches.push_back(batch);
  }
  shape.draws = static_cast<std::size_t>(plan.draws);
  shape.replicates = static_cast<std::size_t>(plan.replicates);
  shape.first_year = region.base_year;
  shape.last_year = region.last_year;
  shape.places = {region.whole.id};
  shape.place_names = {region.whole.name};
  shape.place_names_zh = {region.whole.name_zh};
  for (const Place& county : region.counties) {
    shape.places.push_back(county.id);
    shape.place_names.push_back(county.name);
    shape.place_names_zh.push_back(county.name_zh);
  }
  shape.accounts = accounts_of(plan);
  shape.leave_out_draws = static_cast<std::size_t>(std::min(plan.leave_out_draws, plan.draws));
  return shape;
}

/// Years that a task lives: those that a life shares with an earlier one are lived once.
double years_lived(const Stage& stage, const RecordShape& shape, std::size_t task) {
  const std::size_t draw = task / shape.replicates, replicate = task % shape.replicates;
  const bool leaves_out = replicate == 0 && draw < shape.leave_out_draws;
  int years = 0;
  for (const Stage::Life& life : stage.lives)
    if (life.batch < 0 || leaves_out)
      years +=
          stage.region.last_year - std::clamp(life.shared_until, stage.region.base_year - 1, stage.region.last_year);
  return years;
}

/// Populations of a sample differ in size.
double persons_of(const RunPlan& plan, std::size_t draw) {
  return static_cast<double>(plan.populations[population_of_draw(draw, plan.populations.size())]->persons.rows());
}

/// What targets need to know of each draw's population.
std::vector<DrawnPopulation> drawn_populations(const RunPlan& plan) {
  std::vector<DrawnPopulation> populations;
  for (std::size_t draw = 0; draw < static_cast<std::size_t>(plan.draws); ++draw) {
    const std::size_t p = population_of_draw(draw, plan.populations.size());
    const Table& households = plan.populations[p]->households;
    const auto weight = households.column<std::uint16_t>("weight");
    const auto members = households.column<std::uint8_t>("members");
    int largest = 1;
    for (std::size_t h = 0; h < weight.size(); ++h) largest = std::max(largest, weight[h] * members[h]);
    populations.push_back({plan.share_of(p), largest, address_of(plan, draw)});
  }
  return populations;
}

std::vector<DrawUsed> draws_of(const RunPlan& plan) {
  std::vector<DrawUsed> draws;
  for (std::size_t draw = 0; draw < static_cast<std::size_t>(plan.draws); ++draw)
    draws.push_back(
        {address_of(plan, draw), plan.populations[population_of_draw(draw, plan.populations.size())]->index});
  return draws;
}

/// The stage with its lives planned.
void plan_lives(Stage& stage, const RecordShape& shape) {
  for (const Scenario& scenario : stage.plan.scenarios) {
    stage.left_out.emplace_back();
    for (const std::string& batch : shape.batches) {
      const auto own = scenario.batches();
      const bool has = std::find(own.begin(), own.end(), batch) != own.end();
      stage.left_out.back().push_back(has ? scenario.without_batch(batch) : Scenario{});
    }
  }
  stage.plan_lives();
}

double person_years_lived(const Stage& stage, const RecordShape& shape, std::size_t task) {
  return persons_of(stage.plan, task / shape.replicates) * years_lived(stage, shape, task);
}

/// Takes what the store holds; returns the tasks that are still to be done, in their order.
std::vector<std::size_t> unfinished_tasks(const RunPlan& plan, Recorder& recorder, TaskStore* store) {
  const RecordShape& shape = recorder.shape();
  std::vector<std::uint8_t> finished(shape.draws * shape.replicates, 0);
  if (store)
    store->fetch([&](const TaskPart& part) {
      const bool first = part.draw == 0 && part.replicate == 0;
      if (first && plan.panel && part.panel == 0) return;
      if (recorder.take(part)) finished[part.draw * shape.replicates + part.replicate] = 1;
    });
  std::vector<std::size_t> open;
  for (std::size_t task = 0; task < finished.size(); ++task)
    if (!finished[task]) open.push_back(task);
  return open;
}

void simulate(Stage& stage, const std::vector<std::size_t>& open, Recorder& recorder, TaskStore* store,
              const ProgressSink& sink, const StopFlag& stop, RunRecord& record) {
  const RunPlan& plan = stage.plan;
  const auto replicates = static_cast<std::size_t>(plan.replicates);
  // Few tasks: share out the blocks of each instead, so that one world uses all threads.
  const bool by_task = open.size() >= static_cast<std::size_t>(plan.threads);
  stage.block_threads = by_task ? 1 : plan.threads;
  std::vector<double> works;
  for (const std::size_t task : open) works.push_back(person_years_lived(stage, recorder.shape(), task));
  const int workers = by_task ? plan.threads : 1;
  Progress progress("simulation", record.tasks_resumed + open.size(), sink, works, static_cast<std::size_t>(workers));
  parallel_for(open.size(), workers, &stop, [&](std::size_t i, int) {
    const auto start = std::chrono::steady_clock::now();
    const std::size_t draw = open[i] / replicates, replicate = open[i] % replicates;
    std::vector<Table> panel;
    recorder.begin(draw, replicate);
    Task(stage, draw, replicate, recorder, plan.panel && open[i] == 0 ? &panel : nullptr).run();
    if (store)
      store->keep(recorder.part(draw, replicate), std::move(panel));
    else if (!panel.empty())
      record.panel = std::move(panel);
    progress.step(works[i], seconds_since(start));
  });
}

/// Figures that are asked for and that this run cannot give.
void check_figures(const RunPlan& plan) {
  std::vector<Problem> problems;
  const FigureTable recorded = plan.recorded_figures();
  for (const Figure& figure : recorded.rows())
    if (!plan.figures.empty() && figure.of_left_out() && plan.leave_out_draws == 0)
      problems.push_back({{},
                          "--figures",
                          figure.full_name() + " is known only where batches are left out",
                          "ask for --leave-out-batches"});
  if (!problems.empty()) throw UsageError(std::move(problems));
}

}  // namespace

void check_plan(const RunPlan& plan) {
  if (plan.scenarios.empty()) throw UsageError("no scenario to run");
  check_figures(plan);
  if (plan.leave_out_draws > 0 && plan.scenarios.size() == 1)
    throw UsageError("--leave-out-batches measures what a plan loses against the first scenario, and only " +
                     plan.scenarios[0].name + " is given: name the world without the plan first");
  for (const Scenario& scenario : plan.scenarios)
    if (scenario.region->contents != plan.scenarios[0].region->contents)
      throw ScenarioError("scenarios of one run must share their region: " + scenario.name + " has another than " +
                          plan.scenarios[0].name);
}

RunSize size_of(const RunPlan& plan) {
  const RecordShape shape = shape_of(plan);
  const std::size_t tasks = shape.draws * shape.replicates;
  std::size_t left_out = 0;  // lives without a batch, in each of the draws that have them
  for (std::size_t s = 1; s < plan.scenarios.size(); ++s) left_out += plan.scenarios[s].batches().size();
  double person_years = 0;
  for (std::size_t draw = 0; draw < shape.draws; ++draw) {
    const std::size_t lives = shape.replicates * plan.scenarios.size() + (draw < shape.leave_out_draws ? left_out : 0);
    person_years += persons_of(plan, draw) * static_cast<double>(lives * shape.years());
  }
  Stage stage{plan, *plan.scenarios[0].region, {}, {}, {}, {}, 1, {}};
  plan_lives(stage, shape);
  double lived = 0;
  for (std::size_t task = 0; task < tasks; ++task) lived += person_years_lived(stage, shape, task);
  return {tasks, person_years, lived};
}

double result_bytes(const RunPlan& plan) { return Recorder(shape_of(plan), plan.recorded_figures()).bytes(); }

namespace {

/// All that comes before the first year.
Stage prepared_stage(const RunPlan& plan, const ProgressSink& sink, const StopFlag& stop) {
  check_plan(plan);
  Stage stage = make_stage(plan);
  calibrate_all(stage, sink, stop);
  if (stop.stopped()) throw Interrupted("stopped while calibrating");
  return stage;
}

}  // namespace

void try_calibration(const RunPlan& plan, const ProgressSink& sink, const StopFlag& stop) {
  const Stage stage = prepared_stage(plan, sink, stop);
  for (std::size_t s = 0; s < plan.scenarios.size(); ++s)  // as its first task would make it
    Model(plan.scenarios[s], stage.region, stage.calibrations[s][0], DrawAddress{plan.seed, 0, true});
}

Study run_ensemble(const RunPlan& plan, const ProgressSink& sink, const StopFlag& stop, RunRecord& record,
                   TaskStore* store) {
  auto start = std::chrono::steady_clock::now();
  Stage stage = prepared_stage(plan, sink, stop);
  record.seconds_calibration = seconds_since(start);

  Recorder recorder(shape_of(plan), plan.recorded_figures());
  plan_lives(stage, recorder.shape());
  recorder.allocate();
  const std::vector<std::size_t> open = unfinished_tasks(plan, recorder, store);
  const RunSize size = size_of(plan);
  record.tasks_computed = open.size();
  record.tasks_resumed = size.tasks - open.size();

  start = std::chrono::steady_clock::now();
  simulate(stage, open, recorder, store, sink, stop, record);
  record.seconds_simulation = seconds_since(start);
  if (stop.stopped()) throw Interrupted("stopped while simulating");
  for (const std::size_t task : open) record.person_years += person_years_lived(stage, recorder.shape(), task);

  Study study;
  study.dimensions = recorder.dimensions();
  add_targets(study, recorder, plan.scenarios, stage.region, drawn_populations(plan));
  add_observations(study, stage.region);
  add_draws(study, plan.scenarios, draws_of(plan));
  std::vector<Variable> variables = recorder.release_variables();
  std::move(study.variables.begin(), study.variables.end(), std::back_inserter(variables));
  study.variables = std::move(variables);
  const auto persons = static_cast<std::int64_t>(plan.populations[0]->persons.rows());
  study.attributes["persons"] = persons;
  study.attributes["households"] = static_cast<std::int64_t>(plan.populations[0]->households.rows());
  study.attributes["person_years"] = static_cast<std::int64_t>(size.person_years);
  std::string unlimited_funds;
  for (std::size_t f = 1; f < stage.accounts.funds.size(); ++f)  // the safety net's own source comes first
    if (stage.accounts.unlimited[f]) unlimited_funds += (unlimited_funds.empty() ? "" : ",") + stage.accounts.funds[f];
  if (!unlimited_funds.empty()) study.attributes["funds_unlimited"] = unlimited_funds;
  // Of the first scenario on the first population: with them the base year can be computed anew from the population.
  study.attributes["calibration_sigma"] = stage.calibrations[0][0].sigma;
  study.attributes["calibration_level"] = stage.calibrations[0][0].level;
  if (!plan.figures.empty())
    study.attributes["figures"] = fmt::format("{}", fmt::join(plan.recorded_figures().names(), ","));
  study.attributes["hash_state"] = fmt::format("{:016x}", recorder.state_hash());
  return study;
}

}  // namespace tuopin
