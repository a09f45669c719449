// What must hold in every world, over a thousand random small ones: conservation of persons, money and days, measures in
// their ranges, a register whose counts add up, and the metamorphic laws of the engine (what changes nothing changes no bit).
#include <cmath>

#include "engine/money/budgets.hpp"
#include "tests/models/random_worlds.hpp"

namespace tuopin::testing {
namespace {

constexpr std::uint64_t cases = 1000;
constexpr int first_year = 2015;

struct Case {
  explicit Case(std::uint64_t number, const ProgrammeWish& wish = {})
      : dice(number), population(random_population(dice)), ground(population), last_year(first_year + dice.whole(2, 4)) {
    const auto counties = static_cast<std::uint32_t>(population.counties.rows());
    scenario.name = "random";
    scenario.settings = settings_of(random_scenario_text(dice, last_year), scenario_file(), "random");
    scenario.region = std::make_shared<const Region>(region_of(counties, dice.between(1500, 4500), dice.between(1500, 4500), last_year));
    const int programmes = dice.whole(0, 4);
    for (int p = 0; p < programmes; ++p)
      scenario.programmes.push_back(random_programme(dice, "p" + std::to_string(p), wish, first_year + 1, last_year));
    calibration = {dice.between(0.2, 1.2), dice.between(2000, 9000), dice.between(0.3, 0.8)};
    seed = number + 1;
  }
  std::vector<std::uint64_t> hashes(const Scenario& of, int threads = 1) const {
    Lived run(of, ground, calibration, seed, 3, threads);
    std::vector<std::uint64_t> years;
    for (const YearNotes& year : run.live_all()) years.push_back(year.hash);
    return years;
  }
  Dice dice;
  Population population;
  Ground ground;
  int last_year;
  Scenario scenario;
  Calibration calibration;
  std::uint64_t seed = 0;
};

void expect_measures_in_range(const PlaceSums& sums) {
  for (std::size_t c = 0; c < concepts; ++c)
    for (std::size_t k = 0; k < line_count; ++k) {
      ASSERT_GE(sums.poor[c][k], 0);
      ASSERT_LE(sums.poor[c][k], sums.persons);
      ASSERT_LE(sums.gap[c][k], sums.poor[c][k] << 40);  // terms are 2^-40 of a person: FGT1 ≤ FGT0
      ASSERT_LE(sums.gap_squared[c][k], sums.gap[c][k]);
      ASSERT_GE(sums.gap_squared[c][k], 0);
      ASSERT_GE(sums.watts[c][k] * 16, sums.gap[c][k] - 16 * sums.persons);  // ln(z/y) ≥ 1 − y/z, to their last bits
      if (k > 0) {
        ASSERT_GE(sums.poor[c][k], sums.poor[c][k - 1]);
      }
    }
}

void expect_register_adds_up(const PlaceSums& now, const PlaceSums* before) {
  ASSERT_GE(now.registered, 0);
  ASSERT_LE(now.registered, now.persons);
  ASSERT_EQ(now.registered - now.registered_not_poor, now.poor[0][0] - now.poor_not_registered);
  if (!before) return;
  ASSERT_EQ(now.registered, before->registered + now.entries - now.exits_gross);
  ASSERT_LE(now.fall_back_registered, now.entries);
}

/// Persons, days and payments, household by household; returns the fen paid this year, weights counted.
std::int64_t expect_sound_households(const World& world, double days_per_worker) {
  const auto& people = world.ground.people;
  const auto& h = world.household;
  std::int64_t paid = 0;
  for (std::uint32_t row = 0; row < world.ground.rows; ++row) {
    const int endowment = static_cast<int>(people.able_workers[row] * days_per_worker);
    EXPECT_LE(h.days_taken[row], endowment);
    EXPECT_EQ(h.days_taken[row] + h.free_days[row], endowment);
    EXPECT_TRUE(std::isfinite(h.true_income[row]) && h.true_income[row] > 0);
    EXPECT_TRUE(std::isfinite(h.measured_income[row]) && h.measured_income[row] > 0);
    EXPECT_TRUE(std::isfinite(h.persistent_income[row]) && std::isfinite(h.programme_earnings[row]));
    EXPECT_GE(h.payments[row], 0);
    EXPECT_LE(h.registered[row], h.ever_registered[row]);
    paid += std::int64_t{h.payments[row]} * people.weight[row];
  }
  return paid;
}

void expect_programmes_within_their_means(const Case& c, const World& world, const Model& model, const YearTallies& tallies) {
  for (std::size_t p = 0; p < model.programmes().size(); ++p) {
    const Programme& programme = model.programmes()[p];
    ProgrammeTally sum;
    for (const ProgrammeTally& tally : tallies[p]) sum.add(tally);
    EXPECT_LE(sum.entered_units, programme.capacity_of(world.year, 1));
    EXPECT_LE(sum.applied_persons, sum.eligible_persons);
    if (programme.has_budget) {
      EXPECT_LE(sum.spent_fen(), to_fen(programme.budget.at(world.year)));
    }
    std::vector<int> enrolled(c.ground.rows, 0);
    std::int64_t persons = 0;
    for (const Enrolment& e : world.programmes[p].enrolled) {
      ++enrolled[e.household];
      persons += c.ground.people.members[e.household] * c.ground.people.weight[e.household];
      EXPECT_LT(world.year - e.entered, programme.years);
      EXPECT_EQ(c.ground.person_household[e.person], e.household);
    }
    EXPECT_EQ(persons, sum.holding_persons);
    for (std::uint32_t row = 0; row < c.ground.rows; ++row) {
      EXPECT_LE(enrolled[row], 1);
      if (!world.programmes[p].holds.empty()) {
        EXPECT_EQ(world.programmes[p].holds[row], enrolled[row]);
      }
    }
  }
}

/// Who holds a place that moves has moved, and nobody else.
void expect_movers_are_those_enrolled(const World& world, const std::vector<Programme>& programmes) {
  std::vector<int> moves(world.ground.rows, 0);
  for (std::size_t p = 0; p < programmes.size(); ++p)
    if (std::any_of(programmes[p].effects.begin(), programmes[p].effects.end(), [](const auto& effect) { return effect->moves(); }))
      for (const Enrolment& e : world.programmes[p].enrolled) ++moves[e.household];
  for (std::uint32_t row = 0; row < world.ground.rows; ++row) {
    EXPECT_EQ(world.household.moved[row], moves[row]);
    if (moves[row]) {
      EXPECT_TRUE(world.household.housing_safe[row]);
    } else {
      EXPECT_EQ(world.household.wage_factor[row], 1.0f);
      EXPECT_EQ(world.household.business_factor[row], 1.0f);
    }
  }
}

/// Ledger against what households hold, by year; every fund within its money.
void expect_money_conserved(const Lived& run, const std::map<int, std::int64_t>& paid) {
  const Ledger& ledger = run.ledger();
  EXPECT_EQ(ledger.balance_sum(), 0);
  EXPECT_TRUE(ledger.balances_follow_from_postings());
  std::map<int, std::int64_t> posted, safety_net;
  ledger.for_each([&](int year, std::size_t, std::size_t programme, std::size_t, Purpose purpose, std::int64_t fen) {
    if (purpose == Purpose::to_household) posted[year] += fen;
    if (purpose == Purpose::to_household && programme == 0) safety_net[year] += fen;
  });
  for (std::size_t y = 0; y < run.years().size(); ++y) {
    const int year = first_year + static_cast<int>(y);
    const PlaceSums sums = run.years()[y].whole();
    EXPECT_EQ(posted[year], paid.at(year));
    EXPECT_EQ(sums.payments_fen, paid.at(year));
    EXPECT_EQ(sums.safety_net_fen, safety_net[year]);
  }
  for (std::size_t fund = 0; fund < 4; ++fund) EXPECT_GE(ledger.fund_balance(fund), 0);
}

/// How often the thousand worlds did what could break a law: a property that nothing tries proves nothing.
struct Trials {
  std::int64_t entered = 0, ended = 0, moved = 0, days = 0, earnings = 0, exits = 0, entries = 0, safety_net = 0, lapsed = 0, strained = 0;
  void note(const World& world, const YearNotes& notes, const std::vector<Programme>& programmes, std::size_t enrolled_before) {
    std::size_t enrolled = 0, newly = 0;
    for (std::size_t p = 0; p < programmes.size(); ++p) {
      ProgrammeTally sum;
      for (const ProgrammeTally& tally : notes.result.programmes[p]) sum.add(tally);
      entered += sum.entered_units > 0;
      const std::int64_t most = std::min(sum.applied_persons, programmes[p].capacity_of(world.year, 1));
      strained += sum.spent_fen() > 0 && sum.entered_units < most / 2;
      enrolled += world.programmes[p].enrolled.size();
      for (const Enrolment& e : world.programmes[p].enrolled) newly += e.entered == world.year;
    }
    ended += enrolled - newly < enrolled_before;
    const auto any = [](auto column) { return std::any_of(column.begin(), column.end(), [](auto x) { return x > 0; }); };
    moved += any(world.household.moved);
    days += any(world.household.days_taken);
    earnings += any(world.household.programme_earnings);
    const PlaceSums sums = notes.whole();
    exits += sums.exits_gross > 0;
    entries += sums.entries > 0;
    safety_net += sums.safety_net_fen > 0;
  }
};

TEST(Invariants, PersonsMoneyDaysAndCountsAreConserved) {
  Trials trials;
  for (std::uint64_t number = 0; number < cases; ++number) {
    SCOPED_TRACE(number);
    const Case c(number);
    std::int64_t persons = 0, households = 0;
    for (std::uint32_t row = 0; row < c.ground.rows; ++row) {
      persons += c.ground.people.members[row] * c.ground.people.weight[row];
      households += c.ground.people.weight[row];
    }
    Lived run(c.scenario, c.ground, c.calibration, c.seed);
    std::map<int, std::int64_t> paid;
    for (int year = first_year; year <= c.last_year; ++year) {
      SCOPED_TRACE(year);
      const std::vector<PlaceSums> before = run.years().empty() ? std::vector<PlaceSums>{} : run.years().back().result.places;
      std::size_t enrolled = 0;
      for (const ProgrammeState& state : run.world().programmes) enrolled += state.enrolled.size();
      const YearNotes& notes = run.live();
      trials.note(run.world(), notes, run.model().programmes(), enrolled);
      EXPECT_EQ(notes.whole().persons, persons);
      EXPECT_EQ(notes.whole().households, households);
      for (std::size_t county = 0; county < notes.result.places.size(); ++county) {
        expect_measures_in_range(notes.result.places[county]);
        expect_register_adds_up(notes.result.places[county], before.empty() ? nullptr : &before[county]);
      }
      paid[year] = expect_sound_households(run.world(), run.model().settings().number("labour.days_per_worker"));
      expect_movers_are_those_enrolled(run.world(), run.model().programmes());
      expect_programmes_within_their_means(c, run.world(), run.model(), notes.result.programmes);
    }
    expect_money_conserved(run, paid);
    trials.lapsed += run.ledger().balance(Account::lapsed) > 0;
    if (HasFailure()) return;  // the first failing case is enough
  }
  for (const std::int64_t times : {trials.entered, trials.ended, trials.moved, trials.days, trials.earnings, trials.exits,
                                   trials.entries, trials.safety_net, trials.lapsed, trials.strained})
    EXPECT_GT(times, 200);
}

TEST(Invariants, WhatChangesNothingChangesNoBit) {
  for (std::uint64_t number = 0; number < cases; ++number) {
    SCOPED_TRACE(number);
    Case c(number);
    const auto plain = c.hashes(c.scenario);

    // A programme without money is as if it were not there, wherever it stands in the list.
    Scenario penniless = c.scenario;
    std::string text = random_programme_text(c.dice, {}, first_year + 1, c.last_year);
    text.resize(std::min(text.size(), text.find("[budget]")));
    const auto place = c.dice.whole(0, static_cast<int>(penniless.programmes.size()));
    penniless.programmes.insert(penniless.programmes.begin() + place,
                                settings_of(text + "[budget]\nby_year = { 2015 = 0 }\nsource = \"assumption: random\"\n", programme_file(), "penniless"));
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

TEST(Invariants, OrderOfIndependentProgrammesDoesNotMatter) {
  for (std::uint64_t number = 0; number < cases; ++number) {
    SCOPED_TRACE(number);
    Case c(number);
    // Own funds, no days, no common state: money beside training.
    const Settings money = random_programme(c.dice, "money", {false, "{ own = 1.0 }", {"stream_add"}}, first_year + 1, c.last_year);
    const Settings training =
        random_programme(c.dice, "training", {false, "{ other = 1.0 }", {"transition_shift"}}, first_year + 1, c.last_year);
    Scenario one = c.scenario, other = c.scenario;
    one.programmes.insert(one.programmes.end(), {money, training});
    other.programmes.insert(other.programmes.end(), {training, money});
    ASSERT_EQ(c.hashes(one), c.hashes(other));
  }
}

TEST(Invariants, UnconditionalMoneyMakesNobodyPoorer) {
  constexpr const char* gift =
      "title = \"gift\"\nwindow = [2016, 2019]\nunit = \"household\"\neligible = \"members >= 1\"\n[evidence]\ngrade = \"D\"\n"
      "source = \"assumption: random\"\n[score]\nexpression = \"0\"\nnoise_sd = 0.0\n[capacity]\nunit = \"households\"\nall = true\n"
      "[effect.money]\nverb = \"stream_add\"\nstream = \"programme_cash\"\n"
      "amount = { value = 100, unit = \"yuan/year\", source = \"assumption: random\" }\n"
      "[duration]\nyears = 2\ndropout = 0.0\n[cost]\nfunding = { gift_fund = 1.0 }\n";
  for (std::uint64_t number = 0; number < cases; ++number) {
    SCOPED_TRACE(number);
    Case c(number, {false, "", {"slot", "stream_add", "asset_grant", "move", "transition_shift"}});
    Scenario with = c.scenario;
    with.programmes.insert(with.programmes.begin() + c.dice.whole(0, static_cast<int>(with.programmes.size())),
                           settings_of(gift, programme_file(), "gift"));
    Lived poorer(c.scenario, c.ground, c.calibration, c.seed), richer(with, c.ground, c.calibration, c.seed);
    poorer.live_all();
    richer.live_all();
    for (std::size_t y = 0; y < poorer.years().size(); ++y)
      for (std::uint32_t row = 0; row < c.ground.rows; ++row) {
        const float less = poorer.years()[y].true_income[row], more = richer.years()[y].true_income[row];
        ASSERT_GE(more, less) << "household " << row << " in year " << first_year + static_cast<int>(y);
        if (y > 0) {
          ASSERT_GT(more, less);
        }
      }
  }
}

TEST(Invariants, ThreadsDoNotMatterWhereBlocksAreMany) {
  Dice dice(4711);
  Population large = empty_population(20'000, 60, 3);
  large.persons = Table("persons", 20'000, codebook::persons());
  for (std::uint32_t row = 0; row < 20'000; ++row) {
    random_household(dice, large, row);
    large.households.column<std::uint8_t>("members")[row] = 1;
    large.households.column<std::uint8_t>("able_workers")[row] = dice.chance(0.6);
    large.households.column<std::uint32_t>("person_begin")[row] = row;
    large.persons.column<std::uint32_t>("id")[row] = large.persons.column<std::uint32_t>("household")[row] = row;
    large.persons.column<std::uint8_t>("age")[row] = static_cast<std::uint8_t>(dice.whole(0, 90));
    large.persons.column<std::uint8_t>("work_ability")[row] = static_cast<std::uint8_t>(dice.whole(0, 2));
  }
  for (std::uint32_t v = 0; v < 60; ++v) large.villages.column<std::uint8_t>("poor_village")[v] = v % 2;
  large.registered_quota = {2000, 1000, 1500};
  const Ground ground(large);
  ASSERT_GT(ground.blocks.size(), 8u);
  for (std::uint64_t number = 0; number < 20; ++number) {
    SCOPED_TRACE(number);
    Case c(number);
    Scenario scenario = c.scenario;
    scenario.region = std::make_shared<const Region>(region_of(3, 2855, 3000, c.last_year));
    std::vector<std::vector<std::uint64_t>> hashes;
    for (const int threads : {1, 2, 3}) {
      Lived run(scenario, ground, c.calibration, c.seed, 0, threads);
      hashes.emplace_back();
      for (const YearNotes& year : run.live_all()) hashes.back().push_back(year.hash);
    }
    ASSERT_EQ(hashes[0], hashes[1]);
    ASSERT_EQ(hashes[0], hashes[2]);
  }
}

}  // namespace
}  // namespace tuopin::testing
