#include "engine/base/normals.hpp"

#include <algorithm>
#include <bit>
#ifdef __AVX512F__
#include <immintrin.h>
#endif

namespace tuopin {

namespace {

// The draws whose uniform lies within 0.425 of one half. They follow one another, so that one subtraction and one
// comparison of whole numbers tell the regions apart: 2^32 (1/2 ± 0.425) − 1/2 = 322122546.7 and 3972844748.3.
constexpr std::uint32_t first_central = 322'122'547u, last_central = 3'972'844'748u;
constexpr double from_half(std::uint32_t draw) { return uniform_from(draw) - 0.5; }
static_assert(-from_half(first_central) <= 0.425 && -from_half(first_central - 1) > 0.425);
static_assert(from_half(last_central) <= 0.425 && from_half(last_central + 1) > 0.425);

[[gnu::always_inline]] inline bool in_tail(std::uint32_t draw) {
  return draw - first_central > last_central - first_central;
}

/// normal_from for central draws. For others the result is finite but wrong, and must be overwritten.
[[gnu::always_inline]] inline double central_normal(std::uint32_t draw) {
  const double q = uniform_from(draw) - 0.5;
  const double v = 0.180625 - q * q;
  double above = fixed::wichura_a[0], below = fixed::wichura_b[0];
#pragma GCC unroll 7
  for (int i = 1; i < 8; ++i) {
    above = above * v + fixed::wichura_a[i];
    below = below * v + fixed::wichura_b[i];
  }
  return above / below * q;
}

/// normal_from for draws in the tails.
[[gnu::always_inline]] inline double tail_normal(std::uint32_t draw) {
  const double q = uniform_from(draw) - 0.5;
  const double size = q < 0.0 ? -q : q;
  const double v = std::sqrt(-fixed_log(0.5 - size)) - 1.6;
  double above = fixed::wichura_c[0], below = fixed::wichura_d[0];
#pragma GCC unroll 7
  for (int i = 1; i < 8; ++i) {
    above = above * v + fixed::wichura_c[i];
    below = below * v + fixed::wichura_d[i];
  }
  return above / below * (q < 0.0 ? -1.0 : 1.0);
}

constexpr std::uint32_t tile = 2048;  ///< about a block of households; what it needs stays in the nearest cache

/// Lists which of the draws lie in a tail, ascending; returns how many. `list` has room for all.
std::uint32_t list_tails(const std::uint32_t* __restrict draws, std::uint32_t n, std::uint32_t* __restrict list) {
  std::uint32_t tails = 0, i = 0;
#ifdef __AVX512F__  // sixteen at a time, packed by the processor
  __m512i rows = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  for (; i + 16 <= n; i += 16) {
    const __m512i from_first = _mm512_sub_epi32(_mm512_loadu_si512(draws + i), _mm512_set1_epi32(first_central));
    const __mmask16 found =
        _mm512_cmpgt_epu32_mask(from_first, _mm512_set1_epi32(static_cast<int>(last_central - first_central)));
    _mm512_storeu_si512(list + tails, _mm512_maskz_compress_epi32(found, rows));
    tails += static_cast<std::uint32_t>(std::popcount(found));
    rows = _mm512_add_epi32(rows, _mm512_set1_epi32(16));
  }
#endif
  constexpr std::uint32_t width = 32;
  for (; i + width <= n; i += width) {  // few draws are in a tail: collect them as bits, then visit the set bits only
    std::uint32_t found = 0;
    for (std::uint32_t k = 0; k < width; ++k) found |= static_cast<std::uint32_t>(in_tail(draws[i + k])) << k;
    for (; found; found &= found - 1) list[tails++] = i + static_cast<std::uint32_t>(std::countr_zero(found));
  }
  for (; i < n; ++i)
    if (in_tail(draws[i])) list[tails++] = i;
  return tails;
}

void normals_of_tile(const std::uint32_t* __restrict draws, double* __restrict z, std::uint32_t n) {
  std::uint32_t list[tile], drawn[tile];
  double normal[tile];
  const std::uint32_t tails = list_tails(draws, n, list);
  for (std::uint32_t i = 0; i < n; ++i) z[i] = central_normal(draws[i]);
  for (std::uint32_t k = 0; k < tails; ++k) drawn[k] = draws[list[k]];
  for (std::uint32_t k = 0; k < tails; ++k) normal[k] = tail_normal(drawn[k]);
  for (std::uint32_t k = 0; k < tails; ++k) z[list[k]] = normal[k];
}

}  // namespace

void normals_from(const std::uint32_t* __restrict draws, double* __restrict z, std::size_t n) {
  for (std::size_t first = 0; first < n; first += tile)
    normals_of_tile(draws + first, z + first, static_cast<std::uint32_t>(std::min<std::size_t>(tile, n - first)));
}

}  // namespace tuopin
