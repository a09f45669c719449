#include "models/ensemble.hpp"

#include <fmt/format.h>
#include <algorithm>

#include <chrono>
#include <map>

#include "models/divergence.hpp"
#include "models/measures/targets.hpp"
#include "models/processes/calibration.hpp"
#include "models/task.hpp"

namespace tuopin {

namespace {

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

void check_plan(const RunPlan& plan) {
  if (plan.scenarios.empty()) throw UsageError("no scenario to run");
  for (const Scenario& scenario : plan.scenarios)
    if (scenario.region->settings.effective_text() != plan.scenarios[0].region->settings.effective_text())
      throw ScenarioError("scenarios of one run must share their region: " + scenario.name + " has another than " +
                          plan.scenarios[0].name);
}

Stage make_stage(const RunPlan& plan) {
  Stage stage{plan, *plan.scenarios[0].region, {}, {}, {}, {}, 1, {}};
  for (const auto& population : plan.populations)
    stage.lands.push_back(std::make_unique<Land>(*population, static_cast<std::size_t>(plan.shards), plan.share));
  std::vector<const Settings*> settings;
  std::vector<const std::vector<Settings>*> programmes;
  for (const Scenario& scenario : plan.scenarios) {
    settings.push_back(&scenario.settings);
    programmes.push_back(&scenario.programmes);
  }
  stage.accounts = account_names(settings, programmes);
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
  parallel_for(used, by_population ? plan.threads : 1, &stop, [&](std::size_t p, int) {
    for (std::size_t s = 0; s < scenarios; ++s)
      stage.calibrations[s][p] = same[s] < s ? stage.calibrations[same[s]][p]
                                             : calibrate(*stage.lands[p], plan.scenarios[s].settings, stage.region,
                                                         by_population ? 1 : plan.threads);
    progress.step();
  });
}

RecordShape shape_of(const Stage& stage) {
  const RunPlan& plan = stage.plan;
  RecordShape shape;
  for (const Scenario& scenario : plan.scenarios) {
    shape.scenarios.push_back(scenario.name);
    shape.scenario_titles.push_back(scenario.title.en);
    shape.scenario_titles_zh.push_back(scenario.title.zh);
    for (const std::string& batch : scenario.batches())
      if (std::find(shape.batches.begin(), shape.batches.end(), batch) == shape.batches.end())
        shape.batches.push_back(batch);
  }
  shape.draws = static_cast<std::size_t>(plan.draws);
  shape.replicates = static_cast<std::size_t>(plan.replicates);
  shape.first_year = stage.region.base_year;
  shape.last_year = stage.region.last_year;
  shape.places = {stage.region.whole.id};
  shape.place_names = {stage.region.whole.name};
  shape.place_names_zh = {stage.region.whole.name_zh};
  for (const Place& county : stage.region.counties) {
    shape.places.push_back(county.id);
    shape.place_names.push_back(county.name);
    shape.place_names_zh.push_back(county.name_zh);
  }
  shape.accounts = stage.accounts;
  shape.leave_out_draws = static_cast<std::size_t>(std::min(plan.leave_out_draws, plan.draws));
  return shape;
}

}  // namespace

Study run_ensemble(const RunPlan& plan, const ProgressSink& sink, const StopFlag& stop, RunRecord& record) {
  check_plan(plan);
  Stage stage = make_stage(plan);
  auto start = std::chrono::steady_clock::now();
  calibrate_all(stage, sink, stop);
  record.seconds_calibration = seconds_since(start);
  if (stop.stopped()) throw Interrupted("stopped while calibrating; nothing was written");

  Recorder recorder(shape_of(stage));
  for (const Scenario& scenario : plan.scenarios) {
    stage.left_out.emplace_back();
    for (const std::string& batch : recorder.shape().batches) {
      const auto own = scenario.batches();
      const bool has = std::find(own.begin(), own.end(), batch) != own.end();
      stage.left_out.back().push_back(has ? scenario.without_batch(batch) : Scenario{});
    }
  }
  stage.plan_lives();
  const std::size_t tasks = static_cast<std::size_t>(plan.draws) * static_cast<std::size_t>(plan.replicates);
  // Few tasks: share out the blocks of each instead, so that one world uses all threads.
  const bool by_task = tasks >= static_cast<std::size_t>(plan.threads);
  stage.block_threads = by_task ? 1 : plan.threads;

  start = std::chrono::steady_clock::now();
  Progress progress("simulation", tasks, sink);
  parallel_for(tasks, by_task ? plan.threads : 1, &stop, [&](std::size_t task, int) {
    Task(stage, task / static_cast<std::size_t>(plan.replicates), task % static_cast<std::size_t>(plan.replicates),
         recorder, plan.panel && task == 0 ? &record.panel : nullptr)
        .run();
    progress.step();
  });
  record.seconds_simulation = seconds_since(start);
  if (stop.stopped()) throw Interrupted("stopped while simulating; nothing was written");

  Study study;
  study.dimensions = recorder.dimensions();
  study.variables = recorder.variables();
  add_targets(study, recorder, plan.scenarios, stage.region, plan.share);
  add_observations(study, stage.region);
  const auto persons = static_cast<std::int64_t>(plan.populations[0]->persons.rows());
  const auto years = static_cast<std::int64_t>(stage.region.last_year - stage.region.base_year + 1);
  std::int64_t runs = static_cast<std::int64_t>(tasks) * static_cast<std::int64_t>(plan.scenarios.size());
  for (const auto& batches : stage.left_out)
    for (const Scenario& scenario : batches)
      runs += scenario.name.empty() ? 0 : static_cast<std::int64_t>(recorder.shape().leave_out_draws);
  record.person_years = runs * persons * years;
  study.attributes["persons"] = persons;
  study.attributes["households"] = static_cast<std::int64_t>(plan.populations[0]->households.rows());
  study.attributes["person_years"] = record.person_years;
  std::string unlimited_funds;
  for (std::size_t f = 1; f < stage.accounts.funds.size(); ++f)  // the safety net's own source comes first
    if (stage.accounts.unlimited[f]) unlimited_funds += (unlimited_funds.empty() ? "" : ",") + stage.accounts.funds[f];
  if (!unlimited_funds.empty()) study.attributes["funds_unlimited"] = unlimited_funds;
  // Of the first scenario on the first population: with them the base year can be computed anew from the population.
  study.attributes["calibration_sigma"] = stage.calibrations[0][0].sigma;
  study.attributes["calibration_level"] = stage.calibrations[0][0].level;
  study.attributes["hash_state"] = fmt::format("{:016x}", recorder.state_hash());
  return study;
}

}  // namespace tuopin
