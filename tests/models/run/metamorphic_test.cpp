// Metamorphic properties in a thousand random small worlds: changes without effect change no bit, unconditional money
// makes nobody poorer, and neither the order of independent programmes nor the number of threads matters.
#include "models/run/load.hpp"
#include "tests/models/random_case.hpp"

namespace tuopin::testing {
namespace {

TEST(Metamorphic, WhatChangesNothingChangesNoBit) {
  for (std::uint64_t number = 0; number < cases; ++number) {
    SCOPED_TRACE(number);
    Case c(number);
    const auto plain = c.hashes(c.scenario);

    // A programme without money is as if it were not there, wherever it stands in the list.
    Scenario penniless = c.scenario;
    std::string text = random_programme_text(c.dice, {}, first_year + 1, c.last_year);
    text.resize(std::min(text.size(), text.find("[budget]")));
    const auto place = c.dice.whole(0, static_cast<int>(penniless.programmes.size()));
    penniless.programmes.insert(
        penniless.programmes.begin() + place,
        settings_of(text + "[budget]\nby_year = { 2015 = 0 }\nsource = \"assumption: random\"\n",
                    shipped_file_kinds().programme, "penniless"));
    ASSERT_EQ(c.hashes(penniless), plain) << text;

    // A longer horizon changes no earlier year.
    Scenario longer = c.scenario;
    Region region = *longer.region;
    region.last_year += 2;
    longer.region = std::make_shared<const Region>(region);
    auto more = c.hashes(longer);
    more.resize(plain.size());
    ASSERT_EQ(more, plain);

    // What begins in a later year leaves the years before it as they were.
    Scenario later = c.scenario;
    const int from = c.dice.whole(first_year + 1, c.last_year);
    later.programmes.insert(later.programmes.begin(), random_programme(c.dice, "late", {}, from, c.last_year));
    auto early = c.hashes(later), expected = plain;
    early.resize(static_cast<std::size_t>(from - first_year));
    expected.resize(early.size());
    ASSERT_EQ(early, expected) << "from " << from;

    if (number % 10 == 0) {
      ASSERT_EQ(c.hashes(c.scenario, 2), plain);
    }
  }
}

TEST(Metamorphic, OrderOfIndependentProgrammesDoesNotMatter) {
  for (std::uint64_t number = 0; number < cases; ++number) {
    SCOPED_TRACE(number);
    Case c(number);
    // Own funds, no days, no common state: money beside training.
    const Settings money =
        random_programme(c.dice, "money", {false, "{ own = 1.0 }", {"stream_add"}}, first_year + 1, c.last_year);
    const Settings training = random_programme(c.dice, "training", {false, "{ other = 1.0 }", {"transition_shift"}},
                                               first_year + 1, c.last_year);
    Scenario one = c.scenario, other = c.scenario;
    one.programmes.insert(one.programmes.end(), {money, training});
    other.programmes.insert(other.programmes.end(), {training, money});
    ASSERT_EQ(c.hashes(one), c.hashes(other));
  }
}

Settings without_safety_net(const Settings& settings) {
  std::vector<Problem> problems;
  Settings changed = settings.with_changes({{"safety_net.off", "true"}, {"safety_net.reason", "\"a test\""}},
                                           shipped_file_kinds().scenario, "without", problems);
  if (!problems.empty()) throw ScenarioError(problems);
  return changed;
}

/// A top-up extends the allowance to those whom the old safety net does not cover, and it is not assessed itself.
TEST(Metamorphic, TopUpsMakeNobodyPoorer) {
  constexpr const char* allowance =
      "title = \"allowance\"\nwindow = [2016, 2019]\nunit = \"household\"\neligible = \"members >= 1\"\n[evidence]\n"
      "grade = \"D\"\nsource = \"assumption: random\"\n[score]\nexpression = \"-assessed_income\"\nnoise_sd = 0.5\n"
      "[capacity]\nunit = \"households\"\nby_year = { 2016 = 20, 2017 = 20, 2018 = 20, 2019 = 20 }\nsource = "
      "\"assumption: random\"\n[effect.top_up]\nverb = \"stream_add\"\nstream = \"allowance\"\ntop_up_to = { from_year "
      "= "
      "{ 2016 = 3000 }, source = \"assumption: random\" }\nadequacy = 0.8\n[duration]\nyears = 9\ndropout = "
      "0.1\n[cost]\n"
      "funding = { own_fund = 1.0 }\n";
  int richer_households = 0;
  for (std::uint64_t number = 0; number < cases; ++number) {
    SCOPED_TRACE(number);
    const Case c(number, {false, "", {"slot", "stream_add", "asset_grant", "move", "transition_shift"}});
    Scenario with = c.scenario;
    with.programmes.push_back(settings_of(allowance, shipped_file_kinds().programme, "extension"));
    SimulatedRun poorer(c.scenario, c.sharded, c.calibration, c.seed), richer(with, c.sharded, c.calibration, c.seed);
    poorer.live_all();
    richer.live_all();
    for (std::size_t y = 0; y < poorer.years().size(); ++y)
      for (std::uint32_t row = 0; row < c.shard.rows; ++row) {
        const float less = poorer.years()[y].true_income[row], more = richer.years()[y].true_income[row];
        ASSERT_GE(more, less) << "household " << row << " in year " << first_year + static_cast<int>(y);
        richer_households += more > less;
      }
  }
  EXPECT_GT(richer_households, int{cases});
}

TEST(Metamorphic, UnconditionalMoneyMakesNobodyPoorer) {
  constexpr const char* gift =
      "title = \"gift\"\nwindow = [2016, 2019]\nunit = \"household\"\neligible = \"members >= 1\"\n[evidence]\ngrade = "
      "\"D\"\n"
      "source = \"assumption: random\"\n[score]\nexpression = \"0\"\nnoise_sd = 0.0\n[capacity]\nunit = "
      "\"households\"\nall = true\n"
      "[effect.money]\nverb = \"stream_add\"\nstream = \"programme_cash\"\n"
      "amount = { value = 100, unit = \"yuan/year\", source = \"assumption: random\" }\n"
      "[duration]\nyears = 2\ndropout = 0.0\n[cost]\nfunding = { gift_fund = 1.0 }\n";
  for (std::uint64_t number = 0; number < cases; ++number) {
    SCOPED_TRACE(number);
    Case c(number, {false, "", {"slot", "stream_add", "asset_grant", "move", "transition_shift"}});
    c.scenario.settings = without_safety_net(c.scenario.settings);  // which would see the gift in the year after
    Scenario with = c.scenario;
    with.programmes.insert(with.programmes.begin() + c.dice.whole(0, static_cast<int>(with.programmes.size())),
                           settings_of(gift, shipped_file_kinds().programme, "gift"));
    SimulatedRun poorer(c.scenario, c.sharded, c.calibration, c.seed), richer(with, c.sharded, c.calibration, c.seed);
    poorer.live_all();
    richer.live_all();
    for (std::size_t y = 0; y < poorer.years().size(); ++y)
      for (std::uint32_t row = 0; row < c.shard.rows; ++row) {
        const float less = poorer.years()[y].true_income[row], more = richer.years()[y].true_income[row];
        ASSERT_GE(more, less) << "household " << row << " in year " << first_year + static_cast<int>(y);
        if (y > 0) {
          ASSERT_GT(more, less);
        }
      }
  }
}

TEST(Metamorphic, ThreadsDoNotMatterWhereBlocksAreMany) {
  Dice dice(4711);
  const Population large = population_of_many_blocks(dice);
  const ShardedPopulation sharded(large, 1, 1);
  ASSERT_GT(sharded.cells().size(), 8u);
  for (std::uint64_t number = 0; number < 20; ++number) {
    SCOPED_TRACE(number);
    Case c(number);
    Scenario scenario = c.scenario;
    scenario.region = std::make_shared<const Region>(region_of(3, 2855, 3000, c.last_year));
    std::vector<std::vector<std::uint64_t>> hashes;
    for (const int threads : {1, 2, 3}) {
      SimulatedRun run(scenario, sharded, c.calibration, c.seed, 0, threads);
      hashes.emplace_back();
      for (const YearNotes& year : run.live_all()) hashes.back().push_back(year.hash);
    }
    ASSERT_EQ(hashes[0], hashes[1]);
    ASSERT_EQ(hashes[0], hashes[2]);
  }
}

}  // namespace
}  // namespace tuopin::testing
