// Philox for many counters at once. With 512-bit vectors, eight counters are processed in one vector, and three vectors
// are interleaved, because the rounds are a chain of dependent multiplications that one vector alone would wait for.
// Without them scalar 64-bit multiplications are cheaper, and counters are processed one by one.
#include "engine/base/philox.hpp"

#ifdef __AVX512F__
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wuninitialized"  // gcc 12 sees them in its own header
#include <immintrin.h>
#pragma GCC diagnostic pop
#endif

namespace tuopin {

namespace {

/// Writes through a small tile of whole words: rows a power of two apart would otherwise compete for the same cache
/// lines, and eight narrow stores per counter would add half of the cost of its multiplications.
template <typename Third>
void plain(const PhiloxRows& to, const Third* thirds, std::size_t n) {
  constexpr std::size_t tile = 64;
  std::uint64_t words[4][tile];
  const std::uint64_t word0 = to.word0, word1 = to.word1, key0 = to.key0, key1 = to.key1;
  for (std::size_t first = 0; first < n; first += tile) {
    const std::size_t count = n - first < tile ? n - first : tile;
    for (std::size_t j = 0; j < count; ++j) {
      const PhiloxWords c = philox4x64({word0, word1, thirds[first + j], 0}, key0, key1);
      for (std::size_t w = 0; w < 4; ++w) words[w][j] = c[w];
    }
    for (std::size_t w = 0; w < 4; ++w) {
      std::uint32_t* lows = to.halves + 2 * w * to.stride + first;
      std::uint32_t* highs = lows + to.stride;
      for (std::size_t j = 0; j < count; ++j) lows[j] = static_cast<std::uint32_t>(words[w][j]);
      for (std::size_t j = 0; j < count; ++j) highs[j] = static_cast<std::uint32_t>(words[w][j] >> 32);
    }
  }
}

#ifdef __AVX512F__

__m512i all(std::uint64_t word) { return _mm512_set1_epi64(static_cast<long long>(word)); }

struct Product {
  __m512i high, low;
};

/// x · m in 128 bits, from the four products of their halves.
Product product(__m512i x, std::uint64_t m) {
  const __m512i low = all(m & 0xffffffffu), high = all(m >> 32), x_high = _mm512_srli_epi64(x, 32);
  const __m512i ll = _mm512_mul_epu32(x, low), lh = _mm512_mul_epu32(x, high);
  const __m512i hl = _mm512_mul_epu32(x_high, low), hh = _mm512_mul_epu32(x_high, high);
  const __m512i one = _mm512_add_epi64(hl, _mm512_srli_epi64(ll, 32));
  const __m512i two = _mm512_add_epi64(lh, _mm512_and_si512(one, all(0xffffffffu)));
  const __m512i carried = _mm512_add_epi64(_mm512_srli_epi64(one, 32), _mm512_srli_epi64(two, 32));
  return {_mm512_add_epi64(hh, carried), _mm512_mask_blend_epi32(0xaaaa, ll, _mm512_slli_epi64(two, 32))};
}

__m512i exclusive_or(__m512i a, __m512i b, __m512i c) { return _mm512_ternarylogic_epi64(a, b, c, 0x96); }

__m512i eight(const std::uint32_t* thirds) {
  return _mm512_cvtepu32_epi64(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(thirds)));
}
__m512i eight(const std::uint64_t* thirds) { return _mm512_loadu_si512(thirds); }

/// Counters [at, at + 8 · chains).
template <int chains, typename Third>
void side_by_side(const PhiloxRows& to, const Third* thirds, std::size_t at) {
  __m512i c[chains][4];
  for (int h = 0; h < chains; ++h) {
    c[h][0] = all(to.word0);
    c[h][1] = all(to.word1);
    c[h][2] = eight(thirds + at + 8 * h);
    c[h][3] = _mm512_setzero_si512();
  }
  std::uint64_t key0 = to.key0, key1 = to.key1;
#pragma GCC unroll 10
  for (int round = 0; round < 10; ++round) {
    Product product0[chains], product1[chains];
#pragma GCC unroll 3
    for (int h = 0; h < chains; ++h) {
      product0[h] = product(c[h][0], philox::multiplier0);
      product1[h] = product(c[h][2], philox::multiplier1);
    }
#pragma GCC unroll 3
    for (int h = 0; h < chains; ++h) {
      c[h][0] = exclusive_or(product1[h].high, c[h][1], all(key0));
      c[h][1] = product1[h].low;
      c[h][2] = exclusive_or(product0[h].high, c[h][3], all(key1));
      c[h][3] = product0[h].low;
    }
    key0 += philox::weyl0;
    key1 += philox::weyl1;
  }
  for (int h = 0; h < chains; ++h)
    for (std::size_t w = 0; w < 4; ++w) {
      std::uint32_t* lows = to.halves + 2 * w * to.stride + at + 8 * static_cast<std::size_t>(h);
      const auto store = [](std::uint32_t* halves, __m512i words) {
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(halves), _mm512_cvtepi64_epi32(words));
      };
      store(lows, c[h][w]);
      store(lows + to.stride, _mm512_srli_epi64(c[h][w], 32));
    }
}

template <typename Third>
void rows(const PhiloxRows& to, const Third* thirds, std::size_t n) {
  if (n < 8) return plain(to, thirds, n);
  std::size_t at = 0;
  for (; at + 24 <= n; at += 24) side_by_side<3>(to, thirds, at);
  for (; at + 8 <= n; at += 8) side_by_side<1>(to, thirds, at);
  if (at < n) side_by_side<1>(to, thirds, n - 8);  // some a second time, with the same words
}

#else

template <typename Third>
void rows(const PhiloxRows& to, const Third* thirds, std::size_t n) {
  plain(to, thirds, n);
}

#endif

}  // namespace

void PhiloxRows::of(const std::uint32_t* thirds, std::size_t n) const { rows(*this, thirds, n); }
void PhiloxRows::of(const std::uint64_t* thirds, std::size_t n) const { rows(*this, thirds, n); }
void PhiloxRows::one_by_one(const std::uint32_t* thirds, std::size_t n) const { plain(*this, thirds, n); }
void PhiloxRows::one_by_one(const std::uint64_t* thirds, std::size_t n) const { plain(*this, thirds, n); }

}  // namespace tuopin
