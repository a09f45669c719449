// Fixed elementary functions: the same bits from every compiler, instruction set and processor.
//
// Rules that make it so, and that NumPy can follow line by line:
//   * only + - * /, sqrt, comparisons and operations on the 64 bits of a double, all IEEE 754 binary64,
//     round to nearest, in the order written; no fused multiply-add (-ffp-contract=off);
//   * no branch: each choice is a select, so that a loop over an array becomes vector instructions;
//   * no conversion between 64-bit integers and doubles (AVX2 has none): magic numbers instead.
//     Adding 1.5 * 2^52 rounds |x| < 2^51 to an integer that then stands in the low bits; or-ing an integer
//     below 2^52 into the bits of 2^52 makes the double 2^52 + integer.
//
// Arguments must be finite and in the stated range: nothing here looks for NaN or infinity.
//
// Scalar functions are inlined always: in a large unit gcc stops doing so by itself, and a loop over them is then a
// call an element and no vector instructions.
//
// Coefficients of exp and log were fitted at Chebyshev nodes in 60-digit arithmetic, then rounded to double.
#pragma once

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace tuopin {

namespace fixed {

inline constexpr double ln2_high = 0x1.62e42fefp-1;  // 33 bits: k * ln2_high is exact for |k| < 2^20
inline constexpr double ln2_low = 0x1.473de6af278edp-34;
inline constexpr double rounder = 0x1.8p52;
inline constexpr double two_52 = 0x1p52;
inline constexpr std::uint64_t two_52_bits = 0x4330000000000000u;
inline constexpr std::uint64_t one_bits = 0x3ff0000000000000u;
inline constexpr std::uint64_t sqrt_half_bits = 0x3fe6a09e667f3bcdu;
inline constexpr std::uint64_t mantissa_mask = 0x000fffffffffffffu;

}  // namespace fixed

/// e^x for -700 <= x <= 700 (outside: the value at the nearer end). Relative error below 2.5e-16.
/// x = k ln 2 + r with |r| <= ln 2 / 2 (Cody & Waite 1980); e^r = 1 + (r + r^2 (1/2 + r t(r))), t of degree 8;
/// then k is added to the exponent bits.
[[gnu::always_inline]] inline double fixed_exp(double x) {
  x = x < -700.0 ? -700.0 : x;
  x = x > 700.0 ? 700.0 : x;
  const double shifted = x * 1.4426950408889634 + fixed::rounder;
  const double k = shifted - fixed::rounder;
  const double r = (x - k * fixed::ln2_high) - k * fixed::ln2_low;
  double t = 2.5095546064622e-08;
  t = t * r + 2.7613795662346626e-07;
  t = t * r + 2.755728008253529e-06;
  t = t * r + 2.4801536408869822e-05;
  t = t * r + 0.00019841269854330845;
  t = t * r + 0.0013888888905871442;
  t = t * r + 0.008333333333332157;
  t = t * r + 0.041666666666651364;
  t = t * r + 0.16666666666666666;
  const double y = 1.0 + (r + r * r * (0.5 + r * t));
  return std::bit_cast<double>(std::bit_cast<std::uint64_t>(y) + (std::bit_cast<std::uint64_t>(shifted) << 52));
}

/// Natural logarithm of a positive normal double. Error below one unit in the last place.
/// x = 2^k m, sqrt(1/2) <= m < sqrt(2), f = m - 1, s = f / (2 + f): log m = 2 atanh s = 2s + s R(s^2), R of degree 6,
/// summed as f - (f^2/2 - s (f^2/2 + R)), the same number, so that a small f loses no digits (as FDLIBM does).
[[gnu::always_inline]] inline double fixed_log(double x) {
  const std::uint64_t shifted = std::bit_cast<std::uint64_t>(x) + (fixed::one_bits - fixed::sqrt_half_bits);
  const double k = std::bit_cast<double>((shifted >> 52) | fixed::two_52_bits) - (fixed::two_52 + 1023.0);
  const double m = std::bit_cast<double>((shifted & fixed::mantissa_mask) + fixed::sqrt_half_bits);
  const double f = m - 1.0;
  const double s = f / (2.0 + f);
  const double z = s * s;
  double R = 0.1461645097955211;
  R = R * z + 0.15331721495826012;
  R = R * z + 0.18182889128412458;
  R = R * z + 0.22222211134751835;
  R = R * z + 0.2857142862597575;
  R = R * z + 0.39999999999899505;
  R = R * z + 0.666666666666667;
  R = R * z;
  const double half_square = 0.5 * f * f;
  return k * fixed::ln2_high - ((half_square - (s * (half_square + R) + k * fixed::ln2_low)) - f);
}

/// The uniform of a draw: (draw + 1/2) / 2^32, exact, in [2^-33, 1 - 2^-33].
[[gnu::always_inline]] constexpr double uniform_from(std::uint32_t draw) {
  return (std::bit_cast<double>(fixed::two_52_bits | draw) - (fixed::two_52 - 0.5)) * 0x1p-32;
}

// Array passes: plain loops that the compiler vectorises, with the bits of the scalar functions.
// `in` and `out` may be the same array, but must not overlap otherwise.

namespace fixed {

template <typename Function>
void map_apart(const double* __restrict in, double* __restrict out, std::size_t n, Function f) {
  for (std::size_t i = 0; i < n; ++i) out[i] = f(in[i]);
}

struct Exp {
  [[gnu::always_inline]] double operator()(double x) const { return fixed_exp(x); }
};
struct Log {
  [[gnu::always_inline]] double operator()(double x) const { return fixed_log(x); }
};

template <typename Function>
void map(const double* in, double* out, std::size_t n, Function f) {
  if (in != out) return map_apart(in, out, n, f);
  for (std::size_t i = 0; i < n; ++i) out[i] = f(out[i]);
}

}  // namespace fixed

inline void fixed_exp(const double* in, double* out, std::size_t n) { fixed::map(in, out, n, fixed::Exp{}); }

inline void fixed_log(const double* in, double* out, std::size_t n) { fixed::map(in, out, n, fixed::Log{}); }

inline void uniforms_from(const std::uint32_t* __restrict draws, double* __restrict u, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) u[i] = uniform_from(draws[i]);
}

}  // namespace tuopin
