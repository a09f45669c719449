#include "engine/data/marked_rows.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#ifdef __AVX512F__
#include <immintrin.h>
#endif

namespace tuopin {

std::uint32_t list_marked(const std::uint8_t* __restrict marks, std::uint32_t n, std::uint32_t first,
                          std::uint32_t* __restrict list) {
  std::uint32_t listed = 0, i = 0;
#ifdef __AVX512F__  // sixteen at a time, packed by the processor
  __m512i rows = _mm512_add_epi32(_mm512_set1_epi32(static_cast<int>(first)),
                                  _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15));
  for (; i + 16 <= n; i += 16) {
    const __m512i wide =
        _mm512_maskz_cvtepu8_epi32(0xffff, _mm_loadu_si128(reinterpret_cast<const __m128i*>(marks + i)));
    const __mmask16 marked = _mm512_test_epi32_mask(wide, wide);
    _mm512_storeu_si512(list + listed, _mm512_maskz_compress_epi32(marked, rows));
    listed += static_cast<std::uint32_t>(std::popcount(marked));
    rows = _mm512_add_epi32(rows, _mm512_set1_epi32(16));
  }
#endif
  for (; i < n; ++i) {  // branch-free: each row is written, but only a marked one advances the list
    list[listed] = first + i;
    listed += marks[i];
  }
  return listed;
}

void BitRows::to_bytes(std::size_t first, std::uint32_t n, std::uint8_t* marks) const {
  // Spreads eight bits to the eight bytes of a word: each byte keeps its own bit, then every non-zero byte becomes one.
  static_assert(std::endian::native == std::endian::little);
  constexpr std::uint64_t each = 0x0101010101010101, own = 0x8040201008040201, below_top = 0x7f7f7f7f7f7f7f7f;
  for (std::uint32_t i = 0; i < n; i += 64) {
    const std::uint64_t bits = from(first + i);
    std::uint64_t bytes[8];
    for (unsigned k = 0; k < 8; ++k) bytes[k] = (((bits >> 8 * k & 0xff) * each & own) + below_top) >> 7 & each;
    std::memcpy(marks + i, bytes, std::min<std::size_t>(sizeof bytes, n - i));
  }
}

}  // namespace tuopin
