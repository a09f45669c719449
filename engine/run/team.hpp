// A team shares out the work of one run: threads of this process today. Whoever starts a run hands it in, so that what
// is worked on knows nothing of threads. No result may depend on the team: a body writes only to what belongs to its
// index, or adds integers to what belongs to its member.
#pragma once

#include <cstddef>
#include <functional>

#include "engine/run/parallel.hpp"

namespace tuopin {

class Team {
 public:
  virtual ~Team() = default;
  /// Members work at the same time; each is numbered from 0.
  virtual std::size_t members() const = 0;
  /// body(index, member) for every index of [0, count), in any order. Throws what a body throws first.
  virtual void for_each(std::size_t count,
                        const std::function<void(std::size_t index, std::size_t member)>& body) const = 0;
};

/// The same, but all indices are tried, and of several failures (errors of the user's) that of the lowest index is
/// thrown, whichever member came first.
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
