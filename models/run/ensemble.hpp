// The ensemble: scenarios × parameter draws × replicates. A task is one draw and replicate with all scenarios in it, so
// that every effect is a paired difference under the same luck.
#pragma once

#include <functional>

#include "engine/run/progress.hpp"
#include "engine/run/team.hpp"
#include "engine/study/parts.hpp"
#include "engine/study/study.hpp"
#include "models/run/catalogue.hpp"
#include "models/scenario/draw.hpp"
#include "models/scenario/scenario.hpp"
#include "models/state/population.hpp"

namespace tuopin {

struct RunPlan {
  std::vector<Scenario> scenarios;  ///< the others are held against the first, under equal luck
  std::vector<std::shared_ptr<const Population>> populations;
  std::vector<double> shares;  ///< of the register population that each population holds; empty: the whole
  int draws = 1;               ///< 1: the central values
  int replicates = 1;
  std::uint64_t seed = 1;
  int threads = 1;
  int shards = 1;           ///< parts of whole counties in which the population is held. No result depends on it
  bool panel = false;       ///< keep every household's state of the first draw and replicate
  int leave_out_draws = 0;  ///< the first so many draws are run again without each batch of the later scenarios
  const Catalogue* catalogue = &shipped_catalogue();  ///< outlives the run
  std::vector<std::string> figures;                   ///< of the catalogue's: those that are recorded; empty: all
  /// The rows that are recorded; UsageError for a name that is not known.
  FigureTable recorded_figures() const {
    return figures.empty() ? catalogue->figures : catalogue->figures.only(figures);
  }
  double share_of(std::size_t population) const { return shares.empty() ? 1 : shares[population]; }
};

/// Where finished tasks are kept while a run lasts, so that one that is interrupted can go on.
class TaskStore {
 public:
  virtual ~TaskStore() = default;
  /// Hands over every task that is finished; `take` says whether it is of use.
  virtual void fetch(const std::function<void(const TaskPart&)>& take) = 0;
  /// Called from many threads. The panel comes with the first task of a run that keeps one, else it is empty.
  virtual void keep(TaskPart part, std::vector<Table> panel) = 0;
};

/// What a run will take, known before it begins.
struct RunSize {
  std::size_t tasks = 0;
  double person_years = 0;        ///< of all lives, each in full
  double person_years_lived = 0;  ///< years that lives share count once
};
RunSize size_of(const RunPlan& plan);
/// Memory that the results take; needs no population.
double result_bytes(const RunPlan& plan);

/// Throws UsageError or ScenarioError for scenarios that cannot be run together.
void check_plan(const RunPlan& plan);

/// All that a run does between its populations and its first year, and nothing after it. Throws what a run would.
void try_calibration(const RunPlan& plan, const ProgressSink& progress, const StopFlag& stop);

struct RunRecord {
  /// A table of households a scenario and year, named "<scenario>_<year>", rows as in population 0; what mechanisms
  /// keep of villages and in child tables as "<scenario>_<year>_<level>". Empty where a store has it.
  std::vector<Table> panel;
  double seconds_calibration = 0, seconds_simulation = 0;
  double person_years = 0;      ///< lived by the tasks that were computed: years that scenarios share count once
  std::size_t years_lived = 0;  ///< by the same tasks
  std::size_t most_worlds = 0;  ///< alive at a time in one of them
  std::size_t tasks_resumed = 0, tasks_computed = 0;
};

/// Runs everything that `store` does not hold finished, and returns the study. Throws Interrupted when stopped.
Study run_ensemble(const RunPlan& plan, const ProgressSink& progress, const StopFlag& stop, RunRecord& record,
                   TaskStore* store = nullptr);

/// Parameters of a draw: one draw alone takes the central values.
inline DrawAddress address_of(const RunPlan& plan, std::size_t draw) {
  return {plan.seed, static_cast<std::uint32_t>(draw), plan.draws == 1};
}

}  // namespace tuopin
