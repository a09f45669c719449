// Poverty that moves by luck alone: exits, sustained exits and falls back through the real model, against normal
// arithmetic; the register as a Markov chain; the null register. No programme, no growth where not said.
//
// α = 1e-6 for the whole file, shared over its fewer than 100 comparisons (Bonferroni); the seed is fixed. Bounds are
// those of independent households; exact normal scores of the permanent part only make the worlds less noisy than that.
#include "tests/models/normal_arithmetic.hpp"
#include "tests/models/worlds.hpp"

namespace tuopin::testing {
namespace {

constexpr std::uint32_t households = 1'000'000;
constexpr double alpha = 1e-6 / 100;
constexpr double s = document_sigma;
const double d = std::log(document_line / document_mean) / s + s / 2;

const ShardedPopulation& sharded() {
  static const Population population = analytic_population(households);
  static const ShardedPopulation sharded(population, 1, 1);
  return sharded;
}

/// Poverty flags of the first years, [year][household].
std::vector<std::vector<std::uint8_t>> poverty(const Analytic& analytic, int years) {
  SimulatedRun run(analytic_scenario(analytic, region_of(1, document_line, document_line, 2014 + years)), sharded(),
                   document_calibration);
  std::vector<std::vector<std::uint8_t>> flags;
  for (const YearNotes& year : run.live_all()) flags.push_back(year.poor);
  return flags;
}

/// Households whose first years read as `given` ('p' poor, 'n' not), and the share of them who go on with `then`.
struct Share {
  double share, n;
};
Share share_of(const std::vector<std::vector<std::uint8_t>>& flags, const std::string& given, char then) {
  double n = 0, hits = 0;
  for (std::size_t row = 0; row < households; ++row) {
    bool matches = true;
    for (std::size_t t = 0; t < given.size(); ++t) matches = matches && (flags[t][row] != 0) == (given[t] == 'p');
    n += matches;
    hits += matches && (flags[given.size()][row] != 0) == (then == 'p');
  }
  return {hits / n, n};
}

void expect_share(const Share& found, double answer, const char* what) {
  EXPECT_NEAR(found.share, answer, bound_of_share(answer, found.n, alpha)) << what << " among " << found.n;
}

struct Luck1 {
  double rho, exit, sustained, fall_back;  ///< printed in model.md 8.3; 0: not printed
};
constexpr Luck1 pure[] = {{.95, .164, 0, 0},         {.90, .232, .1757, .2427}, {.80, .330, .2542, .2287},
                          {.70, .405, .3159, .2207}, {.60, .470, 0, 0},         {.50, .528, 0, 0}};

TEST(ExitByLuck, PureAutoregression) {
  // Among the poor of the base year: exit = not poor a year later; sustained = not poor in both later years.
  // Among those who exited: fall-back = poor again in the second year.
  for (const Luck1& row : pure) {
    const double stay_out = out_and(false, d, row.rho), back = out_and(true, d, row.rho), poor = cumulative(d);
    const double exit = (stay_out + back) / poor, sustained = stay_out / poor, fall_back = back / (stay_out + back);
    EXPECT_NEAR(exit, row.exit, 0.0005001);
    if (row.sustained > 0) {  // measured once with some millions of draws: the last digit may be off by one
      EXPECT_NEAR(sustained, row.sustained, 0.00015);
      EXPECT_NEAR(fall_back, row.fall_back, 0.00015);
    }
    SCOPED_TRACE(row.rho);
    const auto flags = poverty({0.0, 1.0, row.rho}, 3);
    const Share out = share_of(flags, "p", 'n'), later = share_of(flags, "pn", 'n');
    expect_share(out, exit, "exit");
    expect_share({out.share * later.share, out.n}, sustained, "sustained");
    expect_share({1 - later.share, later.n}, fall_back, "fall-back");
    for (const auto& year : flags) {  // stationary: the rate is that of the base year
      double n = 0;
      for (const std::uint8_t flag : year) n += flag;
      expect_share({n / households, households}, poor, "rate");
    }
  }
}

TEST(ExitByLuck, ThreeParts) {
  // The default process: 60% of the variance permanent, 20% autoregressive with .5, 20% white: autocorrelation .70.
  const double f = .6 * s * s, z = .2 * s * s, e = .2 * s * s;
  const std::vector<double> line(3, d * s);
  const auto path = [&](const std::string& wanted) { return path_probability(f, z, e, .5, line, wanted); };
  const double poor = path("p"), out = path("pn"), stay_out = path("pnn"), back = path("pnp");
  EXPECT_NEAR(poor, .24, 1e-6);
  EXPECT_NEAR(stay_out / poor, .2640, 0.00005001);
  EXPECT_NEAR(back / out, .3486, 0.00005001);
  const auto flags = poverty({}, 3);
  const Share exits = share_of(flags, "p", 'n'), later = share_of(flags, "pn", 'n');
  expect_share(exits, out / poor, "exit");
  expect_share({exits.share * later.share, exits.n}, stay_out / poor, "sustained");
  expect_share({1 - later.share, later.n}, back / out, "fall-back");
}

TEST(Register, IsAMarkovChainWhereIncomeIsWhite) {
  // White income, a line with P(ŷ < line) = .65, detection .06/.65: entry .06, exit .35, start .24 → .146341 = 6/41.
  constexpr double entry = .06, exit = .35;
  const double line = document_mean * std::exp(s * normal_quantile(1 - exit) - s * s / 2);
  Analytic white{0.0, 0.0, 0.0};
  white.of_register = "line = \"administrative\"\ndetection = " + std::to_string(entry / (1 - exit)) +
                      "\npersons = { value = " + std::to_string(households * 24 / 100) +
                      ", unit = \"persons\", source = \"derived: .24\" }";
  SimulatedRun run(analytic_scenario(white, region_of(1, document_line, line, 2015 + 24)), sharded(),
                   document_calibration);
  const double printed[] = {.24, .2016, .178944, .165577, .157690, .153037};
  double share = .24;
  std::size_t t = 0;
  for (const YearNotes& year : run.live_all()) {
    if (t < std::size(printed)) {
      EXPECT_NEAR(share, printed[t], 5.001e-7);
    }
    const auto registered = static_cast<double>(year.whole().registered) / households;
    if (t == 0)
      EXPECT_EQ(year.whole().registered, households * 24 / 100);  // identified to the person
    else
      expect_share({registered, households}, share, "registered");
    share += (1 - share) * entry - share * exit;
    ++t;
  }
  EXPECT_NEAR(share, .146341, 5e-6);
}

/// Exit-only registers of everybody poor at the start (model.md 0.3), on the two bases; percent, 2016 to 2019.
struct NullRegister {
  double sigma, rate, registered[4];
};

TEST(NullRegister, FallsWithoutAnyProgramme) {
  const double income[] = {6648, 7413, 8273, 9183, 10046}, lines[] = {2855, 2952, 2952, 2995, 3218};
  for (const NullRegister& base : {NullRegister{.7733432526, .24, {13.1, 8.0, 5.1, 3.6}},
                                   NullRegister{.7208, .208333, {10.76, 6.24, 3.85, 2.63}}}) {
    const double var = base.sigma * base.sigma;
    Analytic null;
    null.growth =
        "mean_income = { from_year = { 2015 = 6648, 2016 = 7413, 2017 = 8273, 2018 = 9183, 2019 = 10046 }, "
        "source = \"press and statistics\" }\ncontains_plan = true";
    null.of_register = "line = \"statistical\"\nexit_only = true\npersons = { value = " +
                       std::to_string(std::lround(base.rate * households)) +
                       ", unit = \"persons\", source = \"derived\" }";
    Region region = region_of(1, document_line, document_line, 2019);
    for (int t = 0; t < 5; ++t) {
      Quantity line = region.lines.at("statistical").at(2015);
      line.value = line.low = line.high = lines[t];
      region.lines["statistical"][2015 + t] = line;
    }
    SimulatedRun run(analytic_scenario(null, region), sharded(), {base.sigma, document_mean, 1});
    std::vector<double> threshold;
    std::string always, now;
    for (std::size_t t = 0; t < 5; ++t) {
      threshold.push_back(std::log(lines[t] / income[t]) + var / 2);
      always += 'p';
      const PlaceSums year = run.simulate_year().whole();
      // The first list holds the lowest incomes up to the quota, which is the line to within the luck of the base year.
      const double registered = path_probability(.6 * var, .2 * var, .2 * var, .5, threshold, always);
      const double poor = path_probability(.6 * var, .2 * var, .2 * var, .5, threshold, now + 'p');
      now += '*';
      SCOPED_TRACE(2015 + t);
      if (t > 0) {
        EXPECT_NEAR(100 * registered, base.registered[t - 1],
                    .06);  // the table was measured, with a million households
        expect_share({static_cast<double>(year.registered) / households, households}, registered, "registered");
      }
      expect_share({static_cast<double>(year.poor[0][0]) / households, households}, poor, "poor");
    }
  }
}

}  // namespace
}  // namespace tuopin::testing
