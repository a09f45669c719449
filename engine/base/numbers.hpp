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
inline double fixed_exp(double x) {
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
inline double fixed_log(double x) {
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
inline double uniform_from(std::uint32_t draw) {
  return (std::bit_cast<double>(fixed::two_52_bits | draw) - (fixed::two_52 - 0.5)) * 0x1p-32;
}

namespace fixed {

// Wichura (1988), Algorithm AS 241, PPND16: coefficients a/b (|u - 1/2| <= 0.425), c/d (r = sqrt(-log p) <= 5), e/f.
// Written with the highest power first.
inline constexpr double wichura_a[8] = {2509.0809287301226727, 33430.575583588128105, 67265.770927008700853,
                                        45921.953931549871457, 13731.693765509461125, 1971.5909503065514427,
                                        133.14166789178437745, 3.3871328727963666080};
inline constexpr double wichura_b[8] = {
    5226.4952788528545610, 28729.085735721942674, 39307.895800092710610, 21213.794301586595867,
    5394.1960214247511077, 687.18700749205790830, 42.313330701600911252, 1.0};
inline constexpr double wichura_c[8] = {7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1,
                                        1.27045825245236838258,    3.64784832476320460504,    5.76949722146069140550,
                                        4.63033784615654529590,    1.42343711074968357734};
inline constexpr double wichura_d[8] = {
    1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2, 1.48103976427480074590e-1,
    6.89767334985100004550e-1, 1.67638483018380384940,    2.05319162663775882187,    1.0};
inline constexpr double wichura_e[8] = {2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3,
                                        2.65321895265761230930e-2, 2.96560571828504891230e-1, 1.78482653991729133580,
                                        5.46378491116411436990,    6.65790464350110377720};
inline constexpr double wichura_f[8] = {
    2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5, 7.86869131145613259100e-4,
    1.48753612908506148525e-2,  1.36929880922735805310e-1, 5.99832206555887937690e-1, 1.0};

}  // namespace fixed

/// The standard normal of a draw, by inverse distribution function: strictly increasing in the draw, antisymmetric.
/// AS 241 with two of its three regions: u >= 2^-33 means r <= 4.79, so the far tail (r > 5) cannot occur.
/// The region selects the coefficients, and one rational function is evaluated. Error below 1e-15 max(1, |z|).
inline double normal_from(std::uint32_t draw) {
  const double q = uniform_from(draw) - 0.5;
  const double size = q < 0.0 ? -q : q;
  const bool central = size <= 0.425;
  const double r = std::sqrt(-fixed_log(0.5 - size));
  const double v = central ? 0.180625 - q * q : r - 1.6;
  double above = central ? fixed::wichura_a[0] : fixed::wichura_c[0];
  double below = central ? fixed::wichura_b[0] : fixed::wichura_d[0];
#define TUOPIN_HORNER(i)                                                     \
  above = above * v + (central ? fixed::wichura_a[i] : fixed::wichura_c[i]); \
  below = below * v + (central ? fixed::wichura_b[i] : fixed::wichura_d[i]);
  TUOPIN_HORNER(1)
  TUOPIN_HORNER(2)
  TUOPIN_HORNER(3)
  TUOPIN_HORNER(4)
  TUOPIN_HORNER(5)
  TUOPIN_HORNER(6)
  TUOPIN_HORNER(7)
#undef TUOPIN_HORNER
  const double sign = q < 0.0 ? -1.0 : 1.0;
  return above / below * (central ? q : sign);
}

/// Quantile of the standard normal for any 0 < u < 1 (u a normal double): AS 241 with all three regions.
/// Agrees bit for bit with normal_from where u = uniform_from(draw). For draws prefer normal_from or normals_from.
inline double normal_quantile(double u) {
  const double q = u - 0.5;
  const double size = q < 0.0 ? -q : q;
  const bool central = size <= 0.425;
  const double r = std::sqrt(-fixed_log(q < 0.0 ? u : 1.0 - u));
  const bool far = !central && r > 5.0;
  const double v = central ? 0.180625 - q * q : r - (far ? 5.0 : 1.6);
  double above = 0.0, below = 0.0;
  for (int i = 0; i < 8; ++i) {
    above = above * v + (central ? fixed::wichura_a[i] : far ? fixed::wichura_e[i] : fixed::wichura_c[i]);
    below = below * v + (central ? fixed::wichura_b[i] : far ? fixed::wichura_f[i] : fixed::wichura_d[i]);
  }
  const double sign = q < 0.0 ? -1.0 : 1.0;
  return above / below * (central ? q : sign);
}

// Array passes: plain loops that the compiler vectorises, with the bits of the scalar functions.
// `in` and `out` may be the same array, but must not overlap otherwise.

namespace fixed {

template <typename Function>
void map_apart(const double* __restrict in, double* __restrict out, std::size_t n, Function f) {
  for (std::size_t i = 0; i < n; ++i) out[i] = f(in[i]);
}

template <typename Function>
void map(const double* in, double* out, std::size_t n, Function f) {
  if (in != out) return map_apart(in, out, n, f);
  for (std::size_t i = 0; i < n; ++i) out[i] = f(out[i]);
}

}  // namespace fixed

inline void fixed_exp(const double* in, double* out, std::size_t n) {
  fixed::map(in, out, n, [](double x) { return fixed_exp(x); });
}

inline void fixed_log(const double* in, double* out, std::size_t n) {
  fixed::map(in, out, n, [](double x) { return fixed_log(x); });
}

inline void uniforms_from(const std::uint32_t* __restrict draws, double* __restrict u, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) u[i] = uniform_from(draws[i]);
}

inline void normals_from(const std::uint32_t* __restrict draws, double* __restrict z, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) z[i] = normal_from(draws[i]);
}

}  // namespace tuopin
