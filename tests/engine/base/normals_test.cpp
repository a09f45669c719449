// Accuracy, monotonicity and bits of the standard normals. The fast pass over an array has the bits of the plain loop,
// wherever in the array and in its regions a draw stands.
// Reference: the C library in 80-bit long double (64-bit mantissa), at least a hundred times finer than our bounds.
#include "engine/base/normals.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "engine/base/ids.hpp"

namespace tuopin {
namespace {

constexpr std::uint32_t last_draw = std::numeric_limits<std::uint32_t>::max();

/// Distribution function of the standard normal from the left, without cancellation in the left tail.
long double normal_below(long double z) { return erfcl(-z / sqrtl(2.0L)) / 2.0L; }
long double normal_density(long double z) { return expl(-z * z / 2.0L) / sqrtl(2.0L * acosl(-1.0L)); }

TEST(Normals, AreAccurate) {
  // One Newton step from our value towards the root of the exact distribution function is our error.
  long double worst = 0;
  const auto check = [&](std::uint32_t draw) {
    const double z = normal_from(draw), u = uniform_from(draw);
    const bool left = z < 0;  // work in the left tail: 1 - u is exact
    const long double at = left ? z : -static_cast<long double>(z);
    const long double p = left ? u : 1.0 - u;
    const long double error = fabsl((normal_below(at) - p) / normal_density(at));
    worst = std::max(worst, error / std::max(1.0L, fabsl(at)));
  };
  for (std::uint32_t d = 0; d < last_draw - 4099u; d += 4099u) check(d);
  for (std::uint32_t d = 0; d < 20000; ++d) check(d), check(last_draw - d);
  EXPECT_LT(worst, 1e-15L);
}

TEST(Normals, AreIncreasingAndAntisymmetric) {
  // All 2^32 draws were compared once when the function was written; here: every seam, both ends and a grid.
  const auto increases = [](std::uint32_t from, std::uint32_t count) {
    double before = normal_from(from);
    for (std::uint32_t i = 1; i <= count; ++i) {
      const double now = normal_from(from + i);
      ASSERT_LT(before, now) << from + i;
      before = now;
    }
  };
  increases(0, 200'000);
  increases(last_draw - 200'000, 200'000);
  increases(0x80000000u - 100'000, 200'000);
  const auto seam = static_cast<std::uint32_t>(0.075 * 4294967296.0);
  increases(seam - 100'000, 200'000);
  increases(last_draw - seam - 100'000, 200'000);
  for (std::uint32_t d = 0; d < last_draw - 1000u; d += 997u) {
    ASSERT_LT(normal_from(d), normal_from(d + 1));
    ASSERT_EQ(normal_from(d), -normal_from(~d));
  }
}

TEST(Normals, QuantileAgreesWithNormalOfADrawAndReachesTheFarTail) {
  for (std::uint32_t d = 0; d < last_draw - 70000u; d += 65537u)
    ASSERT_EQ(normal_quantile(uniform_from(d)), normal_from(d));
  // Wichura (1988), table of checks: PPND16(.25), (.001), (1e-20).
  EXPECT_NEAR(normal_quantile(0.25), -0.6744897501960817, 1e-15);
  EXPECT_NEAR(normal_quantile(0.001), -3.090232306167814, 1e-14);
  EXPECT_NEAR(normal_quantile(1e-20), -9.262340089798408, 1e-14);
  EXPECT_EQ(normal_quantile(0.5), 0.0);
}

using Draws = std::vector<std::uint32_t>;
using Pass = void (*)(const std::uint32_t*, double*, std::size_t);

std::vector<double> normals_of(const Draws& draws, Pass pass = normals_from) {
  std::vector<double> z(draws.size());
  pass(draws.data(), z.data(), z.size());
  return z;
}

Draws in_a_row(std::uint32_t from, std::uint32_t count) {
  Draws draws(count);
  for (std::uint32_t i = 0; i < count; ++i) draws[i] = from + i;
  return draws;
}

/// All 2^32 draws were compared once when the pass was written; here: a stride through them, and every draw around both
/// borders of the regions, both ends and the middle.
TEST(Normals, OfAnArrayHaveTheBitsOfThePlainLoop) {
  Draws stride;
  for (std::uint32_t d = 0; d < last_draw - 1009u; d += 1009u) stride.push_back(d);
  ASSERT_EQ(normals_of(stride), normals_of(stride, normals_one_by_one));
  constexpr std::uint32_t around = 100'000;
  for (const std::uint32_t middle : {0u, 322'122'547u, 0x80000000u, 3'972'844'748u}) {  // 0: around both ends
    const Draws draws = in_a_row(middle - around, 2 * around);
    ASSERT_EQ(normals_of(draws), normals_of(draws, normals_one_by_one)) << middle;
  }
}

/// Lengths around those of vectors and tiles; draws that are all central, all in the tails, or mixed.
TEST(Normals, OfAnArrayDependOnNoLengthAndNoPlace) {
  Draws mixed(5000), central(5000), tails(5000);
  for (std::uint32_t i = 0; i < mixed.size(); ++i) {
    mixed[i] = i * 2654435761u;
    central[i] = 0x80000000u + i * 100'003u;
    tails[i] = i % 2 ? i * 64'007u : ~(i * 64'007u);
  }
  for (const Draws* draws : {&mixed, &central, &tails}) {
    const std::vector<double> all = normals_of(*draws, normals_one_by_one);
    for (const std::size_t first : {0u, 1u, 13u})
      for (const std::size_t n :
           {0u, 1u, 2u, 15u, 16u, 17u, 31u, 32u, 33u, 47u, 64u, 2047u, 2048u, 2049u, 4096u, 4980u}) {
        const auto from = static_cast<std::ptrdiff_t>(first), to = static_cast<std::ptrdiff_t>(first + n);
        const std::vector<double> expected(all.begin() + from, all.begin() + to);
        ASSERT_EQ(normals_of(Draws(draws->begin() + from, draws->begin() + to)), expected) << first << " " << n;
      }
  }
}

TEST(Normals, BitsNeverChange) {
  // The bits every result rests on. A change here is a new major version: old studies cannot be reproduced.
  Draws draws(1'000'000);
  for (std::uint32_t i = 0; i < draws.size(); ++i) draws[i] = i * 2654435761u;
  for (const Pass pass : {Pass(normals_from), Pass(normals_one_by_one)}) {
    std::uint64_t hash = 3;
    for (const double z : normals_of(draws, pass))
      hash = mix64(hash ^ std::bit_cast<std::uint64_t>(z)) * 0x9e3779b97f4a7c15u;
    EXPECT_EQ(hash, 4120245809449982280u);
  }
}

}  // namespace
}  // namespace tuopin
