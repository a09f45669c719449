// A team distributes the work of a run over its members (currently threads of this process). The caller of a run passes
// it in, so that the model code does not know about threads. Results must not depend on the team: a loop body writes
// only to data of its own index, or adds integers to data of its own member.
#pragma once

#include <cstddef>
#include <functional>

#include "engine/run/parallel.hpp"

namespace tuopin {

class Team {
 public:
  virtual ~Team() = default;
  /// Number of members, which work at the same time and are numbered from 0.
  virtual std::size_t members() const = 0;
  /// Calls body(index, member) for every index of [0, count), in any order. Rethrows the first exception of a body.
  virtual void for_each(std::size_t count,
                        const std::function<void(std::size_t index, std::size_t member)>& body) const = 0;
};

/// Like for_each, but an error that the user caused does not end the loop: all indices are tried, and of several such
/// errors that of the lowest index is thrown, so that the message does not depend on the order of execution.
void try_each(const Team& team, std::size_t count, const std::function<void(std::size_t index)>& body);

/// Threads of this process; after a stop no new index is begun.
class Threads final : public Team {
 public:
  explicit Threads(int threads = 1, const StopFlag* stop = nullptr) : threads_(threads), stop_(stop) {}
  std::size_t members() const override { return static_cast<std::size_t>(threads_); }
  void for_each(std::size_t count, const std::function<void(std::size_t, std::size_t)>& body) const override {
    parallel_for(count, threads_, stop_,
                 [&](std::size_t index, int thread) { body(index, static_cast<std::size_t>(thread)); });
  }

 private:
  int threads_;
  const StopFlag* stop_;
};

}  // namespace tuopin
