// Random numbers: the generator, the addresses, and statistical tests.
#include "engine/base/luck.hpp"

#include <Random123/philox.h>
#undef philox4x64  // a macro of Random123
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>
#include <vector>

#include "engine/base/errors.hpp"

namespace tuopin {
namespace {

TEST(Luck, PhiloxAgreesWithRandom123) {
  r123::Philox4x64_R<10> reference;
  std::uint64_t state = 20160101;
  const auto next = [&] { return mix64(state += 0x9e3779b97f4a7c15u); };
  for (int i = 0; i < 100'000; ++i) {
    const std::uint64_t c0 = next(), c1 = next(), c2 = next(), c3 = next(), k0 = next(), k1 = next();
    const auto expected = reference({{c0, c1, c2, c3}}, {{k0, k1}});
    const PhiloxWords words = philox4x64({c0, c1, c2, c3}, k0, k1);
    for (std::size_t w = 0; w < 4; ++w) ASSERT_EQ(words[w], expected[w]);
  }
}

TEST(Luck, PhiloxAgreesWithNumpyAndWithItsPaper) {
  // numpy.random.Philox(key=12345, counter=0).random_raw()
  EXPECT_EQ(philox4x64({1, 0, 0, 0}, 12345, 0)[0], 0xa5792c0a0ed6a560u);
  // Random123, kat_vectors: philox4x64 10, counter and key of zeros and of ones.
  EXPECT_THAT(philox4x64({0, 0, 0, 0}, 0, 0),
              testing::ElementsAre(0x16554d9eca36314cu, 0xdb20fe9d672d0fdcu, 0xd7e772cee186176bu, 0x7e68b68aec7ba23bu));
  const std::uint64_t ones = ~std::uint64_t{0};
  EXPECT_THAT(philox4x64({ones, ones, ones, ones}, ones, ones),
              testing::ElementsAre(0x87b092c3013fe90bu, 0x438c3c67be8d0224u, 0x9cc7d7c69cd777b6u, 0xa09caebf594f0ba0u));
}

TEST(Luck, TheAddressIsPackedAsDocumented) {
  const std::uint32_t process = hash32("household.income");
  const Luck luck(42, 65536 * 3 + 7, process, 2016, Kind::household);
  const std::uint64_t word1 = (std::uint64_t{process} << 32) | (2016u << 8) | 0u;
  for (const std::uint64_t block : {1u, 2u, 900u}) {
    const PhiloxWords words = philox4x64({block, word1, 0x1234567890abcdefu, 0}, 42, 65536 * 3 + 7);
    const auto draws = luck.block(0x1234567890abcdefu, block);
    for (unsigned w = 0; w < 4; ++w) {
      EXPECT_EQ(draws[2 * w], static_cast<std::uint32_t>(words[w]));
      EXPECT_EQ(draws[2 * w + 1], static_cast<std::uint32_t>(words[w] >> 32));
      EXPECT_EQ(luck.draw(0x1234567890abcdefu, static_cast<unsigned>(8 * (block - 1) + 2 * w)), draws[2 * w]);
    }
  }
  // A year of 24 bits does not touch the process, and kinds do not touch years.
  const std::uint64_t far = (std::uint64_t{9} << 32) | (std::uint64_t{0xffffff} << 8) | 6u;
  EXPECT_EQ(Luck(1, 2, 9, 0xffffff, Kind::population).block(5)[0],
            static_cast<std::uint32_t>(philox4x64({1, far, 5, 0}, 1, 2)[0]));
}

TEST(Luck, EveryPartOfTheAddressMatters) {
  const auto first = [](std::uint64_t seed, std::uint64_t rep, std::uint32_t process, int year, Kind kind,
                        std::uint64_t id,
                        unsigned index) { return Luck(seed, rep, process, year, kind).draw(id, index); };
  const std::uint32_t base = first(1, 2, 3, 2016, Kind::person, 10, 0);
  EXPECT_NE(base, first(2, 2, 3, 2016, Kind::person, 10, 0));
  EXPECT_NE(base, first(1, 3, 3, 2016, Kind::person, 10, 0));
  EXPECT_NE(base, first(1, 2, 4, 2016, Kind::person, 10, 0));
  EXPECT_NE(base, first(1, 2, 3, 2017, Kind::person, 10, 0));
  EXPECT_NE(base, first(1, 2, 3, 2016, Kind::household, 10, 0));
  EXPECT_NE(base, first(1, 2, 3, 2016, Kind::person, 11, 0));
  EXPECT_NE(base, first(1, 2, 3, 2016, Kind::person, 10, 1));
  EXPECT_EQ(base, first(1, 2, 3, 2016, Kind::person, 10, 0));
}

TEST(Luck, FillGivesTheDrawsOfBlockForAnyLengthAndStride) {
  const Luck luck(7, 8, hash32("village.income"), 2018, Kind::village);
  for (const std::size_t n : {0u, 1u, 2u, 63u, 64u, 65u, 200u}) {
    std::vector<std::uint32_t> short_ids(n);
    std::vector<std::uint64_t> long_ids(n);
    for (std::size_t i = 0; i < n; ++i)
      short_ids[i] = static_cast<std::uint32_t>(i * 2654435761u), long_ids[i] = mix64(i);
    const std::size_t stride = n + 5;
    std::vector<std::uint32_t> a(8 * stride, 77), b(8 * stride, 77);
    luck.fill(short_ids, a.data(), stride, 3);
    luck.fill(long_ids, b.data(), stride);
    for (std::size_t k = 0; k < 8; ++k) {
      for (std::size_t i = 0; i < n; ++i) {
        ASSERT_EQ(a[k * stride + i], luck.block(short_ids[i], 3)[k]);
        ASSERT_EQ(b[k * stride + i], luck.block(long_ids[i])[k]);
      }
      for (std::size_t i = n; i < stride; ++i) ASSERT_EQ(a[k * stride + i], 77u) << "wrote beyond its row";
    }
  }
}

TEST(Luck, ProcessNamesWithOneHashAreRefused) {
  EXPECT_NO_THROW(check_process_names({"household.income", "village.income", "programme.rangers.targeting"}));
  EXPECT_THROW(check_process_names({"a", "b", "a"}), ScenarioError);
  const std::string one = "programme.p16545.targeting",
                    other = "programme.p87771.targeting";  // found by search: one FNV-1a value, folded
  ASSERT_EQ(hash32(one), hash32(other));
  try {
    check_process_names({"household.income", one, other});
    FAIL() << "a collision was accepted";
  } catch (const ScenarioError& error) {
    EXPECT_THAT(error.what(), testing::AllOf(testing::HasSubstr(one), testing::HasSubstr(other)));
  }
}

// ---- Statistics. One family of nine χ² tests and six correlations, together at α = 1e-6 (Bonferroni: each at
// 1e-6 / 15 = 6.7e-8, |z| < 5.4). The draws are fixed, so a failure is never bad luck: it is a changed generator.

constexpr double critical_z = 5.40;  // two-sided normal quantile of 6.7e-8
constexpr std::size_t sample = 1u << 20;

/// z of Pearson's χ² with cells - 1 degrees of freedom (mean k, variance 2k; k = 1023, so nearly normal).
double chi_square_z(const std::vector<double>& counts) {
  const double n = std::accumulate(counts.begin(), counts.end(), 0.0);
  const double cells = static_cast<double>(counts.size()), expected = n / cells;
  double chi = 0;
  for (const double count : counts) chi += (count - expected) * (count - expected) / expected;
  return (chi - (cells - 1)) / std::sqrt(2 * (cells - 1));
}

/// Draws `a(i)` and `b(i)` meet in a 32 × 32 table of their top five bits, which tests level and independence;
/// the correlation of the uniforms has standard error 1/√n.
template <typename A, typename B>
void expect_independent(A a, B b, const char* what) {
  std::vector<double> counts(1024);
  double product = 0;
  for (std::size_t i = 0; i < sample; ++i) {
    const std::uint32_t x = a(i), y = b(i);
    counts[(x >> 27) * 32 + (y >> 27)] += 1;
    product += 12 * (uniform_from(x) - 0.5) * (uniform_from(y) - 0.5);
  }
  EXPECT_LT(std::fabs(chi_square_z(counts)), critical_z) << what;
  EXPECT_LT(std::fabs(product / std::sqrt(static_cast<double>(sample))), critical_z) << what;
}

TEST(LuckStatistics, NeighboursOfEveryPartOfTheAddressAreIndependent) {
  const std::uint32_t process = hash32("household.income");
  const Luck base(1, 0, process, 2016, Kind::household);
  const auto mine = [&](std::size_t i) { return base.draw(i, 0); };
  const auto against = [&](const Luck& other, const char* what) {
    expect_independent(
        mine, [&](std::size_t i) { return other.draw(i, 0); }, what);
  };
  expect_independent(
      mine, [&](std::size_t i) { return base.draw(i + 1, 0); }, "ids");
  expect_independent(
      mine, [&](std::size_t i) { return base.draw(i, 1); }, "index");
  against(Luck(1, 0, process, 2017, Kind::household), "years");
  against(Luck(1, 0, hash32("village.income"), 2016, Kind::household), "processes");
  against(Luck(1, 1, process, 2016, Kind::household), "replicates");
  against(Luck(2, 0, process, 2016, Kind::household), "seeds");
}

TEST(LuckStatistics, LowMiddleAndHighBitsAreEquallyDistributed) {
  const Luck luck(3, 4, 5, 2019, Kind::person);
  for (const int shift : {0, 11, 22}) {
    std::vector<double> counts(1024);
    for (std::size_t i = 0; i < sample; ++i) counts[(luck.draw(i, 5) >> shift) & 1023u] += 1;
    EXPECT_LT(std::fabs(chi_square_z(counts)), critical_z) << shift;
  }
}

TEST(LuckStatistics, NormalsHaveMeanZeroVarianceOneAndNoSkew) {
  // Standard errors 1/√n, √(2/n), √(15/n) of the first three moments; α as above.
  const Luck luck(11, 0, 6, 2016, Kind::household);
  double m1 = 0, m2 = 0, m3 = 0;
  for (std::size_t i = 0; i < sample; ++i) {
    const double z = luck.normal(i, 2);
    m1 += z, m2 += z * z, m3 += z * z * z;
  }
  const double n = static_cast<double>(sample);
  EXPECT_LT(std::fabs(m1 / n), critical_z / std::sqrt(n));
  EXPECT_LT(std::fabs(m2 / n - 1), critical_z * std::sqrt(2 / n));
  EXPECT_LT(std::fabs(m3 / n), critical_z * std::sqrt(15 / n));
}

}  // namespace
}  // namespace tuopin
