// A task: one parameter draw and one replicate, with all scenarios, and where requested each scenario without each of
// its batches, so that every effect is a paired difference under equal luck. Years that scenarios share are simulated
// once.
#pragma once

#include <map>

#include "models/measures/recorder.hpp"
#include "models/run/prefixes.hpp"

namespace tuopin {

/// The paths of a task: each scenario, followed by the same scenario without each of its batches. No batch is left out
/// of the first scenario, which is the reference for the others.
struct TaskPaths {
  struct Path {
    std::size_t scenario = 0;
    std::ptrdiff_t batch = -1;  ///< the batch that is left out; -1: none
  };
  TaskPaths(const std::vector<Scenario>& scenarios, const std::vector<std::string>& batches);

  std::vector<Path> all;
  std::vector<Course> courses;         ///< of each path
  std::vector<std::size_t> scenarios;  ///< paths with no batch left out: simulated by every task
  std::vector<std::size_t> everything;

  const std::vector<std::size_t>& of_task(bool leaves_out) const { return leaves_out ? everything : scenarios; }
  const Course& course_of(std::size_t scenario) const { return courses[scenarios[scenario]]; }
};

class Task : private TrajectoryObserver {
 public:
  /// `panel`: where to keep every household's state, or nullptr.
  Task(const Context& context, const TaskPaths& paths, std::shared_ptr<const Draw> draw, std::size_t draw_number,
       std::size_t replicate, Recorder& recorder, std::vector<Table>* panel);
  /// `team` distributes the blocks of each year over its members.
  WalkRecord run(const Team& team);

 private:
  using Results = std::vector<std::shared_ptr<const YearResult>>;

  bool asks_hash(std::span<const std::size_t> paths) const override;
  void year_simulated(const Trajectory& trajectory, std::span<const std::size_t> paths) override;
  void ended(const Trajectory& trajectory, std::size_t path) override;
  void record(const Trajectory& trajectory, std::size_t scenario);
  void keep_panel(std::size_t scenario);
  /// Compares a scenario with the same scenario without a batch, as soon as both have ended.
  void pair_without(std::size_t scenario);
  void record_left_out(std::size_t scenario, std::size_t batch, const Results& full, const Results& without);

  const Context& context_;
  const TaskPaths& paths_;
  std::shared_ptr<const Draw> draw_;
  std::size_t draw_number_, replicate_;
  Recorder& recorder_;
  std::vector<Table>* panel_;
  bool leaves_out_;
  const Team* team_ = nullptr;
  // For each scenario, by year:
  std::vector<std::vector<std::uint64_t>> hashes_;
  std::vector<std::vector<std::shared_ptr<const std::vector<Table>>>> states_;  ///< only if a panel is kept
  std::vector<std::vector<Table>> panels_;                                      ///< by scenario
  struct Ended {
    Results full;
    std::map<std::size_t, Results> without;  ///< by batch
    std::size_t to_come = 0;                 ///< number of batches not compared with it yet
  };
  std::vector<Ended> ended_;  ///< by scenario; emptied when its comparisons are done
};

}  // namespace tuopin
