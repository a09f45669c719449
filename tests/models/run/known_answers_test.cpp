// The lognormal world: poverty and inequality of the base year, and the calibration, against closed forms.
//
// With μ = ln 6,648 − σ²/2 = 8.5030414, σ = .7733433, z = 2,855, d = (ln z − μ)/σ (Aitchison & Brown 1957, The
// Lognormal Distribution; Shorrocks & Wan 2008 for the poverty measures):
//   E[y^j; y < z] = exp(jμ + j²σ²/2) Φ(d − jσ),  FGT1 = Φ(d) − (m/z) Φ(d − σ),  Watts = σ (dΦ(d) + φ(d)),
//   Gini = 2Φ(σ/√2) − 1,  Theil T = L = σ²/2
// α = 1e-6 for the whole file: each of its random comparisons has 1e-7. The seed is fixed, so that none of them flakes.
#include "models/measures/grouped.hpp"
#include "models/measures/vector_measures.hpp"
#include "tests/models/normal_arithmetic.hpp"
#include "tests/models/worlds.hpp"

namespace tuopin::testing {
namespace {

constexpr std::uint32_t households = 500'000;
constexpr double alpha = 1e-7;
constexpr double s = document_sigma, z = document_line, m = document_mean;
const double mu = std::log(m) - s * s / 2, d = (std::log(z) - mu) / s;

struct Answer {
  double fgt0, fgt1, fgt2, watts, gini, theil;
};
constexpr Answer printed{.240000, .0782035, .0360155, .1093202, .4155088, .2990299};  // model.md 8.3

const Population& people() {
  static const Population population = analytic_population(households);
  return population;
}

/// E[((z − y)/z)^k; y < z] by the binomial theorem.
double fgt(int k) {
  double sum = 0, choose = 1;
  for (int j = 0; j <= k; ++j) {
    sum += choose * (j % 2 ? -1 : 1) * std::exp(j * (mu - std::log(z)) + j * j * s * s / 2) * cumulative(d - j * s);
    choose = choose * (k - j) / (j + 1);
  }
  return sum;
}

/// Variance of an influence function of log income's normal score.
template <typename F>
double variance(F influence) {
  return integral(-9, 9, 4000, [&](double x) { return density(x) * influence(x) * influence(x); });
}

PlaceSums base_year(const Analytic& analytic, std::vector<float>& incomes) {
  const ShardedPopulation sharded(people(), 1, 1);
  SimulatedRun run(analytic_scenario(analytic, region_of(1, z, z, 2020)), sharded, document_calibration);
  const YearNotes& year = run.simulate_year();
  incomes = year.true_income;
  return year.whole();
}

Answer measured(const PlaceSums& sums) {
  const auto n = static_cast<double>(sums.persons);
  constexpr double unit_40 = 0x1p-40, unit_36 = 0x1p-36;
  return {static_cast<double>(sums.poor[0][0]) / n,
          static_cast<double>(sums.gap[0][0]) * unit_40 / n,
          static_cast<double>(sums.gap_squared[0][0]) * unit_40 / n,
          static_cast<double>(sums.watts[0][0]) * unit_36 / n,
          grouped_gini(sums.bins[0]),
          grouped_theil(sums.bins[0])};
}

TEST(Lognormal, ClosedFormsGiveTheTable) {
  EXPECT_NEAR(mu, 8.5030414, 5e-8);
  EXPECT_NEAR(cumulative(d), printed.fgt0, 5e-7);
  EXPECT_NEAR(fgt(1), printed.fgt1, 5e-8);
  EXPECT_NEAR(cumulative(d) - m / z * cumulative(d - s), printed.fgt1, 5e-8);
  EXPECT_NEAR(fgt(2), printed.fgt2, 5e-8);
  EXPECT_NEAR(s * (d * cumulative(d) + density(d)), printed.watts, 5e-8);
  EXPECT_NEAR(2 * cumulative(s / std::sqrt(2.0)) - 1, printed.gini, 5e-8);
  EXPECT_NEAR(s * s / 2, printed.theil, 5e-8);
}

TEST(Lognormal, WithoutLuckTheWorldIsTheTable) {
  // All variance permanent: incomes are the quantiles at (i − ½)/n, a midpoint rule. Its error for a share is at most
  // half a household, for the bounded gaps less; float32 scores and incomes add 1e-7. What it
  // leaves out of the upper tail is below half of the richest household's share of all income, 3e-5.
  std::vector<float> incomes;
  const Answer a = measured(base_year({1.0, 0.0, 0.0}, incomes));
  EXPECT_NEAR(a.fgt0, printed.fgt0, 1.0 / households + 5e-7);
  EXPECT_NEAR(a.fgt1, printed.fgt1, 1e-6);
  EXPECT_NEAR(a.fgt2, printed.fgt2, 1e-6);
  EXPECT_NEAR(a.watts, printed.watts, 1e-6);
  const std::vector<double> income(incomes.begin(), incomes.end());
  EXPECT_NEAR(exact::gini({income}), printed.gini, 3e-5);
  EXPECT_NEAR(exact::theil({income}), printed.theil, 3e-5 * 4.75);  // by y ln y: times the log of the richest
  EXPECT_NEAR(exact::mean_log_deviation({income}), printed.theil, 3e-5);
  EXPECT_NEAR(exact::fgt({income}, z, 2), a.fgt2, 1e-9);
  EXPECT_NEAR(exact::watts({income}, z), a.watts, 1e-9);
}

TEST(Lognormal, GroupedInequalityHidesNoMoreThanItsBound) {
  std::vector<float> incomes;
  const PlaceSums sums = base_year({1.0, 0.0, 0.0}, incomes);
  const std::vector<double> income(incomes.begin(), incomes.end());
  const double gini = exact::gini({income}), theil = exact::theil({income});
  EXPECT_LE(grouped_gini(sums.bins[0]), gini + 1e-9);
  EXPECT_GE(grouped_gini(sums.bins[0]) + grouped_gini_bound(sums.bins[0]), gini - 1e-9);
  EXPECT_LE(grouped_theil(sums.bins[0]), theil + 1e-9);
  EXPECT_GE(grouped_theil(sums.bins[0]) + bin_width * bin_width / 8, theil - 1e-9);
}

TEST(Lognormal, WithLuckTheWorldIsTheTableWithinItsError) {
  // All variance persistent: every income is an independent draw, the hardest case. Variances of the influence
  // functions:
  std::vector<float> incomes;
  const Answer a = measured(base_year({0.0, 1.0, 0.5}, incomes));
  const auto near = [](double value, double answer, double var) {
    EXPECT_NEAR(value, answer, bound(var, households, alpha));
  };
  near(a.fgt0, printed.fgt0, fgt(0) - fgt(0) * fgt(0));
  near(a.fgt1, printed.fgt1, fgt(2) - fgt(1) * fgt(1));
  near(a.fgt2, printed.fgt2, fgt(4) - fgt(2) * fgt(2));
  near(a.watts, printed.watts, s * s * ((1 + d * d) * cumulative(d) + d * density(d)) - printed.watts * printed.watts);
  const std::vector<double> income(incomes.begin(), incomes.end());
  const auto relative = [](double x) { return std::exp(s * x - s * s / 2); };  // y/m
  near(exact::gini({income}), printed.gini, variance([&](double x) {
         const double y = relative(x);  // E|y − Y|/m − G − G y/m
         return y * (2 * cumulative(x) - 1) + 1 - 2 * cumulative(x - s) - printed.gini - printed.gini * y;
       }));
  near(exact::theil({income}), printed.theil, variance([&](double x) {
         const double y = relative(x), t = printed.theil;
         return y * std::log(y) - t - (t + 1) * (y - 1);
       }));
  near(exact::mean_log_deviation({income}), printed.theil,
       variance([&](double x) { return -std::log(relative(x)) - printed.theil + relative(x) - 1; }));
}

TEST(Calibration, FindsTheSpreadWithoutLuck) {
  const ShardedPopulation sharded(people(), 1, 1);
  const Region region = region_of(1, z, z, 2020);
  const Calibration found = calibrate(sharded, analytic_scenario({1.0, 0.0, 0.0}, region), region);
  // The rate moves in steps of 1/n, and dH/dσ = φ(d)(½ − ln(z/m)/σ²) ≈ .595 at a fixed mean.
  EXPECT_NEAR(found.sigma, document_sigma, 2e-5);
  // Half of the richest household's share of all income is what the midpoint rule may leave out of the upper tail.
  const double richest = std::exp(s * normal_quantile(1 - 0.5 / households) - s * s / 2);
  EXPECT_NEAR(found.level, document_mean, document_mean * richest / households / 2);
}

TEST(Calibration, FindsTheSpreadWithinItsError) {
  // H(σ, level): at a fixed sample mean the estimate solves mean[1(y < z)] = .24. With d = ln(z/m)/σ + σ/2,
  //   dH/dσ = φ(d) (½ − ln(z/m)/σ²),   dH/dln(level) = −φ(d)/σ,
  // so σ̂ − σ ≈ −mean[1(y < z) − H + φ(d)/σ (y/m − 1)] / (dH/dσ).
  const double slope = density(d) * (0.5 - std::log(z / m) / (s * s));
  const double var = variance([&](double x) {
    return ((x < d ? 1.0 : 0.0) - cumulative(d) + density(d) / s * (std::exp(s * x - s * s / 2) - 1)) / slope;
  });
  const ShardedPopulation sharded(people(), 1, 1);
  const Region region = region_of(1, z, z, 2020);
  for (const Analytic& a : {Analytic{0.0, 1.0, 0.5}, Analytic{0.6, 0.2, 0.5}}) {
    const Calibration found = calibrate(sharded, analytic_scenario(a, region), region);
    EXPECT_NEAR(found.sigma, document_sigma, bound(var, households, alpha)) << "permanent share " << a.permanent;
  }
}

}  // namespace
}  // namespace tuopin::testing
