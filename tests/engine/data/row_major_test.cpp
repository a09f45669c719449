// Row-major order, compared with the plain rule: the last axis varies fastest.
#include "engine/data/row_major.hpp"

#include <gtest/gtest.h>

namespace tuopin::testing {
namespace {

TEST(RowMajor, CountsThroughAllEntriesInOrder) {
  const RowMajor order({2, 3, 4});
  EXPECT_EQ(order.total(), 24u);
  std::size_t next = 0;
  for (std::size_t a = 0; a < 2; ++a)
    for (std::size_t b = 0; b < 3; ++b) {
      EXPECT_EQ(order.at({a, b}), next);  // what is not named stands at its first entry
      for (std::size_t c = 0; c < 4; ++c) EXPECT_EQ(order.at({a, b, c}), next++);
    }
  EXPECT_EQ(order.stride(0), 12u);
  EXPECT_EQ(order.stride(2), 1u);
}

TEST(RowMajor, ValuesBehindTheFirstAxes) {
  const RowMajor order({2, 3, 4});
  EXPECT_EQ(order.behind(0), 24u);
  EXPECT_EQ(order.behind(1), 12u);
  EXPECT_EQ(order.behind(3), 1u);
}

TEST(RowMajor, OfNoAxisHoldsOneValueAndOfAnEmptyOneNone) {
  EXPECT_EQ(RowMajor().total(), 1u);
  EXPECT_EQ(RowMajor({3, 0, 2}).total(), 0u);
}

}  // namespace
}  // namespace tuopin::testing
