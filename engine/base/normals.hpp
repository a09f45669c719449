// Standard normals by inverse distribution function (Wichura 1988, AS 241), by the rules of numbers.hpp: the same bits
// everywhere, strictly increasing in the draw.
#pragma once

#include "engine/base/numbers.hpp"

namespace tuopin {

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
[[gnu::always_inline]] inline double normal_from(std::uint32_t draw) {
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

/// Normals of an array of draws, with the bits of normal_from: the central formula for all, that of the tails for the
/// 15% that need it.
void normals_from(const std::uint32_t* __restrict draws, double* __restrict z, std::size_t n);

/// The same as a plain loop, in which every draw pays for both regions. Kept beside it for the tests.
inline void normals_one_by_one(const std::uint32_t* __restrict draws, double* __restrict z, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) z[i] = normal_from(draws[i]);
}

}  // namespace tuopin
