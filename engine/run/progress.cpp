#include "engine/run/progress.hpp"

#include <algorithm>
#include <queue>
#include <utility>

namespace tuopin {

double longest_share(const std::vector<double>& works, std::size_t workers) {
  std::priority_queue<double, std::vector<double>, std::greater<>> free_at;
  for (std::size_t worker = 0; worker < std::max<std::size_t>(1, workers); ++worker) free_at.push(0);
  double last = 0;
  for (const double work : works) {
    const double end = free_at.top() + work;
    free_at.pop();
    free_at.push(end);
    last = std::max(last, end);
  }
  return last;
}

Progress::Progress(std::string phase, std::size_t total, ProgressSink sink, std::size_t already)
    : phase_(std::move(phase)), total_(total), already_(already), done_(already), sink_(std::move(sink)),
      start_(std::chrono::steady_clock::now()), told_(start_) {
  if (sink_) sink_({phase_, done_, total_, 0, -1});
}

Progress::Progress(std::string phase, std::size_t total, ProgressSink sink, const std::vector<double>& works,
                   std::size_t workers)
    : Progress(std::move(phase), total, std::move(sink), total - works.size()) {
  longest_share_ = longest_share(works, workers);
}

void Progress::step(std::size_t steps) {
  const std::lock_guard<std::mutex> guard(mutex_);
  done_ += steps;
  tell();
}

void Progress::step(double work, double seconds) {
  const std::lock_guard<std::mutex> guard(mutex_);
  ++done_;
  work_done_ += work;
  seconds_worked_ += seconds;
  tell();
}

void Progress::tell() {
  if (!sink_) return;
  const auto now = std::chrono::steady_clock::now();
  if (done_ < total_ && now - told_ < std::chrono::milliseconds(100)) return;
  told_ = now;
  const double elapsed = std::chrono::duration<double>(now - start_).count();
  // Without works every step is as long as another, and one follows the other.
  const double expected =
      work_done_ > 0 ? longest_share_ * seconds_worked_ / work_done_
                     : elapsed * static_cast<double>(total_ - already_) / static_cast<double>(done_ - already_);
  const double remaining = done_ >= total_ ? 0 : std::max(0.0, expected - elapsed);
  sink_({phase_, done_, total_, elapsed, remaining, expected});
}

}  // namespace tuopin
