// Measures the time that each part of a year takes. Off unless a benchmark asks for it; no result depends on it.
#pragma once

#include <chrono>
#include <string>
#include <utility>
#include <vector>

namespace tuopin {

/// The stopwatch of one thread. The time between two laps is counted for the part that the second lap names.
class Stopwatch {
 public:
  void start() { last_ = std::chrono::steady_clock::now(); }
  void lap(const char* part) {
    const auto now = std::chrono::steady_clock::now();
    seconds_of(part) += std::chrono::duration<double>(now - last_).count();
    last_ = now;
  }
  /// Seconds by part, in the order in which parts were first met.
  const std::vector<std::pair<std::string, double>>& seconds() const { return seconds_; }

 private:
  double& seconds_of(const char* part) {
    for (auto& [name, seconds] : seconds_)
      if (name == part) return seconds;
    return seconds_.emplace_back(part, 0.0).second;
  }
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
  std::vector<std::pair<std::string, double>> seconds_;
};

inline void start(Stopwatch* watch) {
  if (watch) watch->start();
}
inline void lap(Stopwatch* watch, const char* part) {
  if (watch) watch->lap(part);
}

}  // namespace tuopin
