// Resuming an interrupted run: whether a run may start, which tasks need not be computed again, how to continue.
#pragma once

#include <atomic>
#include <filesystem>
#include <string>

#include "engine/base/errors.hpp"
#include "engine/study/checkpoints.hpp"
#include "models/main/options.hpp"
#include "models/run/ensemble.hpp"

namespace tuopin {

/// Hash of the running program itself, because another build may compute different results.
std::string build_of_program();
/// Everything that determines the numbers of the run, each under the name that users know.
CheckpointPlan checkpoint_plan(const RunPlan& plan, const Options& options, const std::string& population_key);

void write_panel(const std::filesystem::path& path, const Population& population, double share,
                 std::vector<Table> states);

/// Stores finished tasks (checkpoints) in FILE.parts beside the study. The output must be claimed.
class CheckpointStore : public TaskStore {
 public:
  CheckpointStore(const Options& options, const std::filesystem::path& output, const RunPlan& plan);

  /// Called before anything is computed. Throws if the run is not allowed: a study or checkpoints that must not be
  /// replaced (OutputError), checkpoints of another plan (UsageError). Returns true if an equal run has finished the
  /// study already.
  bool prepare(CheckpointPlan plan, const std::string& input_hash);

  void fetch(const std::function<void(const TaskRecord&)>& take) override;
  void keep(TaskRecord part, std::vector<Table> panel) override;

  void place_panel() const;  ///< moves the panel to its final name
  void remove();             ///< removes the checkpoints after the study is written
  /// Says what is stored and how to resume, for the message of a run that ends early. Removes empty checkpoints.
  std::vector<Problem> way_on();
  std::vector<Problem> with_way_on(const Error& why);  ///< why it ended, and how to resume
  bool any() const { return done_ > 0; }               ///< task is kept

 private:
  bool equal_study_stands(const std::string& input_hash) const;
  bool equal_panel_stands() const;

  const Options& options_;
  std::filesystem::path output_;
  const RunPlan& plan_;
  Checkpoints parts_;
  std::atomic<std::size_t> done_{0};
  std::size_t total_ = 0;
};

}  // namespace tuopin
