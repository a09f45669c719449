// The ensemble: scenarios × parameter draws × replicates. A task is one draw and replicate with all scenarios in it, so
// that every effect is a paired difference under the same luck.
#pragma once

#include <functional>

#include "engine/run/progress.hpp"
#include "engine/run/team.hpp"
#include "engine/study/checkpoints.hpp"
#include "engine/study/study.hpp"
#include "models/run/catalogue.hpp"
#include "models/scenario/draw.hpp"
#include "models/scenario/scenario.hpp"
#include "models/state/population.hpp"

namespace tuopin {

/// A world of a design, in place of a draw: its population, its luck, and where its numbers stand in their ranges.
struct PlacedWorld {
  std::size_t population = 0;  ///< of the plan's
  std::uint32_t luck = 0;
  std::shared_ptr<const Positions> positions;
};

struct RunPlan {
  std::vector<Scenario> scenarios;  ///< the first is the reference; the others are compared with it under equal luck
  std::vector<std::shared_ptr<const Population>> populations;
  std::vector<double> shares;  ///< share of the register population that each population holds; empty: all
  int draws = 1;               ///< 1: the central values
  int replicates = 1;
  std::uint64_t seed = 1;
  int threads = 1;
  int shards = 1;           ///< shards of whole counties into which the population is cut. No result depends on it
  bool panel = false;       ///< keep every household's state of the first draw and replicate
  int leave_out_draws = 0;  ///< number of first draws that are run again without each batch of the later scenarios
  const Catalogue* catalogue = &shipped_catalogue();  ///< outlives the run
  std::vector<std::string> figures;                   ///< names of the figures to record; empty: all
  std::vector<PlacedWorld> placed = {};               ///< a design: one for each of the draws; empty: draws by address
  /// The figures that are recorded. Throws UsageError for an unknown name.
  FigureTable recorded_figures() const {
    return figures.empty() ? catalogue->figures : catalogue->figures.only(figures);
  }
  double share_of(std::size_t population) const { return shares.empty() ? 1 : shares[population]; }
};

/// Checkpoints of a run: stores finished tasks, so that an interrupted run can be resumed.
class TaskStore {
 public:
  virtual ~TaskStore() = default;
  /// Calls `take` with every finished task; it returns whether the task can be used.
  virtual void fetch(const std::function<void(const TaskRecord&)>& take) = 0;
  /// Stores a finished task. Called from several threads. `panel`: comes with the first task of a run that keeps a
  /// panel, otherwise empty.
  virtual void keep(TaskRecord part, std::vector<Table> panel) = 0;
};

/// The size of a run, known before it starts.
struct RunSize {
  std::size_t tasks = 0;
  double person_years = 0;            ///< of all trajectories, each counted in full
  double person_years_simulated = 0;  ///< years that trajectories share are counted once
};
RunSize size_of(const RunPlan& plan);
/// Bytes of memory that the results will take; does not need the populations.
double result_bytes(const RunPlan& plan);

/// Throws UsageError or ScenarioError for scenarios that cannot be run together.
void check_plan(const RunPlan& plan);

/// Does what a run does after its populations are made and before its first year, then stops. Throws what a run would.
void try_calibration(const RunPlan& plan, const ProgressSink& progress, const StopFlag& stop);

struct RunRecord {
  /// One table of households for each scenario and year, named "<scenario>_<year>", rows as in population 0. Columns
  /// that mechanisms keep for villages and in child tables are in "<scenario>_<year>_<level>". Empty if a task store
  /// holds the panel.
  std::vector<Table> panel;
  double seconds_calibration = 0, seconds_simulation = 0;
  double person_years = 0;  ///< simulated by the tasks that were computed; years that scenarios share count once
  std::size_t years_simulated = 0;  ///< years simulated by the same tasks
  std::size_t most_worlds = 0;      ///< largest number of worlds in memory at a time in one task
  std::size_t tasks_resumed = 0, tasks_computed = 0;
};

/// Runs all tasks that `store` does not hold already, and returns the study. Throws Interrupted when stopped.
Study run_ensemble(const RunPlan& plan, const ProgressSink& progress, const StopFlag& stop, RunRecord& record,
                   TaskStore* store = nullptr);

/// Address of a draw's parameters. A run of one draw uses the central values.
inline DrawAddress address_of(const RunPlan& plan, std::size_t draw) {
  if (!plan.placed.empty()) {
    const PlacedWorld& world = plan.placed[draw];
    return {plan.seed, world.luck, world.positions->empty(), 0, world.positions};
  }
  return {plan.seed, static_cast<std::uint32_t>(draw), plan.draws == 1};
}

}  // namespace tuopin
