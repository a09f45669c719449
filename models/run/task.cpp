#include "models/run/task.hpp"

#include <algorithm>

#include "models/programme/places.hpp"
#include "models/run/panel.hpp"

namespace tuopin {

TaskPaths::TaskPaths(const std::vector<Scenario>& of, const std::vector<std::string>& batches) {
  Digester digester;
  const auto add = [&](Path path, const Scenario& scenario) {
    if (path.batch < 0) scenarios.push_back(all.size());
    everything.push_back(all.size());
    all.push_back(path);
    courses.push_back(digester.course(scenario));
  };
  for (std::size_t s = 0; s < of.size(); ++s) {
    add({s, -1}, of[s]);
    if (s == 0) continue;
    const std::vector<std::string> own = of[s].batches();
    for (std::size_t b = 0; b < batches.size(); ++b)
      if (std::find(own.begin(), own.end(), batches[b]) != own.end())
        add({s, static_cast<std::ptrdiff_t>(b)}, of[s].without_batch(batches[b]));
  }
}

Task::Task(const Context& context, const TaskPaths& paths, std::shared_ptr<const Draw> draw, std::size_t draw_number,
           std::size_t replicate, Recorder& recorder, std::vector<Table>* panel)
    : context_(context), paths_(paths), draw_(std::move(draw)), draw_number_(draw_number), replicate_(replicate),
      recorder_(recorder), panel_(panel), leaves_out_(replicate == 0 && draw_number < recorder.shape().leave_out_draws),
      hashes_(paths.scenarios.size(), std::vector<std::uint64_t>(recorder.shape().years())),
      states_(panel ? paths.scenarios.size() : 0), panels_(panel ? paths.scenarios.size() : 0),
      ended_(paths.scenarios.size()) {
  if (!leaves_out_) return;
  for (const TaskPaths::Path& path : paths.all)
    if (path.batch >= 0) ++ended_[path.scenario].to_come;
}

WalkRecord Task::run(const Team& team) {
  team_ = &team;
  Workers workers(context_.sharded(draw_->population), team);
  // A task that leaves batches out has many paths that branch from the same trajectory, which stays in memory until all
  // have branched. Stepping one branch at a time keeps the number of worlds in memory as small as possible.
  const WalkRecord record = walk(context_, paths_.courses, paths_.of_task(leaves_out_), draw_, replicate_, workers,
                                 *this, leaves_out_ ? one_at_a_time : JointStepping{});
  for (std::vector<Table>& of_scenario : panels_)
    std::move(of_scenario.begin(), of_scenario.end(), std::back_inserter(*panel_));
  return record;
}

bool Task::asks_hash(std::span<const std::size_t> paths) const {
  return std::any_of(paths.begin(), paths.end(), [&](std::size_t number) { return paths_.all[number].batch < 0; });
}

void Task::year_simulated(const Trajectory& trajectory, std::span<const std::size_t> paths) {
  std::uint64_t hash = 0;
  std::shared_ptr<const std::vector<Table>> state;
  bool seen = false;
  for (const std::size_t number : paths) {
    const TaskPaths::Path& path = paths_.all[number];
    if (path.batch >= 0) continue;
    if (!seen) {
      hash = trajectory.state_hash(*team_);
      if (panel_)
        state = std::make_shared<const std::vector<Table>>(
            panel_of(trajectory.worlds(), trajectory.model().lines(trajectory.year())));
    }
    seen = true;
    hashes_[path.scenario][trajectory.results().size() - 1] = hash;
    if (panel_) states_[path.scenario].push_back(state);
  }
}

void Task::ended(const Trajectory& trajectory, std::size_t number) {
  const TaskPaths::Path& path = paths_.all[number];
  Ended& ended = ended_[path.scenario];
  if (path.batch < 0) {
    record(trajectory, path.scenario);
    if (panel_) keep_panel(path.scenario);
    if (ended.to_come > 0) ended.full = trajectory.results();
  } else {
    ended.without[static_cast<std::size_t>(path.batch)] = trajectory.results();
  }
  if (!ended.full.empty()) pair_without(path.scenario);
}

void Task::record(const Trajectory& trajectory, std::size_t scenario) {
  const Region& region = draw_->region;
  for (std::size_t y = 0; y < trajectory.results().size(); ++y) {
    const int year = region.base_year + static_cast<int>(y);
    recorder_.record(scenario, draw_number_, replicate_, year, *trajectory.results()[y],
                     trajectory.model().programmes(), trajectory.model().lines(year));
    recorder_.record_hash(scenario, draw_number_, replicate_, year, hashes_[scenario][y]);
  }
  recorder_.record_ledger(scenario, draw_number_, replicate_, trajectory.treasury().ledger());
}

void Task::keep_panel(std::size_t scenario) {
  const std::string& name = paths_.course_of(scenario).scenario->name;
  int year = draw_->region.base_year;
  for (const auto& state : states_[scenario]) {
    const std::string table_of_year = name + "_" + std::to_string(year++);
    for (const Table& table : *state)
      panels_[scenario].push_back(
          table.named(table.name().empty() ? table_of_year : table_of_year + "_" + table.name()));
  }
  states_[scenario].clear();
}

void Task::pair_without(std::size_t scenario) {
  Ended& ended = ended_[scenario];
  for (const auto& [batch, without] : ended.without) {
    record_left_out(scenario, batch, ended.full, without);
    --ended.to_come;
  }
  ended.without.clear();
  if (ended.to_come == 0) ended.full.clear();
}

void Task::record_left_out(std::size_t scenario, std::size_t batch, const Results& full, const Results& without) {
  const auto& programmes = paths_.course_of(scenario).scenario->programmes;
  const int base_year = draw_->region.base_year;
  const double share = context_.sharded(draw_->population).share();
  for (std::size_t y = 0; y < full.size(); ++y) {
    LeftOutFacts facts;
    const int year = base_year + static_cast<int>(y);
    for (std::size_t p = 0; p < programmes.size(); ++p) {
      if (programmes[p].text("batch") != recorder_.shape().batches[batch]) continue;
      const bool counted = programmes[p].has("capacity.by_year");  // places; what everyone gets is none
      for (const ProgrammeTally& t : full[y]->programmes[p]) {
        facts.entered_units += counted ? t.entered_units : 0;
        facts.entered_persons += t.entered_persons;
        facts.spent_fen += t.spent_fen();
      }
      // The number in the plan; what a draw offers, if the number has a range, is recorded in programmes/places.
      if (counted) facts.claimed_units += places_printed(programmes[p], base_year, year, share);
    }
    facts.full = whole_of(full[y]->places);
    facts.without = whole_of(without[y]->places);
    recorder_.record_left_out(scenario, batch, draw_number_, year, facts);
  }
}

}  // namespace tuopin
