// Accuracy, monotonicity and bits of the fixed elementary functions.
// Reference: the C library in 80-bit long double (64-bit mantissa), at least a hundred times finer than our bounds.
#include "engine/base/numbers.hpp"

#include <gtest/gtest.h>

#include <cfloat>
#include <cmath>
#include <limits>
#include <vector>

#include "engine/base/ids.hpp"

namespace tuopin {
namespace {

constexpr std::uint32_t last_draw = std::numeric_limits<std::uint32_t>::max();

/// Order matters: a fold of the bits of all values.
std::uint64_t fold(std::uint64_t hash, double value) {
  return mix64(hash ^ std::bit_cast<std::uint64_t>(value)) * 0x9e3779b97f4a7c15u;
}

TEST(Numbers, ExpIsAccurate) {
  static_assert(LDBL_MANT_DIG >= 64);
  long double worst = 0;
  for (int i = -2'000'000; i <= 2'000'000; ++i) {
    for (const double x : {i * 3.49e-4, i * 1e-6, i * 3.7e-9}) {
      const long double exact = expl(x);
      worst = std::max(worst, fabsl((fixed_exp(x) - exact) / exact));
    }
  }
  EXPECT_LT(worst, 2.5e-16L);
}

TEST(Numbers, ExpClampsAndIsExactAtZero) {
  EXPECT_EQ(fixed_exp(0.0), 1.0);
  EXPECT_EQ(fixed_exp(-0.0), 1.0);
  EXPECT_EQ(fixed_exp(1e300), fixed_exp(700.0));
  EXPECT_EQ(fixed_exp(-1e300), fixed_exp(-700.0));
  EXPECT_GT(fixed_exp(-700.0), 0.0);
  EXPECT_LT(fixed_exp(700.0), std::numeric_limits<double>::infinity());
}

TEST(Numbers, ExpNeverFalls) {
  double before = fixed_exp(-12.0);
  for (double x = -12.0; x < 12.0; x += 6.1e-6) {
    const double now = fixed_exp(x);
    ASSERT_GE(now, before) << x;
    before = now;
  }
  // Neighbouring doubles across every seam of the reduction, where two polynomials meet.
  for (int k = -60; k <= 60; ++k) {
    double x = (k + 0.5) * 0.69314718055994530942;
    for (int i = 0; i < 200; ++i) x = std::nextafter(x, -1e9);
    for (int i = 0; i < 400; ++i) {
      const double next = std::nextafter(x, 1e9);
      ASSERT_LE(fixed_exp(x), fixed_exp(next) * (1 + 2.3e-16)) << k;
      x = next;
    }
  }
}

TEST(Numbers, LogIsAccurate) {
  long double worst = 0;  // in units in the last place of the result
  const auto check = [&](double x) {
    const long double exact = logl(x);
    if (exact == 0) {
      EXPECT_EQ(fixed_log(x), 0.0);
      return;
    }
    const double nearest = static_cast<double>(fabsl(exact));
    const long double unit = std::nextafter(nearest, 1e300) - nearest;
    worst = std::max(worst, fabsl(fixed_log(x) - exact) / unit);
  };
  for (int i = 1; i <= 2'000'000; ++i) {
    check(i * 1.13e-6);      // 0 … 2.26, through the seams at sqrt(1/2), 1 and sqrt(2)
    check(1.0 + i * 1e-12);  // next to one
    check(1.0 - i * 1e-12);
    check(i * 37.31);  // incomes
  }
  for (int e = -1021; e <= 1023; ++e) {
    for (const double m : {1.0, 1.1, 1.4142135623730950, 1.4142135623730951, 1.9999}) check(std::ldexp(m, e));
  }
  EXPECT_LT(worst, 1.0L);
}

TEST(Numbers, LogAndExpUndoEachOther) {
  for (double x = -600.0; x <= 600.0; x += 0.0137) {
    EXPECT_NEAR(fixed_log(fixed_exp(x)), x, 4e-16 * std::max(1.0, std::fabs(x))) << x;
  }
}

TEST(Numbers, UniformsAreExactMidpoints) {
  EXPECT_EQ(uniform_from(0), 0x1p-33);
  EXPECT_EQ(uniform_from(last_draw), 1.0 - 0x1p-33);
  EXPECT_EQ(uniform_from(0x80000000u), 0.5 + 0x1p-33);
  for (std::uint32_t d = 0; d < last_draw - 70000u; d += 65537u) {
    ASSERT_EQ(uniform_from(d), (static_cast<double>(d) + 0.5) / 4294967296.0);
  }
}

TEST(Numbers, ArraysGiveTheBitsOfScalarsAlsoInPlace) {
  std::vector<std::uint32_t> draws;
  for (std::uint32_t i = 0; i < 1003; ++i) draws.push_back(i * 4282663u);
  std::vector<double> u(draws.size()), e(draws.size()), l(draws.size());
  uniforms_from(draws.data(), u.data(), u.size());
  fixed_exp(u.data(), e.data(), e.size());
  fixed_log(u.data(), l.data(), l.size());
  for (std::size_t i = 0; i < draws.size(); ++i) {
    ASSERT_EQ(u[i], uniform_from(draws[i]));
    ASSERT_EQ(e[i], fixed_exp(u[i]));
    ASSERT_EQ(l[i], fixed_log(u[i]));
  }
  fixed_exp(u.data(), u.data(), u.size());
  EXPECT_EQ(u, e);
}

TEST(Numbers, BitsNeverChange) {
  // The bits every result rests on. A change here is a new major version: old studies cannot be reproduced.
  std::uint64_t exp_hash = 1, log_hash = 2;
  for (std::uint32_t i = 0; i < 1'000'000; ++i) {
    const std::uint32_t draw = i * 2654435761u;
    const double u = uniform_from(draw);
    exp_hash = fold(exp_hash, fixed_exp(1400.0 * (u - 0.5)));
    log_hash = fold(log_hash, fixed_log(1e5 * u));
  }
  EXPECT_EQ(exp_hash, 5147948362239944292u);
  EXPECT_EQ(log_hash, 13892744515527067585u);
}

}  // namespace
}  // namespace tuopin
