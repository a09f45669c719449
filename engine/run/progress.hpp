// Progress reports: the engine calls a function of the caller, which displays them. No result depends on it.
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

/// The largest total work of any of `workers` when each takes the next of `works` as soon as it is free: an estimate of
/// how long the phase takes.
double longest_share(const std::vector<double>& works, std::size_t workers);

/// Counts the finished steps of a phase and calls the sink when a report is due.
class Progress {
 public:
  /// `already`: steps that were done before this phase began; they say nothing about its pace.
  Progress(std::string phase, std::size_t total, ProgressSink sink, std::size_t already = 0);
  /// `works`: work of each step still to be done, in order and in any unit, shared by `workers` threads. With it the
  /// duration of the phase can be estimated as soon as the first step has finished.
  Progress(std::string phase, std::size_t total, ProgressSink sink, const std::vector<double>& works,
           std::size_t workers);
  void step(std::size_t steps = 1);
  /// Reports one finished step: its work (unit of `works`) and the seconds that its worker needed.
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
