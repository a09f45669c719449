// Philox4x64-10 (Salmon, Moraes, Dror & Shaw 2011, SC'11), the generator of numpy.random.Philox: four words from a
// counter of four words and a key of two.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace tuopin {

using PhiloxWords = std::array<std::uint64_t, 4>;

namespace philox {

__extension__ typedef unsigned __int128 Wide;

inline constexpr std::uint64_t multiplier0 = 0xd2e7470ee14c6c93u, multiplier1 = 0xca5a826395121157u;
inline constexpr std::uint64_t weyl0 = 0x9e3779b97f4a7c15u, weyl1 = 0xbb67ae8584caa73bu;

}  // namespace philox

/// Ten rounds, unrolled.
inline PhiloxWords philox4x64(PhiloxWords counter, std::uint64_t key0, std::uint64_t key1) {
  std::uint64_t c0 = counter[0], c1 = counter[1], c2 = counter[2], c3 = counter[3];
#pragma GCC unroll 10
  for (int round = 0; round < 10; ++round) {
    const philox::Wide product0 = static_cast<philox::Wide>(philox::multiplier0) * c0;
    const philox::Wide product1 = static_cast<philox::Wide>(philox::multiplier1) * c2;
    c0 = static_cast<std::uint64_t>(product1 >> 64) ^ c1 ^ key0;
    c1 = static_cast<std::uint64_t>(product1);
    c2 = static_cast<std::uint64_t>(product0 >> 64) ^ c3 ^ key1;
    c3 = static_cast<std::uint64_t>(product0);
    key0 += philox::weyl0;
    key1 += philox::weyl1;
  }
  return {c0, c1, c2, c3};
}

/// The same of many counters that differ in their third word alone, {word0, word1, thirds[i], 0}: the eight halves of
/// the words, low ones first, go to halves[k * stride + i], k = 0 … 7.
struct PhiloxRows {
  std::uint64_t word0, word1, key0, key1;
  std::uint32_t* halves;
  std::size_t stride;  ///< at least the number of counters

  void of(const std::uint32_t* thirds, std::size_t n) const;
  void of(const std::uint64_t* thirds, std::size_t n) const;
  /// The plain way, counter by counter.
  void one_by_one(const std::uint32_t* thirds, std::size_t n) const;
  void one_by_one(const std::uint64_t* thirds, std::size_t n) const;
};

}  // namespace tuopin
