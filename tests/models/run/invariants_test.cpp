// What must hold in every world, over a thousand random small ones: conservation of persons, money and days, measures
// in their ranges, a register whose counts add up, and poverty whose two sides against the world without the programmes
// make up its fall.
#include <cmath>
#include <numeric>

#include "engine/money/budgets.hpp"
#include "engine/money/fund_years.hpp"
#include "models/processes/labour_days.hpp"
#include "tests/models/random_case.hpp"

namespace tuopin::testing {
namespace {

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
  ASSERT_EQ(now.short_of[0], now.poor[0][0]);
  ASSERT_LE(now.short_of[1], now.short_of[2]);
  for (std::size_t k = 0; k < standard_count; ++k)
    ASSERT_EQ(now.registered - now.registered_not_short[k], now.short_of[k] - now.short_not_registered[k]);
  if (!before) return;
  ASSERT_EQ(now.registered, before->registered + now.entries - now.exits_gross);
  ASSERT_LE(now.fall_back_registered, now.entries);
}

/// Poverty of one place by year, against the first scenario and against the years before.
void expect_years_of_poverty_add_up(const std::vector<PlaceSums>& years, const PlaceSums& first) {
  const PlaceSums& now = years.back();
  ASSERT_EQ(now.out_of_poverty - now.into_poverty, first.poor[0][0] - now.poor[0][0]);
  ASSERT_GE(now.out_of_poverty, 0);
  ASSERT_LE(now.out_of_poverty, first.poor[0][0]);
  ASSERT_GE(now.into_poverty, 0);
  ASSERT_LE(now.into_poverty, now.poor[0][0]);
  ASSERT_EQ(std::accumulate(now.poor_in_three_years.begin(), now.poor_in_three_years.end(), std::int64_t{0}),
            now.persons);
  ASSERT_LE(now.poor_in_three_years[2], now.poor[0][0]);
  ASSERT_LE(now.poor[0][0], now.persons - now.poor_in_three_years[0]);
  ASSERT_LE(now.left_lately_poor, now.left_lately);
  const std::size_t y = years.size() - 1;
  ASSERT_LE(now.exits_out_one_year, y > 0 ? years[y - 1].true_exits : 0);
  ASSERT_LE(now.exits_out_two_years, y > 1 ? years[y - 1].exits_out_one_year : 0);
  std::int64_t exits = 0;  // of the three years before; who left twice counts once
  for (std::size_t back = 1; back <= std::min<std::size_t>(y, 3); ++back) exits += years[y - back].true_exits;
  ASSERT_LE(now.left_lately, exits);
  if (y > 0) {
    ASSERT_LE(now.true_exits, years[y - 1].poor[0][0]);
  }
}

/// Persons, days and payments, household by household; returns the fen paid this year, weights counted.
std::int64_t expect_sound_households(const World& world, const LabourDays& labour) {
  const auto& people = world.shard.people;
  const auto days_taken = world.household<std::uint16_t>("days_taken");
  const auto ever_registered = world.household<std::uint8_t>("ever_registered");
  const auto free_days = world.household<std::uint16_t>("free_days");
  const auto measured_income = world.household<float>("measured_income");
  const auto payments = world.household<std::int32_t>("payments");
  const auto persistent_income = world.household<float>("persistent_income");
  const auto programme_earnings = world.household<float>("programme_earnings");
  const auto planted_own = world.household<std::uint32_t>("planted_own");
  const auto partial_workers = world.shard.population->households.column<std::uint8_t>("partial_workers");
  const auto arable_mu = world.shard.population->households.column<float>("arable_mu");
  const auto registered = world.household<std::uint8_t>("registered");
  const auto true_income = world.household<float>("true_income");
  std::int64_t paid = 0;
  for (std::uint32_t row = 0; row < world.shard.rows; ++row) {
    const int endowment = static_cast<int>(labour.of(people.able_workers[row], partial_workers[row]));
    EXPECT_LE(days_taken[row], endowment);
    EXPECT_EQ(days_taken[row] + free_days[row], endowment);
    EXPECT_TRUE(std::isfinite(true_income[row]));
    EXPECT_LE(planted_own[row], 100 * arable_mu[row]);  // hundredths of a mu
    EXPECT_TRUE(std::isfinite(measured_income[row]) && measured_income[row] > 0);
    EXPECT_TRUE(std::isfinite(persistent_income[row]) && std::isfinite(programme_earnings[row]));
    EXPECT_GE(payments[row], 0);
    EXPECT_LE(registered[row], ever_registered[row]);
    paid += std::int64_t{payments[row]} * people.weight[row];
  }
  return paid;
}

void expect_programmes_within_their_means(const Case& c, const World& world, const Model& model,
                                          const YearTallies& tallies) {
  for (std::size_t p = 0; p < model.programmes().size(); ++p) {
    const Programme& programme = model.programmes()[p];
    ProgrammeTally sum;
    for (const ProgrammeTally& tally : tallies[p]) sum.add(tally);
    EXPECT_LE(sum.entered_units, programme.capacity_of(world.year));
    EXPECT_LE(sum.applied_persons, sum.eligible_persons);
    if (programme.has_budget) {
      EXPECT_LE(sum.spent_fen(), to_fen(programme.budget.at(world.year)));
    }
    std::vector<int> enrolled(c.shard.rows, 0);
    std::int64_t persons = 0;
    for (const Enrolment& e : everyone_enrolled(world.programmes[p])) {
      ++enrolled[e.household];
      persons += c.shard.people.members[e.household] * c.shard.people.weight[e.household];
      EXPECT_LT(world.year - e.entered, programme.years);
      EXPECT_EQ(c.shard.person_household[e.person], e.household);
    }
    EXPECT_EQ(persons, sum.holding_persons);
    for (std::uint32_t row = 0; row < c.shard.rows; ++row) {
      EXPECT_LE(enrolled[row], 1);
      if (!world.programmes[p].holds.empty()) {
        EXPECT_EQ(world.programmes[p].holds[row], enrolled[row]);
      }
    }
  }
}

/// Who holds a place that moves has moved, and nobody else.
void expect_movers_are_those_enrolled(const World& world, const std::vector<Programme>& programmes) {
  std::vector<int> moves(world.shard.rows, 0);
  for (std::size_t p = 0; p < programmes.size(); ++p)
    if (std::any_of(programmes[p].effects.begin(), programmes[p].effects.end(),
                    [](const auto& effect) { return effect->moves(); }))
      for (const Enrolment& e : everyone_enrolled(world.programmes[p])) ++moves[e.household];
  for (std::uint32_t row = 0; row < world.shard.rows; ++row) {
    EXPECT_EQ(world.household<std::uint8_t>("moved")[row], moves[row]);
    if (moves[row]) {
      EXPECT_TRUE(world.household<std::uint8_t>("housing_safe")[row]);
    } else {
      EXPECT_EQ(world.household<float>("wage_factor")[row], 1.0f);
      EXPECT_EQ(world.household<float>("business_factor")[row], 1.0f);
    }
  }
}

std::int64_t safety_net_fen(const YearNotes& notes, const PlaceSums& sums) {
  return sums.of(*notes.result.declared->find("safety_net_fen"));
}

/// Ledger against what households hold, by year; every fund within its money.
void expect_money_conserved(const SimulatedRun& run, const std::map<int, std::int64_t>& paid) {
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
    EXPECT_EQ(safety_net_fen(run.years()[y], sums), safety_net[year]);
  }
  for (std::size_t fund = 0; fund < 4; ++fund) EXPECT_GE(ledger.fund_balance(fund), 0);
  const auto flows = fund_years(ledger, first_year, run.years().size(), 4);
  for (std::size_t y = 0; y < flows.size(); ++y)
    for (std::size_t fund = 0; fund < 4; ++fund) {
      const FundYear& f = flows[y][fund];
      EXPECT_EQ(f.transfer_in + f.carried_in - f.paid, f.balance());
      EXPECT_EQ(f.carried_over + f.lapsed, f.balance());
      EXPECT_EQ(f.carried_in, y > 0 ? flows[y - 1][fund].carried_over : 0);
      EXPECT_GE(std::min({f.transfer_in, f.carried_in, f.paid, f.carried_over, f.lapsed}), 0);
      EXPECT_TRUE(f.carried_over == 0 || f.lapsed == 0);
    }
  for (std::size_t fund = 0; fund < 4; ++fund) EXPECT_EQ(flows.back()[fund].carried_over, ledger.fund_balance(fund));
}

/// How often the thousand worlds did what could break a law: a property that nothing tries proves nothing.
struct Trials {
  std::int64_t entered = 0, ended = 0, moved = 0, days = 0, earnings = 0, exits = 0, entries = 0, safety_net = 0,
               lapsed = 0, strained = 0, out = 0, into = 0, fallen_back = 0;
  void note(const World& world, const YearNotes& notes, const std::vector<Programme>& programmes,
            std::size_t enrolled_before) {
    std::size_t enrolled = 0, newly = 0;
    for (std::size_t p = 0; p < programmes.size(); ++p) {
      ProgrammeTally sum;
      for (const ProgrammeTally& tally : notes.result.programmes[p]) sum.add(tally);
      entered += sum.entered_units > 0;
      const std::int64_t most = std::min(sum.applied_persons, programmes[p].capacity_of(world.year));
      strained += sum.spent_fen() > 0 && sum.entered_units < most / 2;
      enrolled += everyone_enrolled(world.programmes[p]).size();
      for (const Enrolment& e : everyone_enrolled(world.programmes[p])) newly += e.entered == world.year;
    }
    ended += enrolled - newly < enrolled_before;
    const auto any = [](auto column) {
      return std::any_of(column.begin(), column.end(), [](auto x) { return x > 0; });
    };
    moved += any(world.household<std::uint8_t>("moved"));
    days += any(world.household<std::uint16_t>("days_taken"));
    earnings += any(world.household<float>("programme_earnings"));
    const PlaceSums sums = notes.whole();
    exits += sums.exits_gross > 0;
    entries += sums.entries > 0;
    safety_net += safety_net_fen(notes, sums) > 0;
    out += sums.out_of_poverty > 0;
    into += sums.into_poverty > 0;
    fallen_back += sums.left_lately_poor > 0;
  }
};

TEST(Invariants, PersonsMoneyDaysAndCountsAreConserved) {
  Trials trials;
  for (std::uint64_t number = 0; number < cases; ++number) {
    SCOPED_TRACE(number);
    const Case c(number);
    std::int64_t persons = 0, households = 0;
    for (std::uint32_t row = 0; row < c.shard.rows; ++row) {
      persons += c.shard.people.members[row] * c.shard.people.weight[row];
      households += c.shard.people.weight[row];
    }
    Scenario nothing = c.scenario;  // the same world without its programmes
    nothing.programmes.clear();
    SimulatedRun first(nothing, c.sharded, c.calibration, c.seed);
    first.live_all();
    SimulatedRun run(c.scenario, c.sharded, c.calibration, c.seed, 0, 1, &first);
    std::map<int, std::int64_t> paid;
    for (int year = first_year; year <= c.last_year; ++year) {
      SCOPED_TRACE(year);
      const std::vector<PlaceSums> before =
          run.years().empty() ? std::vector<PlaceSums>{} : run.years().back().result.places;
      std::size_t enrolled = 0;
      for (const ProgrammeState& state : run.world().programmes) enrolled += everyone_enrolled(state).size();
      const YearNotes& notes = run.simulate_year();
      trials.note(run.world(), notes, run.model().programmes(), enrolled);
      EXPECT_EQ(notes.whole().persons, persons);
      EXPECT_EQ(notes.whole().households, households);
      for (std::size_t county = 0; county < notes.result.places.size(); ++county) {
        expect_measures_in_range(notes.result.places[county]);
        expect_register_adds_up(notes.result.places[county], before.empty() ? nullptr : &before[county]);
        std::vector<PlaceSums> years;
        for (const YearNotes& earlier : run.years()) years.push_back(earlier.result.places[county]);
        expect_years_of_poverty_add_up(years, first.years()[years.size() - 1].result.places[county]);
      }
      paid[year] = expect_sound_households(run.world(), LabourDays(run.model().settings()));
      expect_movers_are_those_enrolled(run.world(), run.model().programmes());
      expect_programmes_within_their_means(c, run.world(), run.model(), notes.result.programmes);
    }
    expect_money_conserved(run, paid);
    trials.lapsed += run.ledger().balance(Account::lapsed) > 0;
    if (HasFailure()) return;  // the first failing case is enough
  }
  for (const std::int64_t times :
       {trials.entered, trials.ended, trials.moved, trials.days, trials.earnings, trials.exits, trials.entries,
        trials.safety_net, trials.lapsed, trials.strained, trials.out, trials.fallen_back})
    EXPECT_GT(times, std::int64_t{cases / 5});
  EXPECT_GT(trials.into, std::int64_t{cases / 10});  // by days that are taken and by moves alone
}

}  // namespace
}  // namespace tuopin::testing
