#include "models/run/ensemble.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <chrono>
#include <iterator>

#include "models/measures/draws.hpp"
#include "models/measures/targets.hpp"
#include "models/run/record_shape_of.hpp"
#include "models/run/task.hpp"

namespace tuopin {

namespace {

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

RecordShape shape_of(const RunPlan& plan) {
  std::vector<const Scenario*> scenarios;
  for (const Scenario& scenario : plan.scenarios) scenarios.push_back(&scenario);
  RecordShape shape = record_shape_of(scenarios, *plan.catalogue);
  shape.draws = static_cast<std::size_t>(plan.draws);
  shape.replicates = static_cast<std::size_t>(plan.replicates);
  shape.leave_out_draws = static_cast<std::size_t>(std::min(plan.leave_out_draws, plan.draws));
  return shape;
}

/// Which of the plan's populations a draw lives on.
std::size_t population_of(const RunPlan& plan, std::size_t draw) {
  return plan.placed.empty() ? population_of_draw(draw, plan.populations.size()) : plan.placed[draw].population;
}

/// Simulated persons of a draw: populations of a sample differ in size.
double persons_of(const RunPlan& plan, std::size_t draw) {
  return static_cast<double>(plan.populations[population_of(plan, draw)]->persons.rows());
}

/// For each draw, the data about its population that targets need.
std::vector<DrawnPopulation> drawn_populations(const RunPlan& plan) {
  std::vector<DrawnPopulation> populations;
  for (std::size_t draw = 0; draw < static_cast<std::size_t>(plan.draws); ++draw) {
    const std::size_t p = population_of(plan, draw);
    const Table& households = plan.populations[p]->households;
    const auto weight = households.column<std::uint16_t>("weight");
    const auto members = households.column<std::uint8_t>("members");
    int largest = 1;
    for (std::size_t h = 0; h < weight.size(); ++h) largest = std::max(largest, weight[h] * members[h]);
    populations.push_back({plan.share_of(p), largest, address_of(plan, draw)});
  }
  return populations;
}

std::vector<DrawUsed> draws_of(const RunPlan& plan, const Context& context, const Course& first) {
  std::vector<DrawUsed> draws(static_cast<std::size_t>(plan.draws));
  Threads(plan.threads).for_each(draws.size(), [&](std::size_t draw, std::size_t) {
    const std::shared_ptr<const Draw> used = context.draw(address_of(plan, draw), population_of(plan, draw));
    const Calibration calibration = context.calibration(first, *used);  // known but where its tasks were resumed
    draws[draw] = {used->address, plan.populations[used->population]->index, calibration.sigma, calibration.level};
  });
  return draws;
}

/// Person-years of each task; years that its paths share are counted once.
std::vector<double> person_years_simulated(const RunPlan& plan, const RecordShape& shape, const TaskPaths& paths) {
  const auto years = [&](bool leaves_out) {
    return static_cast<double>(years_simulated(paths.courses, paths.of_task(leaves_out)));
  };
  const double with_batches = years(true), without = years(false);
  std::vector<double> simulated;
  for (std::size_t task = 0; task < shape.draws * shape.replicates; ++task) {
    const std::size_t draw = task / shape.replicates, replicate = task % shape.replicates;
    const bool leaves_out = replicate == 0 && draw < shape.leave_out_draws;
    simulated.push_back(persons_of(plan, draw) * (leaves_out ? with_batches : without));
  }
  return simulated;
}

/// Loads the finished tasks from the store; returns the tasks still to be computed, in order.
std::vector<std::size_t> unfinished_tasks(const RunPlan& plan, Recorder& recorder, TaskStore* store) {
  const RecordShape& shape = recorder.shape();
  std::vector<std::uint8_t> finished(shape.draws * shape.replicates, 0);
  if (store)
    store->fetch([&](const TaskRecord& part) {
      const bool first = part.draw == 0 && part.replicate == 0;
      if (first && plan.panel && part.panel == 0) return;
      if (recorder.take(part)) finished[part.draw * shape.replicates + part.replicate] = 1;
    });
  std::vector<std::size_t> open;
  for (std::size_t task = 0; task < finished.size(); ++task)
    if (!finished[task]) open.push_back(task);
  return open;
}

/// A catalogue with only the figures to be recorded, and with income streams by household if a panel is kept.
Catalogue asked_of(const RunPlan& plan) {
  Catalogue asked = *plan.catalogue;
  asked.figures = plan.recorded_figures();
  asked.keeps_streams = asked.keeps_streams || plan.panel;
  // All scenarios keep what a rule of one of them reads of the year before, because they may share that year.
  for (const Scenario& scenario : plan.scenarios) asked.last_years.merge(asked.last_years_of(scenario));
  return asked;
}

/// Everything that a run prepares after its populations are made and before its first year.
struct Prepared {
  explicit Prepared(const RunPlan& plan, const RecordShape& shape)
      : catalogue(std::make_unique<const Catalogue>(asked_of(plan))), paths(plan.scenarios, shape.batches),
        context(plan.scenarios[0].region, plan.populations, plan.shares, static_cast<std::size_t>(plan.shards),
                *catalogue) {}
  std::unique_ptr<const Catalogue> catalogue;  ///< as far as the run asks for it; the context refers to it
  TaskPaths paths;
  Context context;
};

Prepared prepared(const RunPlan& plan, const RecordShape& shape, const ProgressSink& sink, const StopFlag& stop) {
  Prepared run(plan, shape);
  std::vector<Course> scenarios;  // leaving a batch out changes no base year, and names no account
  for (const std::size_t path : run.paths.scenarios) scenarios.push_back(run.paths.courses[path]);
  const std::size_t all = run.context.populations(),
                    used = plan.placed.empty() ? std::min(all, static_cast<std::size_t>(plan.draws)) : all;
  run.context.prepare(scenarios, used, Threads(plan.threads), sink, stop);
  return run;
}

void simulate(const RunPlan& plan, const Prepared& run, const std::vector<std::size_t>& open, Recorder& recorder,
              TaskStore* store, const ProgressSink& sink, const StopFlag& stop, RunRecord& record) {
  const auto replicates = static_cast<std::size_t>(plan.replicates);
  // With few tasks, distribute the blocks of each task over the threads instead of the tasks.
  const Threads all(plan.threads, &stop), all_to_the_end(plan.threads), alone;
  const bool by_task = open.size() >= all.members();
  const std::vector<double> simulated = person_years_simulated(plan, recorder.shape(), run.paths);
  std::vector<double> works;
  for (const std::size_t task : open) works.push_back(simulated[task]);
  const Threads one(1, &stop);
  const Team &of_tasks = by_task ? all : one, &of_blocks = by_task ? alone : all_to_the_end;
  std::vector<WalkRecord> walks(open.size());
  Progress progress("simulation", record.tasks_resumed + open.size(), sink, works, of_tasks.members());
  of_tasks.for_each(open.size(), [&](std::size_t i, std::size_t) {
    const auto start = std::chrono::steady_clock::now();
    const std::size_t draw = open[i] / replicates, replicate = open[i] % replicates;
    std::vector<Table> panel;
    recorder.begin(draw, replicate);
    Task task(run.context, run.paths, run.context.draw(address_of(plan, draw), population_of(plan, draw)), draw,
              replicate, recorder, plan.panel && open[i] == 0 ? &panel : nullptr);
    walks[i] = task.run(of_blocks);
    if (store)
      store->keep(recorder.part(draw, replicate), std::move(panel));
    else if (!panel.empty())
      record.panel = std::move(panel);
    progress.step(works[i], seconds_since(start));
  });
  for (const double work : works) record.person_years += work;
  for (const WalkRecord& walk : walks) {
    record.years_simulated += walk.years_simulated;
    record.most_worlds = std::max(record.most_worlds, walk.most_worlds);
  }
}

/// Refuses figures that this run cannot compute.
void check_figures(const RunPlan& plan) {
  std::vector<Problem> problems;
  const FigureTable recorded = plan.recorded_figures();
  for (const Figure& figure : recorded.rows())
    if (!plan.figures.empty() && figure.of_left_out() && plan.leave_out_draws == 0)
      problems.push_back({{},
                          "--figures",
                          message("{} is known only where batches are left out", figure.full_name()),
                          message("ask for --leave-out-batches")});
  if (!problems.empty()) throw UsageError(std::move(problems));
}

}  // namespace

void check_plan(const RunPlan& plan) {
  if (plan.scenarios.empty()) throw UsageError(message("no scenario to run"));
  check_figures(plan);
  if (plan.leave_out_draws > 0 && plan.scenarios.size() == 1)
    throw UsageError(
        message("--leave-out-batches measures what a plan loses against the first scenario, and only {} is given: name "
                "the world without the plan first",
                plan.scenarios[0].name));
  for (const Scenario& scenario : plan.scenarios)
    if (scenario.region->contents != plan.scenarios[0].region->contents)
      throw ScenarioError(message("scenarios of one run must share their region: {} has another than {}", scenario.name,
                                  plan.scenarios[0].name));
}

RunSize size_of(const RunPlan& plan) {
  const RecordShape shape = shape_of(plan);
  const std::size_t tasks = shape.draws * shape.replicates;
  std::size_t left_out = 0;  // paths without a batch, in each of the draws that have them
  for (std::size_t s = 1; s < plan.scenarios.size(); ++s) left_out += plan.scenarios[s].batches().size();
  double person_years = 0;
  for (std::size_t draw = 0; draw < shape.draws; ++draw) {
    const std::size_t paths = shape.replicates * plan.scenarios.size() + (draw < shape.leave_out_draws ? left_out : 0);
    person_years += persons_of(plan, draw) * static_cast<double>(paths * shape.years());
  }
  double simulated = 0;
  for (const double of_task : person_years_simulated(plan, shape, TaskPaths(plan.scenarios, shape.batches)))
    simulated += of_task;
  return {tasks, person_years, simulated};
}

double result_bytes(const RunPlan& plan) { return Recorder(shape_of(plan), plan.recorded_figures()).bytes(); }

void try_calibration(const RunPlan& plan, const ProgressSink& sink, const StopFlag& stop) {
  check_plan(plan);
  const Prepared run = prepared(plan, shape_of(plan), sink, stop);
  for (std::size_t s = 0; s < plan.scenarios.size(); ++s)  // as its first task would make it
    Model(plan.scenarios[s], run.context.region(), run.context.calibration(run.paths.course_of(s), 0),
          DrawAddress{plan.seed, 0, true}, *plan.catalogue);
}

Study run_ensemble(const RunPlan& plan, const ProgressSink& sink, const StopFlag& stop, RunRecord& record,
                   TaskStore* store) {
  auto start = std::chrono::steady_clock::now();
  check_plan(plan);
  Recorder recorder(shape_of(plan), plan.recorded_figures());
  const Prepared run = prepared(plan, recorder.shape(), sink, stop);
  const Context& context = run.context;
  record.seconds_calibration = seconds_since(start);
  recorder.allocate();
  const std::vector<std::size_t> open = unfinished_tasks(plan, recorder, store);
  const RunSize size = size_of(plan);
  record.tasks_computed = open.size();
  record.tasks_resumed = size.tasks - open.size();

  start = std::chrono::steady_clock::now();
  simulate(plan, run, open, recorder, store, sink, stop, record);
  record.seconds_simulation = seconds_since(start);
  if (stop.stopped()) throw Interrupted(message("stopped while simulating"));

  Study study;
  study.dimensions = recorder.dimensions();
  add_targets(study, recorder, plan.scenarios, context.region(), drawn_populations(plan));
  add_observations(study, context.region());
  add_draws(study, plan.scenarios, draws_of(plan, context, run.paths.course_of(0)));
  std::vector<Variable> variables = recorder.release_variables();
  std::move(study.variables.begin(), study.variables.end(), std::back_inserter(variables));
  study.variables = std::move(variables);
  const auto persons = static_cast<std::int64_t>(plan.populations[0]->persons.rows());
  study.attributes["default_last_year"] = static_cast<std::int64_t>(plan.scenarios[0].region->default_last_year);
  study.attributes["persons"] = persons;
  study.attributes["households"] = static_cast<std::int64_t>(plan.populations[0]->households.rows());
  study.attributes["person_years"] = static_cast<std::int64_t>(size.person_years);
  std::string unlimited_funds;
  for (std::size_t f = 1; f < context.accounts().funds.size(); ++f)  // the safety net's own source comes first
    if (context.accounts().unlimited[f])
      unlimited_funds += (unlimited_funds.empty() ? "" : ",") + context.accounts().funds[f];
  if (!unlimited_funds.empty()) study.attributes["funds_unlimited"] = unlimited_funds;
  const Calibration& calibration = context.calibration(run.paths.course_of(0), 0);
  // Calibration of the first scenario on the first population: with it the base year can be recomputed.
  study.attributes["calibration_sigma"] = calibration.sigma;
  study.attributes["calibration_level"] = calibration.level;
  if (!plan.figures.empty())
    study.attributes["figures"] = fmt::format("{}", fmt::join(plan.recorded_figures().names(), ","));
  study.attributes["hash_state"] = fmt::format("{:016x}", recorder.state_hash());
  return study;
}

}  // namespace tuopin
