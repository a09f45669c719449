#include "models/ensemble.hpp"

#include <fmt/format.h>
#include <algorithm>

#include <chrono>
#include <map>

#include "models/catalogue.hpp"
#include "models/measures/recorder.hpp"
#include "models/measures/targets.hpp"
#include "models/processes/calibration.hpp"

namespace tuopin {

namespace {

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// One scenario's years in one task.
struct Life {
  std::vector<YearResult> years;
  std::vector<std::vector<std::uint8_t>> poor;  ///< by year: true poverty by household row
};

/// Everything that all tasks share and none changes.
struct Stage {
  const RunPlan& plan;
  const Region& region;
  std::vector<std::unique_ptr<Ground>> grounds;
  std::vector<std::vector<Calibration>> calibrations;  ///< [scenario][population]
  std::vector<std::vector<Scenario>> left_out;         ///< [scenario][batch]; empty where it has no such batch
  std::vector<bool> shares_base_year;                  ///< with the first scenario
  AccountNames accounts;
  int block_threads;
};

/// One draw and replicate: every scenario, then every scenario without each batch.
class Task {
 public:
  Task(const Stage& stage, std::size_t draw, std::size_t replicate, Recorder& recorder, std::vector<Table>* panel)
      : stage_(stage), recorder_(recorder), panel_(panel), draw_(draw), replicate_(replicate),
        address_{stage.plan.seed, static_cast<std::uint32_t>(draw), stage.plan.draws == 1},
        population_(population_of_draw(draw, stage.grounds.size())), ground_(*stage.grounds[population_]),
        region_(drawn(stage.region, address_)) {
    for (int t = 0; t < stage.block_threads; ++t) scratch_.emplace_back(largest_block(ground_.blocks));
  }

  void run() {
    const std::size_t scenarios = stage_.plan.scenarios.size();
    const bool leaves_out = replicate_ == 0 && draw_ < recorder_.shape().leave_out_draws;
    for (std::size_t s = 0; s < scenarios; ++s) {
      Life life = live(stage_.plan.scenarios[s], s, true);
      if (s == 0) first_ = life;  // keeps the flags that net exits are counted against
      if (leaves_out)
        for (std::size_t b = 0; b < stage_.left_out[s].size(); ++b)
          if (!stage_.left_out[s][b].name.empty()) pair_without(life, s, b);
    }
  }

 private:
  Life live(const Scenario& scenario, std::size_t s, bool recorded) {
    const Model model(scenario, region_, stage_.calibrations[s][population_], address_);
    Treasury treasury(model.settings(), model.programmes(), stage_.accounts, ground_.share, ground_.counties);
    const auto hashes = model.programme_hashes();
    Life life;
    const bool is_first = s == 0 && recorded;
    const auto reference = [&](int year) -> std::span<const std::uint8_t> {
      if (is_first || year < region_.base_year) return {};
      return first_.poor[static_cast<std::size_t>(year - region_.base_year)];
    };

    std::unique_ptr<World> world;
    int year = region_.base_year;
    if (base_world_ && stage_.shares_base_year[s]) {
      // The base year has no programme: scenarios that differ in nothing else have lived the same one.
      world = std::make_unique<World>(*base_world_);
      world->programmes.resize(model.programmes().size());
      life.poor.push_back(first_.poor.front());
      YearResult base;
      base.places = first_.years.front().places;
      base.programmes.assign(model.programmes().size(), std::vector<ProgrammeTally>(ground_.counties));
      treasury.begin_year(year);
      for (std::uint32_t c = 0; c < ground_.counties; ++c) treasury.spend_safety_net(c, base.places[c].safety_net_fen);
      treasury.end_year();
      if (recorded) note(s, *world, base, model, hashes);
      life.years.push_back(std::move(base));
      ++year;
    } else {
      world = std::make_unique<World>(ground_, region_, stage_.plan.seed, luck_replicate(draw_, replicate_));
    }
    for (; year <= region_.last_year; ++year) {
      world->year = year;
      life.poor.emplace_back(ground_.rows);
      const std::size_t y = life.poor.size() - 1;
      const PovertyHistory history{
          life.poor[y], y > 0 ? std::span<const std::uint8_t>(life.poor[y - 1]) : std::span<const std::uint8_t>{},
          reference(year), reference(year - 1)};
      life.years.push_back(model.live(*world, treasury, history, stage_.block_threads, scratch_));
      if (recorded) note(s, *world, life.years.back(), model, hashes);
      if (is_first && year == region_.base_year) base_world_ = std::make_unique<World>(*world);
    }
    if (recorded) recorder_.record_ledger(s, draw_, replicate_, treasury.ledger());
    return life;
  }

  void note(std::size_t s, const World& world, const YearResult& result, const Model& model,
            std::span<const std::uint32_t> hashes) {
    recorder_.record(s, draw_, replicate_, world.year, result, model, world.lines);
    recorder_.record_hash(s, draw_, replicate_, world.year, state_hash(world, hashes));
    if (panel_) panel_->push_back(world.state.named(stage_.plan.scenarios[s].name + "_" + std::to_string(world.year)));
  }

  void pair_without(const Life& full, std::size_t s, std::size_t b) {
    const Life without = live(stage_.left_out[s][b], s, false);
    const std::string& batch = recorder_.shape().batches[b];
    const auto& programmes = stage_.plan.scenarios[s].programmes;
    for (std::size_t y = 0; y < full.years.size(); ++y) {
      std::int64_t units = 0, persons = 0, fen = 0, claimed = 0;
      const int year = region_.base_year + static_cast<int>(y);
      for (std::size_t p = 0; p < programmes.size(); ++p) {
        if (programmes[p].text("batch") != batch) continue;
        const bool counted = programmes[p].has("capacity.by_year");  // slots; what everyone gets is no slot
        for (const ProgrammeTally& t : full.years[y].programmes[p]) {
          units += counted ? t.entered_units : 0;
          persons += t.entered_persons;
          fen += t.spent_fen();
        }
        const auto [first, last] = programmes[p].window("window");
        if (counted && year >= first && year <= last)
          claimed += static_cast<std::int64_t>(programmes[p].series("capacity.by_year").at(year) * ground_.share + 0.5);
      }
      recorder_.record_left_out(s, b, draw_, year, full.years[y].places, without.years[y].places, units, persons, fen,
                                claimed);
    }
  }

  const Stage& stage_;
  Recorder& recorder_;
  std::vector<Table>* panel_;
  std::size_t draw_, replicate_;
  DrawAddress address_;
  std::size_t population_;
  const Ground& ground_;
  Region region_;
  std::vector<Scratch> scratch_;
  Life first_;
  std::unique_ptr<World> base_world_;
};

void check_plan(const RunPlan& plan) {
  if (plan.scenarios.empty()) throw UsageError("no scenario to run");
  for (const Scenario& scenario : plan.scenarios)
    if (scenario.region->settings.effective_text() != plan.scenarios[0].region->settings.effective_text())
      throw ScenarioError("scenarios of one run must share their region: " + scenario.name + " has another than " +
                          plan.scenarios[0].name);
}

Stage make_stage(const RunPlan& plan) {
  Stage stage{plan, *plan.scenarios[0].region, {}, {}, {}, {}, {}, 1};
  for (const auto& population : plan.populations) {
    stage.grounds.push_back(std::make_unique<Ground>(*population));
    stage.grounds.back()->share = plan.share;
  }
  std::vector<const Settings*> settings;
  std::vector<const std::vector<Settings>*> programmes;
  for (const Scenario& scenario : plan.scenarios) {
    settings.push_back(&scenario.settings);
    programmes.push_back(&scenario.programmes);
    stage.shares_base_year.push_back(same_base_year(plan.scenarios[0], scenario));
  }
  stage.accounts = account_names(settings, programmes);
  return stage;
}

void calibrate_all(Stage& stage, const ProgressSink& sink, const StopFlag& stop) {
  const RunPlan& plan = stage.plan;
  const std::size_t populations = stage.grounds.size(), scenarios = plan.scenarios.size();
  const std::size_t used = std::min(populations, static_cast<std::size_t>(plan.draws));
  stage.calibrations.assign(scenarios, std::vector<Calibration>(populations));
  Progress progress("calibration", used, sink);
  parallel_for(used, plan.threads, &stop, [&](std::size_t p, int) {
    for (std::size_t s = 0; s < scenarios; ++s)
      stage.calibrations[s][p] = s > 0 && stage.shares_base_year[s]
                                     ? stage.calibrations[0][p]
                                     : calibrate(*stage.grounds[p], plan.scenarios[s].settings, stage.region);
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
