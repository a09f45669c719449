// What a scenario's files say together: years, funds, programmes of a base, copies.
#include "models/scenario/scenario.hpp"
#include "models/run/load.hpp"

#include <gmock/gmock.h>

#include "models/scenario/programme_files.hpp"
#include "tests/models/scenario_files.hpp"

namespace tuopin {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

TEST(Scenario, ShippedOnesAskNothing) {
  for (const char* name : {"hamlet/baseline", "hamlet/plan", "xiangxi/baseline", "xiangxi/plan-2016",
                           "xiangxi/hindcast-incomes", "xiangxi/one-in-five", "xiangxi/null-register-default-base"}) {
    std::vector<Problem> problems;
    const Scenario scenario = load_scenario(std::string(TUOPIN_SOURCE_DIR) + "/scenarios/" + name + ".toml", problems);
    EXPECT_THAT(problems, IsEmpty()) << name;
    for (const Problem& warning : scenario.warnings) ADD_FAILURE() << to_text(warning);
  }
}

TEST(ScenarioYears, MoneyPlacesAndEnvelopesOutsideTheRegionsYears) {
  HamletFiles files;
  files.write("b.toml", "extends = \"plan.toml\"\n[funds.gifts.by_year]\n2014 = 60_000\n2015 = 1\n2031 = 5\n");
  EXPECT_THAT(
      files.refusals("b.toml"),
      ElementsAre("b.toml:3:1: funds.gifts.by_year.2014: gives money in 2014, outside the region's years 2015 to "
                  "2020 (expected 2015 to 2020)",
                  "b.toml:5:1: funds.gifts.by_year.2031: gives money in 2031, outside the region's years 2015 to "
                  "2020 (expected 2015 to 2020)"));
  files.change("programmes/posts.toml", "2016 = 4, 2018 = 2", "2014 = 1, 2015 = 2, 2016 = 4, 2019 = 3, 2022 = 9");
  files.change("programmes/posts.toml", "[2016, 2018]", "[2014, 2018]");
  files.change("programmes/posts.toml", "[cost]", "[budget]\nby_year = { 2015 = 1, 2016 = 2, 2021 = 3 }\n[cost]");
  EXPECT_THAT(
      files.refusals("plan.toml"),
      ElementsAre(
          HasSubstr(
              "capacity.by_year.2014: gives places in 2014, outside the region's years 2015 to 2020 (expected 2016 "
              "to 2020)"),
          HasSubstr("capacity.by_year.2015: gives places in 2015, the base year, in which no programme acts"),
          HasSubstr("capacity.by_year.2022: gives places in 2022, outside the region's years"),
          HasSubstr("budget.by_year.2015: gives money in 2015, the base year, in which no programme acts"),
          HasSubstr("budget.by_year.2021: gives money in 2021, outside the region's years"),
          HasSubstr("window: is 2014 to 2018, beyond the simulated years 2016 to 2020 (write [2016, 2018])"),
          HasSubstr("capacity.by_year.2019: gives places in 2019, outside the window 2014 to 2018")));
}

TEST(ScenarioYears, PlacesAreWholeNumbers) {
  HamletFiles files;
  files.change("programmes/posts.toml", "2016 = 4, 2018 = 2", "2016 = 7.5, 2018 = 2");
  EXPECT_THAT(files.refusals("plan.toml"),
              ElementsAre(HasSubstr("capacity.by_year.2016: is 7.5, expected a whole number of ")));
}

TEST(ScenarioYears, AWindowStaysWithinTheRegion) {
  HamletFiles files;
  files.change("programmes/posts.toml", "[2016, 2018]", "[2010, 2030]");
  EXPECT_THAT(
      files.refusals("plan.toml"),
      ElementsAre("programmes/posts.toml:4:12: window: is 2010 to 2030, beyond the simulated years 2016 to 2020 "
                  "(write [2016, 2020])"));
  files.change("programmes/posts.toml", "[2010, 2030]", "[2021, 2030]");
  EXPECT_THAT(files.refusals("plan.toml"),
              ElementsAre(HasSubstr("window: holds no simulated year: the region's are 2016 to 2020"),
                          HasSubstr("gives places in 2016, outside the window"),
                          HasSubstr("gives places in 2018, outside the window")));
}

TEST(ScenarioYears, LevelEntriesThatNoYearReads) {
  HamletFiles files;
  files.write(
      "b.toml",
      "extends = \"plan.toml\"\n[growth.mean_income]\nfrom_year = { 2010 = 5000, 2013 = 5500, 2015 = 6000, 2018 = "
      "7000, 2021 = 8000 }\n");
  EXPECT_THAT(files.refusals("b.toml"),
              ElementsAre("b.toml:3:15: growth.mean_income.2010: is superseded by 2013 before the base year 2015: it "
                          "changes nothing (leave it out)",
                          HasSubstr("growth.mean_income.2013: is superseded by 2015 before the base year 2015"),
                          HasSubstr("growth.mean_income.2021: comes after the region's years 2015 to 2020: it changes "
                                    "nothing")));
  files.write("b.toml", "extends = \"plan.toml\"\n[growth.mean_income]\nfrom_year = { 2013 = 5500, 2018 = 7000 }\n");
  EXPECT_THAT(files.refusals("b.toml"), IsEmpty()) << "it holds until 2017";
}

TEST(ScenarioFunds, ANearlyDefinedFundIsASlip) {
  HamletFiles files;
  files.change("programmes/posts.toml", "{ county = 1.0 }", "{ conty = 1.0 }");
  EXPECT_THAT(
      files.refusals("plan.toml"),
      ElementsAre(AllOf(StartsWith("programmes/posts.toml:33:15: cost.funding.conty: draws on a fund that plan does "
                                   "not define (did you mean \"county\"?"),
                        HasSubstr("[funds.conty] unlimited = true"))));
  files.change("plan.toml", "[funds.county]", "[funds.conty]\nunlimited = true\n[funds.county]");
  EXPECT_THAT(files.warnings("plan.toml"), IsEmpty());
  const Scenario scenario = files.load("plan.toml");
  EXPECT_THAT(scenario.settings.effective_text(), HasSubstr("funds.conty.unlimited = true\n"));
}

TEST(ScenarioFunds, AnotherUndefinedFundIsWithoutLimitAndSaidSo) {
  HamletFiles files;
  files.change("programmes/posts.toml", "{ county = 1.0 }", "{ unesco = 1.0 }");
  EXPECT_THAT(
      files.warnings("plan.toml"),
      ElementsAre(HasSubstr("cost.funding.unesco: draws on a fund that plan does not define: it is without limit")));
}

TEST(ScenarioFunds, UnlimitedOrByYear) {
  HamletFiles files;
  const auto fund = [&](const std::string& text) {
    files.write("b.toml", "extends = \"plan.toml\"\n[funds.gifts]\n" + text);
    return files.refusals("b.toml");
  };
  EXPECT_THAT(fund("unlimited = true\ncarry_over = false\n"), IsEmpty()) << "it takes the place of the inherited years";
  EXPECT_FALSE(files.load("b.toml").settings.has("funds.gifts.by_year"));
  EXPECT_THAT(fund("unlimited = true\n"), ElementsAre(HasSubstr("funds.gifts.carry_over: changes nothing in a fund "
                                                                "without limit")));
  EXPECT_THAT(fund("unlimited = true\nby_year = { 2016 = 1 }\n"),
              ElementsAre(HasSubstr("funds.gifts.unlimited: is true beside by_year (give either by_year or unlimited = "
                                    "true)")));
  files.change("plan.toml", "by_year    = { 2016 = 60_000 }\ncarry_over = true", "unlimited = true");
  EXPECT_THAT(fund("by_year = { 2016 = 1 }\n"), IsEmpty()) << "and the reverse";
  EXPECT_FALSE(files.load("b.toml").settings.has("funds.gifts.unlimited"));
  EXPECT_THAT(files.refusals("plan.toml"), IsEmpty());
  files.change("plan.toml", "unlimited = true", "unlimited = false");
  EXPECT_THAT(files.refusals("plan.toml"), ElementsAre(HasSubstr("funds.gifts.by_year: is missing")));
}

TEST(ScenarioProgrammes, AreFoundWhereTheFileThatListsThemStands) {
  HamletFiles files;
  files.write("my/b.toml", "extends = \"../plan.toml\"\n");
  EXPECT_THAT(files.warnings("my/b.toml"), IsEmpty());
  const std::string inherited = files.load("my/b.toml").programmes[0].effective_text();
  files.write("my/programmes/posts.toml", files.read("programmes/posts.toml"));
  files.change("my/programmes/posts.toml", "8_000", "9_000");
  EXPECT_EQ(files.load("my/b.toml").programmes[0].effective_text(), inherited)
      << "the base's list names the base's file";
  EXPECT_THAT(files.warnings("my/b.toml"),
              ElementsAre(AllOf(StartsWith("plan.toml:4:14: programmes: \"posts\" is read from "),
                                HasSubstr("my/programmes/posts.toml is not used"))));
  files.write("my/b.toml", "extends = \"../plan.toml\"\nprogrammes = [\"posts\", \"orchard\"]\n");
  const Scenario own = files.load("my/b.toml");
  EXPECT_EQ(own.programmes[0].number("effect.post.wage"), 9000) << "its own list names its own file first";
  EXPECT_EQ(own.programmes[1].path(), files.path("programmes/orchard.toml")) << "then those of its base";
  EXPECT_THAT(
      files.warnings("my/b.toml"),
      ElementsAre(HasSubstr("replaces the list of plan.toml and drops allowance"),
                  AllOf(StartsWith("my/b.toml:2:14: programmes: \"posts\" is read from my/programmes/posts.toml, "
                                   "which hides "),
                        HasSubstr("programmes/posts.toml"))));
  files.write("my/b.toml", "extends = \"../plan.toml\"\nprogrammes = [\"orchrad\"]\n");
  EXPECT_THAT(files.refusals("my/b.toml"),
              ElementsAre(AllOf(HasSubstr("there is no programme file my/programmes/orchrad"),
                                HasSubstr("did you mean \"orchard\"?"))));
}

TEST(ScenarioProgrammes, ALinkLeadsToTheFilesBesideItsTarget) {
  HamletFiles files;
  std::filesystem::create_directory(files.path("my"));
  std::filesystem::create_symlink("../plan.toml", files.path("my/link.toml"));
  const Scenario scenario = files.load("my/link.toml");
  EXPECT_THAT(files.in_words(files.problems), IsEmpty());
  EXPECT_EQ(scenario.name, "link");
  EXPECT_EQ(scenario.programmes.size(), 3u);
}

/// Warnings but those of lists that drop a programme, as a list with a copy in its place does.
std::vector<std::string> besides_lists(std::vector<std::string> warnings) {
  std::erase_if(warnings, [](const std::string& text) { return text.find("replaces the list of") != text.npos; });
  return warnings;
}

TEST(ScenarioCopies, ACopyWithoutLuckIsAskedAbout) {
  HamletFiles files;
  files.write("programmes/orchard_late.toml", files.read("programmes/orchard.toml"));
  files.change("programmes/orchard_late.toml", "\"Orchard\"", "\"Orchard, later\"");
  files.change("programmes/orchard_late.toml", "value = 2_000", "value = 2_500");
  files.write("late.toml", "extends = \"plan.toml\"\nprogrammes = [\"posts\", \"allowance\", \"orchard_late\"]\n");
  const std::string asked =
      "programmes/orchard_late.toml:1: luck: serves the people of \"orchard\" in plan with luck of its own, so that a "
      "difference between the two holds the noise of both (add luck = \"orchard\" at the top of orchard_late.toml)";
  EXPECT_THAT(besides_lists(files.warnings("late.toml")), ElementsAre(asked)) << "against its base";
  std::vector<Scenario> both = load_checked({files.path("plan.toml"), files.path("late.toml")});
  EXPECT_THAT(besides_lists(files.in_words(both[1].warnings)), ElementsAre(asked))
      << "once, though it is compared as well";
  EXPECT_THAT(both[0].warnings, IsEmpty());

  files.write("apart.toml", files.read("plan.toml"));
  files.change("apart.toml", "\"orchard\"]", "\"orchard_late\"]");
  EXPECT_THAT(files.warnings("apart.toml"), IsEmpty()) << "nothing to compare it with";
  both = load_checked({files.path("plan.toml"), files.path("apart.toml")});
  EXPECT_THAT(besides_lists(files.in_words(both[1].warnings)), ElementsAre(asked)) << "another scenario of the run";

  files.change("programmes/orchard_late.toml", "batch ", "luck = \"orchard\"\nbatch ");
  EXPECT_THAT(besides_lists(files.warnings("late.toml")), IsEmpty()) << "the line that was named is the way out";
}

TEST(ScenarioCopies, OtherPeopleAndNeighboursAreNoCopies) {
  HamletFiles files;
  files.write("programmes/late.toml",
              "extends = \"orchard.toml\"\nwindow = [2017, 2018]\n[capacity]\nby_year = { 2017 = 3 }\n");
  files.write("late.toml", "extends = \"plan.toml\"\nprogrammes = [\"late\"]\n");
  EXPECT_THAT(
      besides_lists(files.warnings("late.toml")),
      ElementsAre(HasSubstr("capacity.by_year: replaces the whole series of orchard.toml: 2016, 2018 become zero"),
                  HasSubstr("add luck = \"orchard\" at the top of late.toml")));
  files.write("late.toml", "extends = \"plan.toml\"\nprogrammes = [\"orchard\", \"late\"]\n");
  EXPECT_THAT(besides_lists(files.warnings("late.toml")), ElementsAre(HasSubstr("become zero")))
      << "served beside its original";
  files.write("programmes/late.toml", "extends = \"orchard.toml\"\neligible = \"children >= 1\"\n");
  files.write("late.toml", "extends = \"plan.toml\"\nprogrammes = [\"late\"]\n");
  EXPECT_THAT(besides_lists(files.warnings("late.toml")), IsEmpty()) << "other people";
}

TEST(ScenarioUnits, APlanInChineseUnitsIsTheSamePlan) {
  HamletFiles files;
  const Scenario before = files.load("plan.toml");
  files.change("plan.toml", "2016 = 120_000, 2017 = 90_000, 2018 = 140_000, 2019 = 140_000, 2020 = 140_000 }",
               "2016 = 12, 2017 = 9, 2018 = 14, 2019 = 14, 2020 = 14 }\nunit = \"万元\"");
  files.change("programmes/posts.toml", "value = 8_000, unit = \"yuan/year\", range = [6_000, 10_000]",
               "value = 0.8, unit = \"万元/年\", range = [0.6, 1]");
  files.change("programmes/posts.toml", "unit    = \"posts\"", "unit    = \"个岗位\"");
  const Scenario after = files.load("plan.toml");
  EXPECT_THAT(files.in_words(files.problems), IsEmpty());
  EXPECT_EQ(after.settings.series("funds.county.by_year").values,
            before.settings.series("funds.county.by_year").values);
  const Quantity &wage = after.programmes[0].quantity("effect.post.wage"),
                 &own = before.programmes[0].quantity("effect.post.wage");
  EXPECT_EQ(wage.value, own.value);
  EXPECT_EQ(wage.low, own.low);
  EXPECT_EQ(wage.high, own.high);
  EXPECT_EQ(after.programmes[0].text("capacity.unit"), "posts");
}

}  // namespace
}  // namespace tuopin
