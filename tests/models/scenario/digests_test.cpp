// The digests of two scenarios differ from the year on in which the plain comparison finds the first difference.
#include "models/scenario/digests.hpp"

#include "models/scenario/divergence.hpp"
#include "tests/models/random_variants.hpp"

namespace tuopin::testing {
namespace {

std::vector<Scenario> all_shipped() {
  std::vector<Scenario> scenarios;
  std::vector<Problem> problems;
  for (const char* region : {"hamlet", "xiangxi"})
    for (const auto& entry : std::filesystem::directory_iterator(hamlet.parent_path() / region))
      if (entry.path().extension() == ".toml") scenarios.push_back(load_scenario(entry.path(), problems));
  for (const Problem& problem : problems) ADD_FAILURE() << to_text(problem);
  return scenarios;
}

int same_years(const std::vector<Scenario>& scenarios, std::map<int, int>& found) {
  Digester digester;
  std::vector<YearDigests> digests;
  for (const Scenario& scenario : scenarios) digests.push_back(digester.digests(scenario));
  int pairs = 0;
  for (std::size_t a = 0; a < scenarios.size(); ++a)
    for (std::size_t b = 0; b < scenarios.size(); ++b) {
      const int plain = first_difference(scenarios[a], scenarios[b]);
      EXPECT_EQ(first_difference(digests[a], digests[b]), plain) << scenarios[a].name << " " << scenarios[b].name;
      ++found[plain];
      ++pairs;
    }
  return pairs;
}

TEST(Digests, PartWhereShippedScenariosDiffer) {
  std::map<int, int> found;
  EXPECT_GE(same_years(all_shipped(), found), 64);
  EXPECT_GE(found.size(), 3u);
}

TEST(Digests, PartWhereRandomVariantsDiffer) {
  Dice dice(5);
  std::map<int, int> found;
  for (const Scenario& scenario : all_shipped()) {
    if (scenario.programmes.size() < 2) continue;
    for (int round = 0; round < 3; ++round) {
      std::vector<Scenario> variants{scenario};
      for (int v = 0; v < 25; ++v) variants.push_back(random_variant(dice, scenario, "v" + std::to_string(v)));
      same_years(variants, found);
    }
  }
  for (int year = 2015; year <= 2021; ++year) EXPECT_GT(found[year], 10) << year;
}

/// What a digest takes from two scenarios, another that is made alone takes as well.
TEST(Digests, DoNotKnowWhoElseWasDigested) {
  Dice dice(6);
  std::vector<Problem> problems;
  const Scenario plan = load_scenario(hamlet / "plan.toml", problems);
  Digester together;
  for (int v = 0; v < 50; ++v) {
    const Scenario variant = random_variant(dice, plan, "v");
    EXPECT_EQ(together.digests(variant).by_year, Digester().digests(variant).by_year);
  }
}

/// Lines of a scenario's own part it from others in the first year in which they are others, whatever their source.
TEST(Digests, PartWhereLinesDiffer) {
  std::vector<Problem> problems;
  const Scenario plan = load_scenario(hamlet / "plan.toml", problems);
  const auto with_allowance = [&](const std::string& from_year) {
    const std::string line = "{ from_year = { " + from_year + " }, source = \"assumption: a test\" }";
    return varied(plan, {{"own", {{"lines.allowance", line}}, {}}}).front();
  };
  const Scenario low = with_allowance("2017 = 2000"), raised = with_allowance("2017 = 2000, 2019 = 2500"),
                 early = with_allowance("2016 = 2000");
  std::map<int, int> found;
  EXPECT_EQ(same_years({plan, low, raised, early}, found), 16);
  EXPECT_EQ(first_difference(plan, low), 2017);
  EXPECT_EQ(first_difference(low, raised), 2019);
  EXPECT_EQ(first_difference(plan, early), 2016);
}

/// The scenario's line from its first year on, the region's before.
TEST(Lines, OfAScenarioStandInPlaceOfTheRegions) {
  std::vector<Problem> problems;
  const Scenario plan = load_scenario(hamlet / "plan.toml", problems);
  const Scenario own =
      varied(plan,
             {{"own", {{"lines.allowance", "{ from_year = { 2018 = 1234 }, source = \"assumption: a test\" }"}}, {}}})
          .front();
  const Region& region = *own.region;
  EXPECT_EQ(lines_of(own.settings, region, 2017).allowance, region.line("allowance", 2017));
  EXPECT_EQ(lines_of(own.settings, region, 2018).allowance, 1234);
  EXPECT_EQ(lines_of(own.settings, region, 2020).allowance, 1234);
  EXPECT_EQ(lines_of(own.settings, region, 2020).administrative, region.line("administrative", 2020));
}

TEST(Digests, DoNotReadTitlesSourcesAndRemarks) {
  std::vector<Problem> problems;
  const Scenario plan = load_scenario(hamlet / "plan.toml", problems);
  const Scenario told = varied(plan, {{"told",
                                       {{"title", "\"another\""},
                                        {"posts.title", "\"another\""},
                                        {"posts.evidence.source", "\"assumption: another\""},
                                        {"posts.capacity.source", "\"assumption: another\""},
                                        {"posts.capacity.grade", "\"D\""},
                                        {"posts.capacity.status", "\"derived\""},
                                        {"funds.county.title", "\"another\""}},
                                       {}}})
                            .front();
  for (std::size_t p = 0; p < plan.programmes.size(); ++p)
    EXPECT_EQ(acting_lines(told.programmes[p]), acting_lines(plan.programmes[p]));
  EXPECT_EQ(acting_lines(told.settings), acting_lines(plan.settings));
  EXPECT_EQ(Digester().digests(told).by_year, Digester().digests(plan).by_year);
  EXPECT_EQ(first_difference(told, plan), 2021);
}

}  // namespace
}  // namespace tuopin::testing
