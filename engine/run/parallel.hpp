// The only place that starts threads: all other code passes its loop body to parallel_for. Results must not depend on
// the number of threads, so a body writes only to data of its own index, or adds integers to data of its own thread.
#pragma once

#include <atomic>
#include <cstddef>
#include <functional>

namespace tuopin {

/// A request to stop, set by Ctrl-C or by the caller; loops check it between two indices.
class StopFlag {
 public:
  void stop() noexcept { stopped_.store(true, std::memory_order_relaxed); }
  bool stopped() const noexcept { return stopped_.load(std::memory_order_relaxed); }

 private:
  std::atomic<bool> stopped_{false};
};

/// Runs body(index, thread) for every index of [0, count), dynamically shared out. An exception of any body is thrown
/// again by the caller's thread when all are done; after the first one, and after a stop, no new index is begun.
void parallel_for(std::size_t count, int threads, const StopFlag* stop,
                  const std::function<void(std::size_t index, int thread)>& body);

/// Threads that this machine offers.
int available_threads();

}  // namespace tuopin
