// Claims: who is served if everyone may enter, with and without enough money; and the sums for the spread of scores.
#include "models/programme/claims.hpp"

#include "tests/models/random_case.hpp"

namespace tuopin::testing {
namespace {

Settings grant_for_all(const std::string& unit, double take_up, int budget, const std::string& by) {
  return settings_of(
      "title = \"all\"\nwindow = [2016, 2018]\nunit = \"" + unit +
          "\"\neligible = \"true\"\n[evidence]\ngrade = \"D\"\nsource = \"assumption: random\"\n[score]\nexpression = "
          "\"0.3\"\nnoise_sd = 0.7\nexclusion = 0.1\ncapture = 0.1\n[capacity]\nunit = \"" +
          (unit == "person" ? "posts" : "households") + "\"\nby = \"" + by +
          "\"\nkey = \"even\"\nall = true\n[take_up]\nprobability = " + fmt::format("{:.13f}", take_up) +
          "\n[effect.e]\nverb = \"stream_add\"\nstream = \"relief\"\namount = " + quantity_text(500, "yuan/year") +
          "\n[duration]\nyears = 2\n[cost]\nfunding = { gifts = 1.0 }\n[budget]\nby_year = { 2016 = " +
          std::to_string(budget) + ", 2017 = 9000000, 2018 = " + std::to_string(budget) +
          " }\nsource = \"assumption: random\"\n",
      shipped_file_kinds().programme, "all");
}

/// If everyone may enter, draws are looked up only if the money does not suffice. The households served must be the
/// same as when draws are always looked up: a take-up of 1 − 10^-12 forces that, and refuses nobody, since no draw
/// reaches 1 − 2^-33.
TEST(Claims, LuckThatIsLookedUpLateIsTheSame) {
  for (std::uint64_t number = 0; number < 10; ++number)
    for (const char* unit : {"household", "person"})
      for (const char* by : {"prefecture", "county"})
        for (const int budget : {700, 9'000, 9'000'000}) {
          SCOPED_TRACE(fmt::format("{} {} {} {}", number, unit, by, budget));
          const Case c(number);
          const auto with = [&](double take_up) {
            Scenario scenario = c.scenario;
            scenario.programmes.push_back(grant_for_all(unit, take_up, budget, by));
            return c.hashes(scenario, 1 + static_cast<int>(number % 2));
          };
          ASSERT_EQ(with(1), with(1 - 1e-12));
        }
}

TEST(Claims, SumsOfScoresAreTheSameInBulk) {
  Dice dice(1);
  for (const double size : {0.0, 1e-6, 1.0, 200.0, 254.99999, 255.0, 3e5, 1e12})
    for (const std::size_t n : {0u, 1u, 7u, 3000u, 40000u}) {
      std::vector<double> scores(n);
      for (double& score : scores) score = dice.between(-size, size);
      if (n > 1) scores[0] = size, scores[1] = -size;
      ScoreSums bulk, one_by_one;
      bulk.add(scores);
      for (const double score : scores) one_by_one.add(score);
      EXPECT_EQ(bulk.n, one_by_one.n);
      EXPECT_TRUE(bulk.sum == one_by_one.sum && bulk.squares == one_by_one.squares) << size << " " << n;
    }
}

}  // namespace
}  // namespace tuopin::testing
