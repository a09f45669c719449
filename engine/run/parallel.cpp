#include "engine/run/parallel.hpp"

#include <omp.h>

#include <exception>
#include <mutex>

namespace tuopin {

void parallel_for(std::size_t count, int threads, const StopFlag* stop,
                  const std::function<void(std::size_t, int)>& body) {
  const auto stopped = [stop] { return stop != nullptr && stop->stopped(); };
  if (threads <= 1 || count <= 1) {
    for (std::size_t index = 0; index < count && !stopped(); ++index) body(index, 0);
    return;
  }
  std::exception_ptr first_error;
  std::mutex error_mutex;
  std::atomic<bool> failed{false};
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads)
  for (std::size_t index = 0; index < count; ++index) {
    if (failed.load(std::memory_order_relaxed) || stopped()) continue;
    try {
      body(index, omp_get_thread_num());
    } catch (...) {
      const std::lock_guard<std::mutex> guard(error_mutex);
      if (!first_error) first_error = std::current_exception();
      failed.store(true, std::memory_order_relaxed);
    }
  }
  if (first_error) std::rethrow_exception(first_error);
}

int available_threads() { return omp_get_num_procs(); }

}  // namespace tuopin
