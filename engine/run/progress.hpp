// Progress: the engine tells, somebody else draws. Nothing in a result depends on it.
#pragma once

#include <chrono>
#include <functional>
#include <mutex>
#include <string>

namespace tuopin {

struct ProgressNews {
  std::string phase;
  std::size_t done = 0, total = 0;
  double elapsed = 0;     ///< seconds since the phase began
  double remaining = -1;  ///< seconds, -1 while unknown
};

/// Called from any thread, at most every 100 ms and once at the end of a phase; calls never overlap.
using ProgressSink = std::function<void(const ProgressNews&)>;

/// Counts the steps of a phase and passes the news on when it is due.
class Progress {
 public:
  /// `already`: steps that were done before this phase began; they say nothing about its pace.
  Progress(std::string phase, std::size_t total, ProgressSink sink, std::size_t already = 0);
  void step(std::size_t steps = 1);

 private:
  std::string phase_;
  std::size_t total_, already_, done_;
  ProgressSink sink_;
  std::chrono::steady_clock::time_point start_, told_;
  std::mutex mutex_;
};

}  // namespace tuopin
