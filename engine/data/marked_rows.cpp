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
    const __m512i wide = _mm512_maskz_cvtepu8_epi32(0xffff, _mm_loadu_si128(reinterpret_cast<const __m128i*>(marks + i)));
    const __mmask16 marked = _mm512_test_epi32_mask(wide, wide);
    _mm512_storeu_si512(list + listed, _mm512_maskz_compress_epi32(marked, rows));
    listed += static_cast<std::uint32_t>(std::popcount(marked));
    rows = _mm512_add_epi32(rows, _mm512_set1_epi32(16));
  }
#endif
  for (; i < n; ++i) {  // without a branch: each row is written, a marked one stays
    list[listed] = first + i;
    listed += marks[i];
  }
  return listed;
}

void BitRows::to_bytes(std::size_t first, std::uint32_t n, std::uint8_t* marks) const {
  for (std::uint32_t i = 0; i < n; i += 64) {
    const std::uint64_t bits = from(first + i);
    std::uint8_t eights[64];
    for (unsigned k = 0; k < 64; ++k) eights[k] = static_cast<std::uint8_t>(bits >> k & 1);
    std::memcpy(marks + i, eights, std::min<std::size_t>(64, n - i));
  }
}

}  // namespace tuopin
