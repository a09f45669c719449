// Sums of places: addition includes every member, and a mechanism may declare sums of its own.
#include "models/measures/sums.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <stdexcept>

namespace tuopin::testing {
namespace {

/// Every number of the sums is another one: 1, 2, 3, …
template <typename Number, typename Sums>
void count_through(Sums& sums, std::array<Number, sizeof(Sums) / sizeof(Number)>& numbers) {
  for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] = static_cast<Number>(i + 1);
  std::memcpy(static_cast<void*>(&sums), numbers.data(), sizeof sums);
}

TEST(PlaceSums, AddingDoublesEveryNumber) {
  PlaceSums sums;
  std::array<std::int64_t, sizeof(Counts) / sizeof(std::int64_t)> counts{};
  std::array<WideSum, sizeof(WideCounts) / sizeof(WideSum)> wide{};
  count_through<std::int64_t, Counts>(sums, counts);
  count_through<WideSum, WideCounts>(sums, wide);
  EXPECT_EQ(sums.persons, 1);
  EXPECT_EQ(sums.payments_fen, static_cast<std::int64_t>(counts.size()));  // the last of them

  const PlaceSums one = sums;
  sums.add(one);
  std::memcpy(counts.data(), static_cast<Counts*>(&sums), sizeof(Counts));
  std::memcpy(wide.data(), static_cast<WideCounts*>(&sums), sizeof(WideCounts));
  for (std::size_t i = 0; i < counts.size(); ++i) ASSERT_EQ(counts[i], 2 * static_cast<std::int64_t>(i + 1)) << i;
  for (std::size_t i = 0; i < wide.size(); ++i)
    ASSERT_EQ(static_cast<std::int64_t>(wide[i]), 2 * static_cast<std::int64_t>(i + 1)) << i;
}

TEST(PlaceSums, WideSumsCarryBeyond64Bits) {
  PlaceSums a, b;
  a.watts[1][2] = b.watts[1][2] = static_cast<WideSum>(1) << 63;
  a.add(b);
  EXPECT_TRUE(a.watts[1][2] == static_cast<WideSum>(1) << 64);
}

TEST(DeclaredSums, GiveOutHandlesAndRefuseANameTwice) {
  DeclaredSums declared;
  const SumHandle ill = declared.declare({"ill_days", "days"}), sold = declared.declare({"sold", "kg"});
  EXPECT_EQ(declared.find("sold")->row, sold.row);
  EXPECT_NE(ill.row, sold.row);
  EXPECT_FALSE(declared.find("unheard_of"));
  EXPECT_THROW(declared.declare({"sold", "tonnes"}), std::logic_error);
}

TEST(DeclaredSums, AddLikeTheOthersInAnyOrder) {
  DeclaredSums declared;
  const SumHandle ill = declared.declare({"ill_days", "days"}), sold = declared.declare({"sold", "kg"});
  PlaceSums first, second, nothing;
  first.add(ill, 3);
  second.add(sold, 5);
  second.add(sold, 2);
  EXPECT_EQ(first.of(sold), 0);  // nobody added to it here
  PlaceSums forward = first, backward = second;
  forward.add(second);
  forward.add(nothing);
  backward.add(nothing);
  backward.add(first);
  for (const PlaceSums* sums : {&forward, &backward}) {
    EXPECT_EQ(sums->of(ill), 3);
    EXPECT_EQ(sums->of(sold), 7);
  }
}

}  // namespace
}  // namespace tuopin::testing
