// Marks: lists, bytes and bits tell the same rows.
#include "engine/data/marked_rows.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace tuopin {
namespace {

TEST(MarkedRows, BytesBitsAndListsTellTheSame) {
  EXPECT_TRUE(rc::check([] {
    const auto rows = *rc::gen::inRange<std::uint32_t>(1, 500);
    const auto one_in = *rc::gen::element(1, 2, 40);
    std::vector<std::uint8_t> marks;
    BitRows bits(rows);
    for (std::uint32_t row = 0; row < rows; ++row) {
      marks.push_back(*rc::gen::inRange(0, one_in) == 0);
      if (marks.back()) bits.mark(row);
    }
    const auto first = *rc::gen::inRange<std::uint32_t>(0, rows),
               n = *rc::gen::inRange<std::uint32_t>(0, rows - first + 1);
    std::vector<std::uint8_t> bytes(n + 1, 9);
    bits.to_bytes(first, n, bytes.data());
    RC_ASSERT(bytes.back() == 9);
    bytes.pop_back();
    RC_ASSERT(std::equal(bytes.begin(), bytes.end(), marks.begin() + first));
    std::vector<std::uint32_t> expected, list(n + 1, 77);
    for (std::uint32_t i = 0; i < n; ++i)
      if (bytes[i]) expected.push_back(1000 + i);
    const std::uint32_t listed = list_marked(bytes.data(), n, 1000, list.data());
    RC_ASSERT(list.back() == 77u);
    RC_ASSERT(std::vector(list.begin(), list.begin() + listed) == expected);
    for (unsigned k = 0; k < 64; ++k)
      RC_ASSERT((bits.from(first) >> k & 1) == (first + k < rows ? marks[first + k] : 0u));
  }));
}

}  // namespace
}  // namespace tuopin
