// parallel_for: every index is run once, errors and stops reach the caller. Also run under the thread sanitizer.
#include "engine/run/parallel.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <numeric>
#include <stdexcept>
#include <thread>
#include <vector>

#include "engine/run/progress.hpp"

namespace tuopin::test {

TEST(Parallel, EveryIndexOnceAndThreadsWithinTheirNumber) {
  for (const int threads : {1, 2, 3, 7}) {
    std::vector<int> seen(1000), by_thread(static_cast<std::size_t>(threads));
    parallel_for(seen.size(), threads, nullptr, [&](std::size_t index, int thread) {
      ++seen[index];
      ++by_thread.at(static_cast<std::size_t>(thread));
    });
    EXPECT_EQ(seen, std::vector<int>(1000, 1));
    EXPECT_EQ(std::accumulate(by_thread.begin(), by_thread.end(), 0), 1000);
  }
}

// Indices behind the tenth wait for it, so that no thread can finish the loop while the one at the tenth is asleep.
TEST(Parallel, TheFirstErrorEndsTheLoopAndComesBack) {
  std::vector<int> seen(100'000);
  std::atomic<bool> failing{false};
  EXPECT_THROW(parallel_for(seen.size(), 3, nullptr,
                            [&](std::size_t index, int) {
                              seen[index] = 1;
                              if (index == 10) {
                                failing = true;
                                throw std::runtime_error("ten");
                              }
                              while (index > 10 && !failing) std::this_thread::yield();
                              if (index > 10) std::this_thread::sleep_for(std::chrono::milliseconds(1));
                            }),
               std::runtime_error);
  EXPECT_LT(std::accumulate(seen.begin(), seen.end(), 0), 100'000);
}

TEST(Parallel, AStopEndsTheLoop) {
  StopFlag stop;
  std::vector<int> seen(100'000);
  parallel_for(seen.size(), 3, &stop, [&](std::size_t index, int) {
    seen[index] = 1;
    if (index == 10) stop.stop();
    while (index > 10 && !stop.stopped()) std::this_thread::yield();
  });
  EXPECT_LT(std::accumulate(seen.begin(), seen.end(), 0), 100'000);
}

TEST(Parallel, ProgressCountsEveryStep) {
  std::size_t last = 0;
  {
    Progress progress("simulation", 500, [&](const ProgressNews& news) { last = news.done; });
    parallel_for(500, 4, nullptr, [&](std::size_t, int) { progress.step(); });
  }
  EXPECT_EQ(last, 500u);
}

}  // namespace tuopin::test
