// Labour days of a household, by hand.
#include "models/processes/labour_days.hpp"

#include <gtest/gtest.h>

namespace tuopin {
namespace {

TEST(LabourDays, PartialAbilityCountsInPart) {
  const LabourDays half(250, 0.5);
  EXPECT_EQ(half.of(2, 0), 500);
  EXPECT_EQ(half.of(2, 1), 375);
  EXPECT_EQ(half.of(1, 1), 125);
  EXPECT_EQ(half.of(0, 0), 0);
}

TEST(WorkLeft, LosesPartOfTheDaysTaken) {
  const WorkLeft work(0.4, LabourDays(250, 0.5));
  EXPECT_DOUBLE_EQ(work.factor(100, 0, 1, 0), 1 - 0.4 * 0.4);   // 100 of 250 days
  EXPECT_DOUBLE_EQ(work.factor(100, 0, 1, 1), 1 - 0.4 * 0.8);   // 100 of 125 days
  EXPECT_DOUBLE_EQ(work.factor(100, 50, 1, 1), 1 - 0.4 * 0.4);  // 50 of them were grain's
  EXPECT_DOUBLE_EQ(work.factor(500, 0, 1, 1), 1 - 0.4);         // never more than all
  EXPECT_DOUBLE_EQ(work.factor(1, 0, 0, 0), 1 - 0.4);           // no worker: one day at least
}

}  // namespace
}  // namespace tuopin
