// Luck is looked up, not consumed: draw = f(seed, replicate, entity, year, process, index).
// Philox4x64-10 (Salmon, Moraes, Dror & Shaw 2011, SC'11), the generator of numpy.random.Philox.
//
//   key     = {seed, replicate}
//   counter = {block counted from 1, hash32(process name) << 32 | year << 8 | kind, entity id, 0}
//
// The low 32 bits of a 64-bit word come first, so a block holds eight 32-bit draws. NumPy adds one to word 0 before it
// draws: numpy.random.Philox(key=[seed, replicate], counter=[0, word1, entity, 0]).random_raw() yields blocks 1, 2, …
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/base/ids.hpp"
#include "engine/base/normals.hpp"

namespace tuopin {

/// Who a draw belongs to: part of its address, so that equal numbers of different entities never share luck.
enum class Kind : std::uint8_t {
  household = 0,
  person = 1,
  village = 2,
  county = 3,
  prefecture = 4,
  parameter = 5,
  population = 6,
};

using PhiloxWords = std::array<std::uint64_t, 4>;

namespace philox {

__extension__ typedef unsigned __int128 Wide;

inline constexpr std::uint64_t multiplier0 = 0xd2e7470ee14c6c93u, multiplier1 = 0xca5a826395121157u;
inline constexpr std::uint64_t weyl0 = 0x9e3779b97f4a7c15u, weyl1 = 0xbb67ae8584caa73bu;

}  // namespace philox

/// Ten rounds of Philox4x64, unrolled. Inline: luck is up to half of a lean year.
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

/// The luck of one process in one year for one kind of entity. `year` lies in [0, 2^24).
class Luck {
 public:
  Luck(std::uint64_t seed, std::uint64_t replicate, std::uint32_t process, int year, Kind kind)
      : seed_(seed), replicate_(replicate),
        word1_(std::uint64_t{process} << 32 | (static_cast<std::uint64_t>(year) & 0xffffffu) << 8 |
               static_cast<std::uint64_t>(kind)) {}

  /// What tells this luck from any other.
  std::array<std::uint64_t, 3> address() const { return {seed_, replicate_, word1_}; }

  /// The eight 32-bit draws of block `block` (counted from 1) of an entity.
  std::array<std::uint32_t, 8> block(std::uint64_t entity, std::uint64_t block = 1) const {
    const PhiloxWords w = philox4x64({block, word1_, entity, 0}, seed_, replicate_);
    return {low(w[0]), high(w[0]), low(w[1]), high(w[1]), low(w[2]), high(w[2]), low(w[3]), high(w[3])};
  }

  /// Draw number `index` (0, 1, …) of an entity; a uniform on (0, 1); a standard normal by inverse distribution
  /// function.
  std::uint32_t draw(std::uint64_t entity, unsigned index) const { return block(entity, 1 + index / 8)[index % 8]; }
  double uniform(std::uint64_t entity, unsigned index) const { return uniform_from(draw(entity, index)); }
  double normal(std::uint64_t entity, unsigned index) const { return normal_from(draw(entity, index)); }

  /// One block for each of many entities: draw k of entities[i] goes to draws[k * stride + i], k = 0 … 7.
  /// `stride` is at least entities.size(), and `draws` holds 8 * stride numbers.
  void fill(std::span<const std::uint32_t> entities, std::uint32_t* draws, std::size_t stride,
            std::uint64_t block = 1) const {
    fill_rows(entities.data(), entities.size(), draws, stride, block);
  }
  void fill(std::span<const std::uint64_t> entities, std::uint32_t* draws, std::size_t stride,
            std::uint64_t block = 1) const {
    fill_rows(entities.data(), entities.size(), draws, stride, block);
  }

 private:
  static std::uint32_t low(std::uint64_t word) { return static_cast<std::uint32_t>(word); }
  static std::uint32_t high(std::uint64_t word) { return static_cast<std::uint32_t>(word >> 32); }

  /// Through a small tile of whole words: rows of draws a power of two apart would otherwise fight for the same lines
  /// of the cache, and the eight narrow stores of each block cost half as much again as its multiplications.
  template <typename Id>
  void fill_rows(const Id* entities, std::size_t n, std::uint32_t* draws, std::size_t stride,
                 std::uint64_t block) const {
    constexpr std::size_t tile = 64;
    std::uint64_t words[4][tile];
    const std::uint64_t key0 = seed_, key1 = replicate_, word1 = word1_;
    for (std::size_t first = 0; first < n; first += tile) {
      const std::size_t count = n - first < tile ? n - first : tile;
      for (std::size_t j = 0; j < count; ++j) {
        const PhiloxWords c = philox4x64({block, word1, entities[first + j], 0}, key0, key1);
        words[0][j] = c[0];
        words[1][j] = c[1];
        words[2][j] = c[2];
        words[3][j] = c[3];
      }
      for (std::size_t w = 0; w < 4; ++w) {
        std::uint32_t* lows = draws + 2 * w * stride + first;
        std::uint32_t* highs = lows + stride;
        for (std::size_t j = 0; j < count; ++j) lows[j] = low(words[w][j]);
        for (std::size_t j = 0; j < count; ++j) highs[j] = high(words[w][j]);
      }
    }
  }

  std::uint64_t seed_, replicate_, word1_;
};

/// Every process name of a run, checked at load: two names with one hash are refused (name `luck = "…"` to mend).
void check_process_names(const std::vector<std::string>& names);

}  // namespace tuopin
