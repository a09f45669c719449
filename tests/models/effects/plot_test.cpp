// Plots: money, days and land by age, worked out by hand.
#include <gmock/gmock.h>

#include "tests/models/random_case.hpp"

namespace tuopin::testing {
namespace {

using ::testing::HasSubstr;

constexpr double line = 3000, mean = 6648, sigma = 0.8;
constexpr std::uint32_t households = 300;

/// Plots of 2 mu a member for everyone in 2016; `more` goes into the effect, `years` they stay.
std::string plots(const std::string& more, int years = 10, int from = 2016) {
  return fmt::format(
      "title = \"plots\"\nwindow = [{0}, {0}]\nunit = \"household\"\neligible = \"year > 0\"\n[evidence]\ngrade = "
      "\"D\"\nsource = \"assumption: a test\"\n[score]\nexpression = \"1\"\nnoise_sd = 0.0\n[capacity]\nunit = "
      "\"households\"\nall = true\n[effect.plot]\nverb = \"asset_grant\"\nasset = \"plot\"\narea_per_member = 2\n{1}"
      "[duration]\nyears = {2}\n[cost]\nfunding = {{ gifts = 1.0 }}\n",
      from, more, years);
}

const std::string rented =
    "land = \"rented\"\npays_costs_until_harvest = false\n"
    "rent = { value = 100, unit = \"yuan/mu/year\", source = \"assumption: a test\" }\n";
const std::string cleared = "land = \"cleared\"\npays_costs_until_harvest = true\n";
const std::string own = "land = \"own\"\npays_costs_until_harvest = true\n";

struct World_ {
  double displacement = 0, grain_income = 400;
  bool streams = false;
  std::map<std::string, double> crop = {};  ///< numbers of plum other than these: first harvest in year 3, full in 5
};

/// Plum alone, and no luck: a full harvest is worth 1,200 yuan a mu and costs 500, a young mu 200.
Region one_crop(const std::map<std::string, double>& other) {
  Region region = region_of(1, line, line, 2021);
  region.crops.resize(1);
  for (auto& [county, shares] : region.crop_shares) shares = {{"plum", 1.0}};
  std::map<std::string, double> numbers = {{"price", 2.5},
                                           {"yield", 480},
                                           {"cash_cost", 500},
                                           {"cash_cost_young", 200},
                                           {"labour_days_planting", 15},
                                           {"labour_days_young", 6},
                                           {"labour_days_bearing", 18},
                                           {"price_sd", 0},
                                           {"yield_sd", 0}};
  for (const auto& [name, value] : other) numbers[name] = value;
  for (const auto& [name, value] : numbers) region.crops.front().numbers.at(name).value = value;
  return region;
}

/// Incomes that never change without programmes.
Scenario constant_incomes(const World_& w, const std::vector<std::string>& programmes) {
  Scenario scenario = analytic_scenario({}, one_crop(w.crop));
  scenario.settings = settings_of(
      fmt::format(
          "title = \"constant\"\nregion = \"region/region.toml\"\n[growth]\nnominal = {{ value = 0.0, unit = "
          "\"share/year\", source = \"assumption: a test\" }}\n[income]\npermanent_share = 1.0\npersistent_share = "
          "0.0\n"
          "autocorrelation = 0.5\nmeasurement_share = 0.0\nstreams = {}\n[shocks]\noff = true\nreason = \"a test\"\n"
          "[labour]\ndays_per_worker = 300\ndisplacement = {}\n[land]\ngrain_income = {{ value = {}, unit = "
          "\"yuan/mu/year\", source = \"assumption: a test\" }}\ngrain_days = {{ value = 10, unit = \"days/mu/year\", "
          "source = \"assumption: a test\" }}\n[safety_net]\noff = true\nreason = \"a test\"\n[guarantees]\noff = "
          "true\nreason = \"a test\"\n[measurement]\nmean_reversion = 0.0\n[register]\nline = \"statistical\"\n"
          "[funds.gifts]\nunlimited = true\nreason = \"a test\"\n",
          w.streams, w.displacement, w.grain_income),
      shipped_file_kinds().scenario, "constant");
  for (const std::string& programme : programmes)
    scenario.programmes.push_back(
        settings_of(programme, shipped_file_kinds().programme, "plots_" + std::to_string(scenario.programmes.size())));
  return scenario;
}

/// Households of two with one worker and the given arable land.
Population people_with(double arable_mu) {
  Population p = empty_population(households, 3, 1);
  p.persons = Table("persons", 2 * households, codebook::persons());
  for (std::uint32_t row = 0; row < households; ++row) {
    p.households.column<float>("permanent_score")[row] = static_cast<float>(normal_quantile((row + 0.5) / households));
    p.households.column<std::uint8_t>("members")[row] = 2;
    p.households.column<std::uint8_t>("able_workers")[row] = 1;
    p.households.column<std::uint32_t>("person_begin")[row] = 2 * row;
    p.households.column<float>("arable_mu")[row] = static_cast<float>(arable_mu);
    p.households.column<float>("share_wage")[row] = 0.7f;
    p.households.column<float>("share_business")[row] = 0.3f;
  }
  for (std::uint32_t person = 0; person < 2 * households; ++person) {
    p.persons.column<std::uint32_t>("id")[person] = person;
    p.persons.column<std::uint32_t>("household")[person] = person / 2;
  }
  p.true_poverty_rate = 0.24;
  p.mean_income = mean;
  return p;
}

/// A run with programmes and its twin without; both have lived the base year.
struct Twins {
  Twins(const World_& w, double arable_mu, const std::vector<std::string>& programmes)
      : population(people_with(arable_mu)), sharded(population, 1, 1),
        with(constant_incomes(w, programmes), sharded, {sigma, mean, 1}),
        without(constant_incomes(w, {}), sharded, {sigma, mean, 1}) {
    next();
  }
  void next() {
    with.simulate_year();
    without.simulate_year();
  }
  template <typename T>
  T of(const char* column, std::uint32_t row = 7) const {
    return with.world().household<T>(column)[row];
  }
  double income(std::uint32_t row = 7) const { return with.years().back().true_income[row]; }
  double income_without(std::uint32_t row = 7) const { return without.years().back().true_income[row]; }

  Population population;
  ShardedPopulation sharded;
  SimulatedRun with, without;
};

/// 4 mu, 1.5 of them own, 2.5 rented for 250 yuan: −4·200−250 while young; then 4(1,200 − 300)ramp − 4·200 − 250 with a
/// ramp of 0.3, 0.65 and 1.
TEST(Plot, EarnsByAge) {
  Twins twins({}, 1.5, {plots(rented)});
  for (const double earned : {-1050.0, -1050.0, -1050.0, 30.0, 1290.0, 2550.0}) {
    twins.next();
    EXPECT_NEAR(twins.of<float>("programme_earnings"), earned, 1e-3);
    EXPECT_EQ(twins.of<std::uint32_t>("planted_own"), 150u);
    EXPECT_EQ(twins.of<std::uint32_t>("planted_rented"), 250u);
    EXPECT_EQ(twins.of<std::uint32_t>("planted_cleared"), 0u);
    // Grain of 1.5 mu at 400 yuan is forgone: 300 yuan for each of the two.
    EXPECT_NEAR(twins.income(100), twins.income_without(100) - 300 + earned / 2, 0.01);
  }
}

TEST(Plot, CostsNothingYoungWhereTheProgrammePays) {
  Twins twins({}, 0, {plots(cleared)});
  for (const double earned : {0.0, 0.0, 0.0, 280.0, 1540.0, 2800.0}) {
    twins.next();
    EXPECT_NEAR(twins.of<float>("programme_earnings"), earned, 1e-3);
    EXPECT_EQ(twins.of<std::uint32_t>("planted_cleared"), 400u);
  }
}

/// Of 4 mu: planting 15 days a mu, young 6; then 6 + 12 ramp, whole days.
TEST(Plot, TakesDaysByAge) {
  Twins twins({.displacement = 0.5}, 1.5, {plots(rented)});
  for (const int days : {60, 24, 24, 38, 55, 72}) {
    twins.next();
    EXPECT_EQ(twins.of<std::uint16_t>("days_taken"), days);
    // The 15 days that grain took on 1.5 mu are free: of 300 days, taken − 15 are lost to other work, at half.
    const double other = twins.income_without(200) * (1 - 0.5 * (days - 15) / 300);
    EXPECT_NEAR(twins.income(200), other - 300 + twins.of<float>("programme_earnings", 200) / 2, 0.01) << days;
  }
}

/// A price below the cost: 4(0.5·480 − 500) = −1,040 a year at the full harvest.
TEST(Plot, MayLoseMoney) {
  Twins twins({.crop = {{"price", 0.5}, {"years_to_first_harvest", 0}, {"years_to_full_harvest", 0}}}, 0,
              {plots(cleared)});
  twins.next();
  EXPECT_NEAR(twins.of<float>("programme_earnings"), -1040, 1e-3);
  EXPECT_NEAR(twins.income(), twins.income_without() - 520, 0.01);
}

/// Where a loss makes income negative, the relative gap stays one, and the mean counts the loss.
TEST(Plot, LossesLeaveTheGapAtTheLine) {
  Twins twins(
      {.crop = {{"price", 0.0}, {"cash_cost", 50'000}, {"years_to_first_harvest", 0}, {"years_to_full_harvest", 0}}}, 0,
      {plots(cleared)});
  twins.next();
  PlaceSums sums = twins.with.years().back().whole();
  EXPECT_LT(twins.income(), -90'000);
  EXPECT_EQ(sums.poor[0][0], 2 * households);
  EXPECT_EQ(sums.gap[0][0], std::int64_t{2 * households} << 40);
  EXPECT_EQ(sums.gap_squared[0][0], std::int64_t{2 * households} << 40);
  EXPECT_NEAR(static_cast<double>(sums.income_fen[0] - twins.without.years().back().whole().income_fen[0]),
              -100'000.0 * 100 * 2 * households, 2.0 * 2 * households);  // floats of 100,000 yuan, a fen each
}

/// Business income, 30% of the whole, falls to zero and no further.
TEST(Plot, GrainForgoneIsAtMostBusinessIncome) {
  Twins twins({.grain_income = 1e5, .streams = true}, 4, {plots(cleared)});
  twins.next();
  EXPECT_NEAR(twins.income(), 0.7 * twins.income_without(), 0.01);
}

/// 5 mu of own land: the first programme takes 4 of them, the second the mu that is left, and keeps to it.
TEST(Plot, LandCarriesOnePlot) {
  Twins twins({}, 5, {plots(rented, 2), plots(own)});
  for (const std::uint32_t planted : {500u, 500u, 100u, 100u}) {
    twins.next();
    EXPECT_EQ(twins.of<std::uint32_t>("planted_own"), planted);
    EXPECT_EQ(twins.of<std::uint32_t>("planted_rented"), 0u);
  }
  EXPECT_NEAR(twins.of<float>("programme_earnings"), 360 - 290, 1e-3);  // year 3, a mu
}

/// Land that a plot has left can carry the next: the first leaves after 2017, the second comes in 2018.
TEST(Plot, LandLeftCanBePlantedAgain) {
  Twins twins({}, 3, {plots(rented, 2), plots(own, 10, 2018)});
  for (const std::uint32_t planted : {300u, 300u, 300u}) {
    twins.next();
    EXPECT_EQ(twins.of<std::uint32_t>("planted_own"), planted);
  }
  EXPECT_EQ(twins.of<std::uint32_t>("planted_rented"), 0u);
}

/// A plot that fails costs its planting year: land, 60 days, 4·200 yuan and the rent.
TEST(Plot, FailureCostsThePlantingYear) {
  Twins twins({}, 1.5, {plots(rented + "failure = 1.0\n")});
  twins.next();
  EXPECT_EQ(twins.of<std::uint16_t>("days_taken"), 60);
  EXPECT_EQ(twins.of<std::uint32_t>("planted_own"), 150u);
  EXPECT_NEAR(twins.of<float>("programme_earnings"), -1050, 1e-3);
  twins.next();
  EXPECT_EQ(twins.of<std::uint16_t>("days_taken"), 0);
  EXPECT_EQ(twins.of<std::uint32_t>("planted_own") + twins.of<std::uint32_t>("planted_rented"), 0u);
  EXPECT_EQ(twins.of<float>("programme_earnings"), 0);
  EXPECT_EQ(twins.income(), twins.income_without());
}

std::int64_t declared(const YearNotes& notes, const char* sum) {
  return notes.whole().of(*notes.result.declared->find(sum));
}

/// In random worlds: no household plants more of its own land than it has, and every mu is counted once.
TEST(Plot, MuAreConserved) {
  std::int64_t own_land = 0, rented_land = 0, cleared_land = 0;
  for (std::uint64_t number = 0; number < cases; ++number) {
    const Case c(number);
    SimulatedRun run(c.scenario, c.sharded, c.calibration, c.seed);
    for (int year = first_year; year <= c.last_year; ++year) {
      const YearNotes& notes = run.simulate_year();
      const World& world = run.world();
      std::vector<std::int64_t> of_plots(world.shard.rows);
      for (std::size_t p = 0; p < world.programmes.size(); ++p)
        for (const Enrolment& e : everyone_enrolled(world.programmes[p]))
          if (e.detail < 128 || e.entered == year) of_plots[e.household] += e.own_land;
      std::int64_t sums[3] = {};
      for (std::uint32_t row = 0; row < world.shard.rows; ++row) {
        const std::uint32_t planted = world.household<std::uint32_t>("planted_own")[row];
        ASSERT_LE(planted, 100.0 * world.shard.population->households.column<float>("arable_mu")[row]) << number;
        ASSERT_EQ(planted, of_plots[row]) << number << " " << year;
        const std::int64_t weight = world.shard.people.weight[row];
        sums[0] += planted * weight;
        sums[1] += world.household<std::uint32_t>("planted_rented")[row] * weight;
        sums[2] += world.household<std::uint32_t>("planted_cleared")[row] * weight;
      }
      ASSERT_EQ(declared(notes, "planted_own"), sums[0]);
      ASSERT_EQ(declared(notes, "planted_rented"), sums[1]);
      ASSERT_EQ(declared(notes, "planted_cleared"), sums[2]);
      own_land += sums[0];
      rented_land += sums[1];
      cleared_land += sums[2];
    }
  }
  EXPECT_GT(own_land, std::int64_t{50 * cases});
  EXPECT_GT(rented_land, std::int64_t{50 * cases});
  EXPECT_GT(cleared_land, std::int64_t{50 * cases});
}

std::vector<std::string> problems_of(const std::string& effect) {
  const Scenario scenario = constant_incomes({}, {plots(effect)});
  std::vector<Problem> problems;
  YearNeeds needs;
  Programme(scenario.programmes.front(), PriceIndices(scenario.settings), *scenario.region, shipped_verbs(),
            shipped_catalogue().schema_of(scenario), needs, problems);
  std::vector<std::string> texts;
  for (const Problem& problem : problems) texts.push_back(to_text(problem));
  return texts;
}

TEST(Plot, RefusesWhatIsNotSaid) {
  EXPECT_THAT(problems_of("pays_costs_until_harvest = true\n"), ::testing::ElementsAre(HasSubstr("give land")));
  EXPECT_THAT(problems_of("land = \"own\"\n"), ::testing::ElementsAre(HasSubstr("give pays_costs_until_harvest")));
  EXPECT_THAT(problems_of("land = \"rented\"\npays_costs_until_harvest = true\n"),
              ::testing::ElementsAre(HasSubstr("at no stated rent")));
  EXPECT_THAT(problems_of(rented), ::testing::IsEmpty());
}

}  // namespace
}  // namespace tuopin::testing
