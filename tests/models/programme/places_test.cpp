// Places of a sample: bounds that follow from the definition, for random populations, years and keys.
#include "models/programme/places.hpp"
#include "models/run/load.hpp"

#include <numeric>

#include "engine/money/budgets.hpp"
#include "models/population/people.hpp"
#include "tests/models/random_worlds.hpp"

namespace tuopin::testing {
namespace {

using Years = std::vector<std::int64_t>;
constexpr int first = 2016, last = 2025;
constexpr double ulps = 1e-9;  // of sums of a few hundred reals below 10^5

/// One-member to five-member households in villages of unequal counties.
Population people_of(Dice& dice, std::uint32_t counties) {
  const std::uint32_t villages = counties * static_cast<std::uint32_t>(dice.whole(2, 12));
  Population p = empty_population(villages * static_cast<std::uint32_t>(dice.whole(3, 9)), villages, counties);
  const auto members = p.households.column<std::uint8_t>("members");
  const auto begin = p.households.column<std::uint32_t>("person_begin");
  std::vector<std::uint32_t> household;
  for (std::uint32_t row = 0; row < members.size(); ++row) {
    members[row] = static_cast<std::uint8_t>(dice.whole(1, 5));
    begin[row] = static_cast<std::uint32_t>(household.size());
    household.insert(household.end(), members[row], row);
    p.households.column<float>("forest_mu")[row] = static_cast<float>(dice.between(0, 30));
  }
  p.persons = Table("persons", static_cast<std::uint32_t>(household.size()), codebook::persons());
  std::copy(household.begin(), household.end(), p.persons.column<std::uint32_t>("household").begin());
  for (auto& in_hazard : p.villages.column<std::uint8_t>("hazard_zone")) in_hazard = dice.chance(0.3);
  for (auto& quota : p.registered_quota) quota = dice.whole(0, 900);
  return p;
}

Years random_years(Dice& dice) {
  const int most = dice.chance(0.5) ? 12 : 5000;
  Years capacity;
  for (int year = first; year <= last; ++year) capacity.push_back(dice.chance(0.2) ? 0 : dice.whole(0, most));
  return capacity;
}

std::string text_of(const Years& capacity, const std::string& key) {
  std::string years;
  for (std::size_t y = 0; y < capacity.size(); ++y)
    years += fmt::format("{}{} = {}", y ? ", " : "", first + static_cast<int>(y), capacity[y]);
  const std::string by = key.empty() ? "by = \"prefecture\"" : "by = \"county\"\nkey = \"" + key + "\"";
  return fmt::format(
      "title = \"places\"\nwindow = [{}, {}]\nunit = \"household\"\neligible = \"members >= 1\"\n[evidence]\n"
      "grade = \"D\"\nsource = \"assumption: random\"\n[score]\nexpression = \"0\"\nnoise_sd = 0.0\n[capacity]\n"
      "unit = \"households\"\n{}\nby_year = {{ {} }}\n[effect.money]\nverb = \"stream_add\"\n"
      "stream = \"programme_cash\"\namount = {{ value = 100, unit = \"yuan/year\", source = \"assumption: random\" }}\n"
      "[duration]\nyears = 2\ndropout = 0.0\n[cost]\nfunding = {{ gift_fund = 1.0 }}\n",
      first, last, by, years);
}

Programme programme_of(const Years& capacity, const std::string& key, const Region& region) {
  std::vector<Problem> problems;
  YearNeeds needs;
  return Programme(settings_of(text_of(capacity, key), shipped_file_kinds().programme, "places"), {}, region,
                   shipped_verbs(), base_schema(), needs, problems);
}

std::int64_t sum(std::span<const std::int64_t> places) {
  return std::accumulate(places.begin(), places.end(), std::int64_t{0});
}

/// A whole sharded and a sample of its villages.
struct Lands {
  explicit Lands(Dice& dice)
      : counties(static_cast<std::uint32_t>(dice.whole(1, 7))), everyone(people_of(dice, counties)),
        few(take_villages(everyone, dice.between(0.02, 0.9), static_cast<std::uint64_t>(dice.whole(1, 1000)))),
        share(static_cast<double>(few.persons.rows()) / static_cast<double>(everyone.persons.rows())),
        whole(everyone, 1, 1), sample(few, static_cast<std::size_t>(dice.whole(1, 3)), share),
        region(region_of(counties, 2000, 2000, last)) {}
  std::uint32_t counties;
  Population everyone, few;
  double share;
  ShardedPopulation whole, sample;
  Region region;

  /// E(c,t) as the header defines it, from the persons of both lands.
  std::vector<double> exact(std::span<const std::int64_t> of_whole, bool by_county) const {
    const double total = static_cast<double>(sum(of_whole));
    if (!by_county) return {share * total};
    const CountyRows all(everyone), kept(few);
    std::vector<double> weights;
    double weight = 0;
    for (std::uint32_t c = 0; c < counties; ++c) {
      const double of_county = static_cast<double>(kept.persons[c + 1] - kept.persons[c]) /
                               static_cast<double>(all.persons[c + 1] - all.persons[c]);
      weights.push_back(static_cast<double>(of_whole[c]) * of_county);
      weight += weights.back();
    }
    for (double& w : weights) w = weight > 0 ? share * total * w / weight : 0;
    return weights;
  }
};

constexpr const char* keys[] = {"", "registered_persons", "population", "forest_mu", "hazard_persons", "even"};

TEST(Places, OfASampleAreItsShareToTheNearestWholeAndNoCellIsOneOff) {
  int split = 0;
  for (std::uint64_t number = 0; number < 500; ++number) {
    SCOPED_TRACE(number);
    Dice dice(number);
    const Lands lands(dice);
    const std::string key = keys[number % std::size(keys)];
    const Programme programme = programme_of(random_years(dice), key, lands.region);
    double whole = 0;
    std::int64_t given = 0;
    for (int year = first; year <= last; ++year) {
      const auto of_whole = places_of(programme, lands.whole, year), places = places_of(programme, lands.sample, year);
      ASSERT_EQ(places.size(), of_whole.size());
      const auto exact = lands.exact(of_whole, programme.by_county);
      for (std::size_t c = 0; c < places.size(); ++c) {
        ASSERT_GE(places[c], 0);
        ASSERT_LT(std::abs(static_cast<double>(places[c]) - exact[c]), 1 + ulps) << year << " " << c;
        split += places[c] > 0 && places.size() > 1;
      }
      ASSERT_LT(std::abs(static_cast<double>(sum(places)) - lands.share * static_cast<double>(sum(of_whole))), 1);
      whole += static_cast<double>(sum(of_whole));
      given += sum(places);
      ASSERT_EQ(given, std::floor(whole * lands.share + 0.5)) << "places of all years up to " << year;
    }
  }
  EXPECT_GT(split, 2000);
}

TEST(Places, OfTheWholeAreSharedByThePublishedKey) {
  for (std::uint64_t number = 0; number < 60; ++number) {
    Dice dice(number);
    const Lands lands(dice);
    const std::string key = keys[number % std::size(keys)];
    const Years capacity = random_years(dice);
    const Programme programme = programme_of(capacity, key, lands.region);
    for (int year = first; year <= last; ++year) {
      const std::int64_t places = capacity[static_cast<std::size_t>(year - first)];
      const auto expected = key.empty() ? Years{places} : apportion(places, county_keys(lands.everyone).at(key));
      EXPECT_EQ(places_of(programme, lands.whole, year), expected);
    }
    EXPECT_EQ(sum(places_of(programme, lands.whole, first - 1)), 0);
    EXPECT_EQ(sum(places_of(programme, lands.sample, last + 1)), 0);
  }
}

TEST(Places, AsPrintedAreThoseOfAllPoolsTogether) {
  for (std::uint64_t number = 0; number < 120; ++number) {
    SCOPED_TRACE(number);
    Dice dice(number);
    const Lands lands(dice);
    const std::string text = text_of(random_years(dice), keys[number % std::size(keys)]);
    const Settings settings = settings_of(text, shipped_file_kinds().programme, "places");
    std::vector<Problem> problems;
    YearNeeds needs;
    const Programme programme(settings, {}, lands.region, shipped_verbs(), base_schema(), needs, problems);
    for (int year = first - 1; year <= last + 1; ++year) {
      EXPECT_EQ(places_printed(settings, first - 1, year, 1), sum(places_of(programme, lands.whole, year)));
      EXPECT_EQ(places_printed(settings, first - 1, year, lands.share),
                year < first || year > last ? 0 : sum(places_of(programme, lands.sample, year)));
    }
  }
}

/// Years that two scenarios share are simulated once, so places of later years must not change them.
TEST(Places, DoNotDependOnLaterYears) {
  int later_differ = 0;
  for (std::uint64_t number = 0; number < 200; ++number) {
    SCOPED_TRACE(number);
    Dice dice(number);
    const Lands lands(dice);
    const std::string key = keys[number % std::size(keys)];
    const Years capacity = random_years(dice);
    Years other = random_years(dice);
    const int parts = dice.whole(1, last - first);
    std::copy_n(capacity.begin(), parts, other.begin());
    const Programme one = programme_of(capacity, key, lands.region), two = programme_of(other, key, lands.region);
    for (int year = first; year < first + parts; ++year)
      ASSERT_EQ(places_of(one, lands.sample, year), places_of(two, lands.sample, year));
    later_differ += places_of(one, lands.sample, last) != places_of(two, lands.sample, last);
  }
  EXPECT_GT(later_differ, 100);
}

TEST(Places, OfMoreInAYearAreNeverFewerUpToAnyYear) {
  for (std::uint64_t number = 0; number < 200; ++number) {
    SCOPED_TRACE(number);
    Dice dice(number);
    const Lands lands(dice);
    const std::string key = keys[number % std::size(keys)];
    const Years capacity = random_years(dice);
    Years more = capacity;
    more[static_cast<std::size_t>(dice.whole(0, last - first))] += dice.whole(1, 40);
    const Programme one = programme_of(capacity, key, lands.region), two = programme_of(more, key, lands.region);
    std::int64_t fewer = 0, many = 0;
    for (int year = first; year <= last; ++year) {
      fewer += sum(places_of(one, lands.sample, year));
      many += sum(places_of(two, lands.sample, year));
      ASSERT_GE(many, fewer) << year;
    }
  }
}

/// Two counties of a hundred villages of ten persons; one in twenty stays. Each year by itself had none, or one too
/// many.
TEST(Places, FewAYearNeitherVanishNorMultiply) {
  Population everyone = empty_population(2000, 200, 2);
  everyone.persons = Table("persons", 2000, codebook::persons());
  for (std::uint32_t row = 0; row < 2000; ++row) {
    everyone.households.column<std::uint8_t>("members")[row] = 1;
    everyone.households.column<std::uint32_t>("person_begin")[row] = row;
    everyone.persons.column<std::uint32_t>("household")[row] = row;
  }
  const Population few = take_villages(everyone, 0.05, 1);
  ASSERT_EQ(few.persons.rows(), 100u);
  const ShardedPopulation sample(few, 1, 0.05);
  const Region region = region_of(2, 2000, 2000, last);
  const auto of_years = [&](std::int64_t a_year, const std::string& key) {
    const Programme programme = programme_of(Years(10, a_year), key, region);
    Years places;
    for (int year = first; year <= last; ++year) places.push_back(sum(places_of(programme, sample, year)));
    return places;
  };
  for (const char* key : {"", "even"}) {
    EXPECT_EQ(of_years(6, key), (Years{0, 1, 0, 0, 1, 0, 0, 0, 1, 0})) << key;  // 0.3, 0.6, 0.9 … 3.0: halves upwards
    EXPECT_EQ(of_years(10, key), (Years{1, 0, 1, 0, 1, 0, 1, 0, 1, 0})) << key;  // 0.5, 1.0 … 5.0
    EXPECT_EQ(of_years(100, key), Years(10, 5)) << key;
  }
}

TEST(WholePlaces, GoToThoseWhoAreOwedMostOverTheYears) {
  std::vector<double> owed(3, 0);
  const std::vector<double> exact = {0.5, 0.25, 0.25};
  std::vector<Years> years;
  for (int year = 0; year < 4; ++year) years.push_back(whole_places(1, exact, owed));
  EXPECT_EQ(years, (std::vector<Years>{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {1, 0, 0}}));
  EXPECT_EQ(owed, std::vector<double>(3, 0));
}

TEST(WholePlaces, ThatAreExactlyWholeStay) {
  std::vector<double> owed = {0.9, 0, 0};  // what earlier years have left is owed in a year with a fraction
  EXPECT_EQ(whole_places(4, std::vector<double>{2, 1.5, 0.5}, owed), (Years{2, 2, 0}));
}

/// Sums of reals pass whole numbers by their last bit: the sum is kept, whatever they do.
TEST(WholePlaces, SumToTheTotalWhateverRealsDo) {
  std::vector<double> owed(2, 0);
  EXPECT_EQ(sum(whole_places(4, std::vector<double>{2, 3}, owed)), 4);
  EXPECT_EQ(sum(whole_places(6, std::vector<double>{2, 3}, owed)), 6);
  EXPECT_EQ(whole_places(0, std::vector<double>{0, 0}, owed), (Years{0, 0}));
}

}  // namespace
}  // namespace tuopin::testing
