// Six households of 1, 2, 4, 8, 16 and 32 persons, so that every count says who is in it. Incomes are set by hand.
#include "models/measures/person_counts.hpp"

#include "models/programme/treasury.hpp"
#include "tests/models/worlds.hpp"

namespace tuopin::testing {
namespace {

constexpr std::uint32_t households = 6;
constexpr double line = 1000, register_line = 800;
using Six = std::array<int, households>;  ///< A B C D E F: 1, 2, 4, 8, 16 and 32 persons

const Population& six() {
  static const Population population = [] {
    Population p = empty_population(households, 1, 1);
    p.persons = Table("persons", 0, codebook::persons());  // nobody looks at the members themselves
    for (std::uint32_t row = 0; row < households; ++row)
      p.households.column<std::uint8_t>("members")[row] = static_cast<std::uint8_t>(1 << row);
    return p;
  }();
  return population;
}

/// Counts the years of one scenario, given who is poor in each. What other parts of the year would leave in the scratch
/// is set by hand.
class Counted {
 public:
  explicit Counted(const Counted* first = nullptr)
      : shard_(six()), sharded_(shard_), region_(region_of(1, line, register_line, 2020)),
        schema_(std::make_shared<const StateSchema>(base_schema())), worlds_(sharded_, region_, schema_, 1, 0),
        treasury_(Settings(), programmes_, {}, 1, 1), before_(*schema_, needs_, {}),
        guaranteed_(before_.shares<std::uint8_t>("year.guaranteed")),
        was_registered_(before_.shares<std::uint8_t>("year.was_registered")), columns_((share_logs(), measured())),
        work_(sharded_, 1, needs_), first_(first) {
    std::fill_n(guaranteed(), households, std::uint8_t{1});
  }
  template <typename T>
  std::span<T> column(const char* name) {
    return worlds_.by_shard.front().state.table(household_level).column<T>(name);
  }
  std::uint8_t* guaranteed() { return work_.scratch[0][guaranteed_]; }
  std::uint8_t* was_registered() { return work_.scratch[0][was_registered_]; }

  PlaceSums year(const Six& poor) {
    for (std::uint32_t row = 0; row < households; ++row)
      column<float>("true_income")[row] = column<float>("measured_income")[row] = poor[row] ? 900.0f : 1100.0f;
    return count();
  }
  PlaceSums count() {
    const int year = 2015 + static_cast<int>(poor_.size());
    World& world = worlds_.by_shard.front();
    world.begin_year(year, {world.region.line("statistical", year), 0, 0}, {});
    const std::size_t y = poor_.size();
    poor_.emplace_back(households);
    PovertyHistory history;
    history.poor = poor_[y];
    if (y > 0) history.poor_before = poor_[y - 1];
    if (first_) history.poor_in_first = first_->poor_[y];
    YearTallies tallies;
    Moment now{worlds_, year, treasury_, tallies, {&history, 1}, work_};
    PlaceSums sums;
    add_block(now.visit(0, 0), columns_, history, register_line, sums);
    return sums;
  }

 private:
  void share_logs() {
    before_.shares<double>("year.log_true");
    before_.shares<double>("year.log_measured");
  }
  MeasuredColumns measured() {
    Binder binder(*schema_, needs_, {});
    return MeasuredColumns(binder);
  }

  Shard shard_;
  ShardedPopulation sharded_;
  Region region_;
  std::shared_ptr<const StateSchema> schema_;
  Worlds worlds_;
  std::vector<Programme> programmes_;
  Treasury treasury_;
  YearNeeds needs_;
  Binder before_;
  Temp<std::uint8_t> guaranteed_, was_registered_;
  MeasuredColumns columns_;
  Workspace work_;
  const Counted* first_;
  std::vector<std::vector<std::uint8_t>> poor_;
};

//             A  B  C  D  E  F
//             1  2  4  8  16 32   left true poverty      poor
// 2015        1  1  1  0  0  1                           1+2+4+32 = 39
// 2016        0  0  1  1  0  1    A, B = 3               4+8+32 = 44
// 2017        0  1  0  1  0  1    C = 4                  2+8+32 = 42
// 2018        0  0  1  1  0  1    B = 2                  4+8+32 = 44
// 2019        0  0  1  0  0  1    D = 8                  4+32 = 36
// 2020        0  1  1  0  0  1    nobody                 2+4+32 = 38
const std::vector<Six> own = {{1, 1, 1, 0, 0, 1}, {0, 0, 1, 1, 0, 1}, {0, 1, 0, 1, 0, 1},
                              {0, 0, 1, 1, 0, 1}, {0, 0, 1, 0, 0, 1}, {0, 1, 1, 0, 0, 1}};

// The first scenario in the same worlds, and who is out of and into poverty by the plan:
// 2015        1  1  1  0  0  1    out nobody             into nobody           39 − 39 = 0
// 2016        1  1  1  0  0  1    out A, B = 3           into D = 8            39 − 44 = −5 = 3 − 8
// 2017        1  0  0  1  0  1    out A = 1              into B = 2            41 − 42 = −1
// 2018        1  0  1  1  1  1    out A, E = 17          into nobody           61 − 44 = 17
// 2019        0  0  1  1  1  1    out D, E = 24          into nobody           60 − 36 = 24
// 2020        0  0  1  1  0  0    out D = 8              into B, F = 34        12 − 38 = −26
const std::vector<Six> first = {{1, 1, 1, 0, 0, 1}, {1, 1, 1, 0, 0, 1}, {1, 0, 0, 1, 0, 1},
                                {1, 0, 1, 1, 1, 1}, {0, 0, 1, 1, 1, 1}, {0, 0, 1, 1, 0, 0}};

std::vector<PlaceSums> lived(Counted& counted, const std::vector<Six>& years) {
  std::vector<PlaceSums> sums;
  for (const Six& poor : years) sums.push_back(counted.year(poor));
  return sums;
}

template <typename Member>
std::vector<std::int64_t> of(const std::vector<PlaceSums>& years, Member member) {
  std::vector<std::int64_t> values;
  for (const PlaceSums& sums : years) values.push_back(sums.*member);
  return values;
}
using Values = std::vector<std::int64_t>;

TEST(PersonCounts, BothSidesAgainstTheFirstScenario) {
  Counted reference, plan(&reference);
  const auto there = lived(reference, first), here = lived(plan, own);
  EXPECT_EQ(of(here, &PlaceSums::out_of_poverty), (Values{0, 3, 1, 17, 24, 8}));
  EXPECT_EQ(of(here, &PlaceSums::into_poverty), (Values{0, 8, 2, 0, 0, 34}));
  for (std::size_t y = 0; y < own.size(); ++y)
    EXPECT_EQ(here[y].out_of_poverty - here[y].into_poverty, there[y].poor[0][0] - here[y].poor[0][0]) << y;
  EXPECT_EQ(of(there, &PlaceSums::out_of_poverty), Values(6, 0));
  EXPECT_EQ(of(there, &PlaceSums::into_poverty), Values(6, 0));
}

TEST(PersonCounts, WhoLeavesTruePovertyAndStaysOut) {
  Counted plan;
  const auto years = lived(plan, own);
  EXPECT_EQ(of(years, &PlaceSums::true_exits), (Values{0, 3, 4, 2, 8, 0}));
  // Of the year before's exits: A but not B in 2017; not C in 2018; B in 2019; D in 2020.
  EXPECT_EQ(of(years, &PlaceSums::exits_out_one_year), (Values{0, 0, 1, 0, 2, 8}));
  // Of those two years before: A in 2018; not C in 2019; not B in 2020, who is poor again then.
  EXPECT_EQ(of(years, &PlaceSums::exits_out_two_years), (Values{0, 0, 0, 1, 0, 0}));
}

TEST(PersonCounts, WhoFallsBackWithinThreeYears) {
  Counted plan;
  const auto years = lived(plan, own);
  // 2017: A, B left in 2016. 2018: A, B, C. 2019: A, B, C; B left twice and counts once. 2020: C, B, D.
  EXPECT_EQ(of(years, &PlaceSums::left_lately), (Values{0, 0, 3, 7, 7, 14}));
  // Of them poor: B in 2017; C in 2018; C in 2019; B and C in 2020.
  EXPECT_EQ(of(years, &PlaceSums::left_lately_poor), (Values{0, 0, 2, 4, 4, 6}));
}

TEST(PersonCounts, ExitsOfFourYearsAgoAreForgotten) {
  Counted plan;  // A leaves in 2016 and is poor again in 2020 only: 2020 looks at 2017 to 2019
  const auto years = lived(plan, {{1}, {0}, {0}, {0}, {0}, {1}});
  EXPECT_EQ(of(years, &PlaceSums::left_lately), (Values{0, 0, 1, 1, 1, 0}));
  EXPECT_EQ(of(years, &PlaceSums::left_lately_poor), Values(6, 0));
}

TEST(PersonCounts, YearsPoorOfTheLastThree) {
  Counted plan;
  const auto years = lived(plan, own);
  const auto three = [&](std::size_t y) { return years[y].poor_in_three_years; };
  using Three = std::array<std::int64_t, 3>;
  EXPECT_EQ(three(2), (Three{16, 15, 32}));  // 2015–2017: A 1, B 2, C 2, D 2, E 0, F 3
  EXPECT_EQ(three(3), (Three{17, 6, 40}));   // 2016–2018: A 0, B 1, C 2, D 3, E 0, F 3
  EXPECT_EQ(three(4), (Three{17, 14, 32}));  // 2017–2019: A 0, B 1, C 2, D 2, E 0, F 3
  EXPECT_EQ(three(5), (Three{17, 10, 36}));  // 2018–2020: A 0, B 1, C 3, D 1, E 0, F 3
}

TEST(PersonCounts, OffTheRegisterAndPoorAgain) {
  Counted plan;
  for (const std::uint32_t row : {1u, 2u, 3u}) plan.column<std::uint16_t>("exit_year")[row] = 2014;
  plan.column<std::uint8_t>("registered")[2] = 1;  // C is on the register again: poor, but not off it
  const auto years = lived(plan, own);
  // Poor, not so the year before, off the register, having left it once: D in 2016, B in 2017 and 2020; C is on it.
  EXPECT_EQ(of(years, &PlaceSums::fall_back_true), (Values{0, 8, 2, 0, 0, 2}));
}

/// A 700, B 900, C 900 without safe housing, D 1200 without safe water, E 600, F 1500 yuan; A, B, D, F are registered.
TEST(PersonCounts, ErrorsOfTheRegisterByThreeStandards) {
  Counted plan;
  const std::array<float, households> income = {700, 900, 900, 1200, 600, 1500};
  const Six registered = {1, 1, 0, 1, 0, 1}, met = {1, 1, 0, 0, 1, 1};
  for (std::uint32_t row = 0; row < households; ++row) {
    plan.column<float>("true_income")[row] = income[row];
    plan.column<float>("measured_income")[row] = 1;  // what is measured makes nobody poor
    plan.column<std::uint8_t>("registered")[row] = static_cast<std::uint8_t>(registered[row]);
    plan.guaranteed()[row] = static_cast<std::uint8_t>(met[row]);
  }
  const PlaceSums sums = plan.count();
  using Persons = std::array<std::int64_t, standard_count>;
  EXPECT_EQ(sums.registered, 43);  // 1 + 2 + 8 + 32
  // Below 1000 yuan: A, B, C, E. Below 800: A, E. Below 800 or with a guarantee unmet: A, E, C, D.
  EXPECT_EQ(sums.short_of, (Persons{23, 17, 29}));
  EXPECT_EQ(sums.registered_not_short, (Persons{40, 42, 34}));  // D F; B D F; B F
  EXPECT_EQ(sums.short_not_registered, (Persons{20, 16, 20}));  // C E; E; C E
}

TEST(PersonCounts, ALineIsNotBelowItself) {
  Counted plan;
  for (std::uint32_t row = 0; row < households; ++row)
    plan.column<float>("true_income")[row] = row == 0 ? 1000.0f : row == 1 ? 800.0f : 2000.0f;
  const PlaceSums sums = plan.count();
  EXPECT_EQ(sums.short_of[0], 2);  // B alone
  EXPECT_EQ(sums.short_of[1], 0);
}

}  // namespace
}  // namespace tuopin::testing
