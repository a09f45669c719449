// Progress: the engine tells, somebody else draws. Nothing in a result depends on it.
#pragma once

#include <chrono>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

namespace tuopin {

struct ProgressNews {
  std::string phase;
  std::size_t done = 0, total = 0;
  double elapsed = 0;     ///< seconds since the phase began
  double remaining = -1;  ///< seconds, -1 while unknown
  double expected = -1;   ///< seconds of the whole phase, -1 while unknown
};

/// Called from any thread, at most every 100 ms and once at the end of a phase; calls never overlap.
using ProgressSink = std::function<void(const ProgressNews&)>;

/// What the last of `workers` has to do when each takes the next of `works` as soon as it is free.
double longest_share(const std::vector<double>& works, std::size_t workers);

/// Counts the steps of a phase and passes the news on when it is due.
class Progress {
 public:
  /// `already`: steps that were done before this phase began; they say nothing about its pace.
  Progress(std::string phase, std::size_t total, ProgressSink sink, std::size_t already = 0);
  /// `works`: of the steps that are to be done, in their order, in any unit; `workers` share them. Tells how long the
  /// phase takes from the first step that is finished, while others are still at theirs.
  Progress(std::string phase, std::size_t total, ProgressSink sink, const std::vector<double>& works,
           std::size_t workers);
  void step(std::size_t steps = 1);
  /// One step of so much work that took its worker so long.
  void step(double work, double seconds);

 private:
  void tell();

  std::string phase_;
  std::size_t total_, already_, done_;
  double longest_share_ = 0, work_done_ = 0, seconds_worked_ = 0;
  ProgressSink sink_;
  std::chrono::steady_clock::time_point start_, told_;
  std::mutex mutex_;
};

}  // namespace tuopin
