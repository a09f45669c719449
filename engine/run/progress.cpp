#include "engine/run/progress.hpp"

#include <utility>

namespace tuopin {

Progress::Progress(std::string phase, std::size_t total, ProgressSink sink, std::size_t already)
    : phase_(std::move(phase)), total_(total), already_(already), done_(already), sink_(std::move(sink)),
      start_(std::chrono::steady_clock::now()), told_(start_) {
  if (sink_) sink_({phase_, done_, total_, 0, -1});
}

void Progress::step(std::size_t steps) {
  const std::lock_guard<std::mutex> guard(mutex_);
  done_ += steps;
  if (!sink_) return;
  const auto now = std::chrono::steady_clock::now();
  if (done_ < total_ && now - told_ < std::chrono::milliseconds(100)) return;
  told_ = now;
  const double elapsed = std::chrono::duration<double>(now - start_).count();
  const double remaining = elapsed * static_cast<double>(total_ - done_) / static_cast<double>(done_ - already_);
  sink_({phase_, done_, total_, elapsed, remaining});
}

}  // namespace tuopin
