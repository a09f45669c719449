// The estimate of the remaining time, as soon as the first step has finished while others are still running.
#include "engine/run/progress.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace tuopin::test {

TEST(Progress, TheLongestShareOfWorkers) {
  EXPECT_EQ(longest_share({1, 1, 1, 1}, 1), 4);
  EXPECT_EQ(longest_share({1, 1, 1, 1}, 2), 2);
  EXPECT_EQ(longest_share({1, 1, 1}, 2), 2);
  EXPECT_EQ(longest_share({3, 1, 1, 1}, 2), 3);  // one does the long one, the other the rest
  EXPECT_EQ(longest_share({1, 1, 4}, 2), 5);     // in their order: the long one comes last
  EXPECT_EQ(longest_share({}, 2), 0);
  EXPECT_EQ(longest_share({2, 1}, 0), 3);
}

/// 100 equal tasks of 1.5 s on two workers take 75 s, and the first that is finished says so: not 150 s because the
/// second is still at its own, and not 225 s because the first twenty are longer.
TEST(Progress, TheFirstStepTellsTheWhole) {
  ProgressNews last;
  const auto listen = [&](const ProgressNews& news) { last = news; };
  Progress equal("simulation", 100, listen, std::vector<double>(100, 7.0), 2);
  std::this_thread::sleep_for(std::chrono::milliseconds(110));  // news are told that often
  equal.step(7.0, 1.5);
  EXPECT_EQ(last.done, 1u);
  EXPECT_NEAR(last.expected, 75, 1e-9);
  EXPECT_NEAR(last.remaining, last.expected - last.elapsed, 1e-9);

  std::vector<double> works(100, 10.0);
  for (std::size_t task = 0; task < 20; ++task) works[task] = 30.0;  // these are lived again without each batch
  Progress uneven("simulation", 100, listen, works, 2);
  std::this_thread::sleep_for(std::chrono::milliseconds(110));
  uneven.step(30.0, 3.0);
  EXPECT_NEAR(last.expected, (20 * 30 + 80 * 10) / 2 * 0.1, 1e-9);
}

TEST(Progress, StepsThatWereDoneBeforeSayNothingOfThePace) {
  ProgressNews last;
  Progress progress(
      "simulation", 100, [&](const ProgressNews& news) { last = news; }, std::vector<double>(40, 1.0), 1);
  EXPECT_EQ(last.done, 60u);
  std::this_thread::sleep_for(std::chrono::milliseconds(110));
  progress.step(1.0, 2.0);
  EXPECT_EQ(last.done, 61u);
  EXPECT_NEAR(last.expected, 80, 1e-9);
}

}  // namespace tuopin::test
