// A run and what an interrupted one left of it: whether it may begin, what it need not compute again, how to go on.
#pragma once

#include <atomic>
#include <filesystem>
#include <string>

#include "engine/base/errors.hpp"
#include "engine/study/parts.hpp"
#include "models/main/options.hpp"
#include "models/run/ensemble.hpp"

namespace tuopin {

/// Hash of the running program itself: another build may compute otherwise.
std::string build_of_program();
/// Everything that decides the numbers of the run, each by the name that a user knows.
PartsPlan parts_plan(const RunPlan& plan, const Options& options, const std::string& population_key);

void write_panel(const std::filesystem::path& path, const Population& population, double share,
                 std::vector<Table> states);

/// Keeps finished tasks in FILE.parts beside the study. The output must be claimed.
class Unfinished : public TaskStore {
 public:
  Unfinished(const Options& options, const std::filesystem::path& output, const RunPlan& plan);

  /// Decides before anything is computed. Throws what forbids the run: a study or parts that may not be replaced
  /// (OutputError), parts of another plan (UsageError). True: the study is there already, finished by an equal run.
  bool settle(PartsPlan plan, const std::string& input_hash);

  void fetch(const std::function<void(const TaskPart&)>& take) override;
  void keep(TaskPart part, std::vector<Table> panel) override;

  void place_panel() const;  ///< under the name that was asked for
  void remove();             ///< the study is gathered
  /// What is kept and how to go on, for the message of a run that ends early. Removes parts that hold nothing.
  std::vector<Problem> way_on();
  std::vector<Problem> with_way_on(const Error& why);  ///< what ended it, and how to go on
  bool any() const { return done_ > 0; }               ///< task is kept

 private:
  bool equal_study_stands(const std::string& input_hash) const;
  bool equal_panel_stands() const;

  const Options& options_;
  std::filesystem::path output_;
  const RunPlan& plan_;
  Parts parts_;
  std::atomic<std::size_t> done_{0};
  std::size_t total_ = 0;
};

}  // namespace tuopin
