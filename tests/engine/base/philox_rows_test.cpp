// Many counters at once give the same words as one by one, on every processor and for every number of counters.
#include <gtest/gtest.h>

#include <vector>

#include "engine/base/ids.hpp"
#include "engine/base/philox.hpp"

namespace tuopin {
namespace {

constexpr std::size_t room = 3;  // halves beyond the last row, which nobody may touch

template <typename Third>
void expect_words_of_each_alone(const std::vector<Third>& thirds, std::uint64_t word0, std::uint64_t word1,
                                std::uint64_t key0, std::uint64_t key1) {
  const std::size_t n = thirds.size(), stride = n + room;
  std::vector<std::uint32_t> fast(8 * stride, 77), plain(8 * stride, 77);
  PhiloxRows{word0, word1, key0, key1, fast.data(), stride}.of(thirds.data(), n);
  PhiloxRows{word0, word1, key0, key1, plain.data(), stride}.one_by_one(thirds.data(), n);
  ASSERT_EQ(fast, plain) << n;
  for (std::size_t i = 0; i < n; ++i) {
    const PhiloxWords words = philox4x64({word0, word1, thirds[i], 0}, key0, key1);
    for (std::size_t w = 0; w < 4; ++w) {
      ASSERT_EQ(fast[2 * w * stride + i], static_cast<std::uint32_t>(words[w])) << n << " " << i;
      ASSERT_EQ(fast[(2 * w + 1) * stride + i], static_cast<std::uint32_t>(words[w] >> 32)) << n << " " << i;
    }
  }
  for (std::size_t k = 0; k < 8; ++k)
    for (std::size_t i = n; i < stride; ++i) ASSERT_EQ(fast[k * stride + i], 77u) << "wrote beyond its row";
}

template <typename Third>
std::vector<Third> mixed_thirds(std::size_t n) {
  std::vector<Third> thirds(n);
  for (std::size_t i = 0; i < n; ++i) thirds[i] = static_cast<Third>(mix64(i + 1));
  return thirds;
}

TEST(PhiloxRows, OfAnyNumberAreThoseOfEachAlone) {
  for (std::size_t n = 0; n <= 100; ++n) {
    expect_words_of_each_alone(mixed_thirds<std::uint32_t>(n), 1, mix64(7), mix64(8), n);
    expect_words_of_each_alone(mixed_thirds<std::uint64_t>(n), 3, mix64(9), n, mix64(10));
  }
  expect_words_of_each_alone(mixed_thirds<std::uint32_t>(2049), 1, 2, 3, 4);
}

// Products whose halves are all ones, or nothing, carry the most and the least.
TEST(PhiloxRows, CarryFromHalfToHalf) {
  constexpr std::uint64_t ones = ~0ull;
  std::vector<std::uint64_t> edges = {0, 1, ones, ones - 1, ones >> 32, ones << 32, 1ull << 32, 1ull << 63};
  for (std::uint64_t i = 0; i < 40; ++i) edges.push_back(ones << i), edges.push_back(ones >> i);
  for (const std::uint64_t word : {std::uint64_t{0}, ones, ones >> 32, ones << 32})
    for (const std::uint64_t key : {std::uint64_t{0}, ones})
      expect_words_of_each_alone(edges, word, ones - word, key, ~key);
}

}  // namespace
}  // namespace tuopin
