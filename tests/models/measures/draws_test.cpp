// The group `draws` of a study against the draws themselves.
#include "models/measures/draws.hpp"
#include "models/population/synthesis.hpp"
#include "models/run/load.hpp"

#include <gmock/gmock.h>

#include <cmath>

#include "tests/models/worlds.hpp"

namespace tuopin::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsSupersetOf;

std::vector<Scenario> hamlet_scenarios() {
  std::vector<Problem> problems;
  std::vector<Scenario> scenarios;
  for (const char* name : {"baseline", "plan"})
    scenarios.push_back(load_scenario(hamlet / (std::string(name) + ".toml"), problems));
  for (const Problem& problem : problems) ADD_FAILURE() << to_text(problem);
  return scenarios;
}

/// Three draws on two populations.
std::vector<DrawUsed> three_draws(bool central = false) {
  return {{{7, 0, central}, 0}, {{7, 1, central}, 1}, {{7, 2, central}, 0}};
}

struct Kept {
  explicit Kept(const std::vector<DrawUsed>& draws, const std::vector<Scenario>& scenarios = hamlet_scenarios()) {
    add_draws(study, scenarios, draws);
  }
  std::vector<std::string> names(const std::string& dimension) const {
    for (const Dimension& d : study.dimensions)
      if (d.name == dimension) return std::get<std::vector<std::string>>(d.values);
    return {};
  }
  template <typename Values = std::vector<double>>
  Values values(const std::string& name) const {
    for (const Variable& v : study.variables)
      if (v.name == name) return std::get<Values>(v.values);
    ADD_FAILURE() << "no " << name;
    return {};
  }
  double parameter(std::size_t scenario, std::size_t draw, const std::string& name) const {
    const auto all = names("parameter");
    const auto at = std::find(all.begin(), all.end(), name);
    EXPECT_NE(at, all.end()) << name;
    return values("draws/parameter_value")
        .at((scenario * 3 + draw) * all.size() + static_cast<std::size_t>(at - all.begin()));
  }
  Study study;
};

TEST(Draws, EveryNumberWithARangeStandsInTheOrderOfTheFiles) {
  const Kept kept(three_draws());
  const std::vector<std::string> names = kept.names("parameter");
  EXPECT_THAT(names, IsSupersetOf({"growth.nominal", "labour.displacement", "posts.effect.post.wage",
                                   "orchard.cost.once", "crop.plum.price"}));
  std::vector<std::string> expected;
  for (const Scenario& scenario : hamlet_scenarios()) {
    const auto add = [&](const Quantity& q) {
      if (q.low < q.high && std::find(expected.begin(), expected.end(), q.name) == expected.end())
        expected.push_back(q.name);
    };
    scenario.settings.for_each_quantity(add);
    for (const Settings& programme : scenario.programmes) programme.for_each_quantity(add);
  }
  ASSERT_GT(names.size(), expected.size());
  EXPECT_EQ(std::vector<std::string>(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(expected.size())),
            expected);
  for (std::size_t i = expected.size(); i < names.size(); ++i) EXPECT_TRUE(names[i].starts_with("crop.")) << names[i];
}

TEST(Draws, ValuesAreWhatTheModelUses) {
  const auto scenarios = hamlet_scenarios();
  const Kept kept(three_draws());
  for (std::size_t draw = 0; draw < 3; ++draw) {
    const DrawAddress address{7, static_cast<std::uint32_t>(draw), false};
    EXPECT_EQ(kept.parameter(0, draw, "growth.nominal"),
              drawn(scenarios[0].settings, address).number("growth.nominal"));
    EXPECT_EQ(kept.parameter(1, draw, "growth.nominal"), kept.parameter(0, draw, "growth.nominal"));
    const auto posts = std::find_if(scenarios[1].programmes.begin(), scenarios[1].programmes.end(),
                                    [](const Settings& programme) { return programme.stem() == "posts"; });
    EXPECT_EQ(kept.parameter(1, draw, "posts.effect.post.wage"), drawn(*posts, address).number("effect.post.wage"));
    EXPECT_TRUE(std::isnan(kept.parameter(0, draw, "posts.effect.post.wage"))) << "the baseline has no posts";
    const Region region = drawn(*scenarios[0].region, address);
    EXPECT_EQ(kept.parameter(0, draw, "crop.plum.price"), region.crops.front().number("price"));
  }
  EXPECT_NE(kept.parameter(0, 0, "growth.nominal"), kept.parameter(0, 1, "growth.nominal"));
}

TEST(Draws, OneNameWithAnotherRangeHasAValueInEachScenario) {
  auto scenarios = hamlet_scenarios();
  scenarios[1].settings =
      scenarios[1].settings.with_values([](const Quantity& q) { return q.name == "growth.nominal" ? 0.09 : q.value; });
  const Kept kept(three_draws(true), scenarios);
  EXPECT_EQ(kept.parameter(0, 1, "growth.nominal"), 0.08);
  EXPECT_EQ(kept.parameter(1, 1, "growth.nominal"), 0.09);
}

TEST(Draws, LinesByYearAndTheBaseYearsStay) {
  const auto scenarios = hamlet_scenarios();
  const Region& region = *scenarios[0].region;
  const Kept kept(three_draws()), central(three_draws(true));
  EXPECT_THAT(kept.names("line_name"), IsSupersetOf({"administrative", "allowance", "statistical"}));
  const auto names = kept.names("line_name");
  const auto years = static_cast<std::size_t>(region.last_year - region.base_year + 1);
  const auto values = kept.values("draws/line_value"), at_centre = central.values("draws/line_value");
  ASSERT_EQ(values.size(), 3 * names.size() * years);
  for (std::size_t draw = 0; draw < 3; ++draw) {
    const Region own = drawn(region, {7, static_cast<std::uint32_t>(draw), false});
    for (std::size_t i = 0; i < names.size(); ++i)
      for (std::size_t y = 0; y < years; ++y) {
        const std::size_t at = (draw * names.size() + i) * years + y;
        EXPECT_EQ(values[at], own.line(names[i], region.base_year + static_cast<int>(y)));
        EXPECT_EQ(at_centre[at], region.line(names[i], region.base_year + static_cast<int>(y)));
        if (y == 0) {
          EXPECT_EQ(values[at], at_centre[at]);
        }
      }
  }
}

TEST(Draws, MarginsOfThePopulationOfEachDraw) {
  std::vector<Problem> problems;
  const SynthesisInput input = synthesis_input(*hamlet_scenarios()[0].region, problems);
  ASSERT_TRUE(problems.empty());
  const Kept kept(three_draws());
  EXPECT_THAT(kept.values<std::vector<std::int64_t>>("draws/population"), ElementsAre(0, 1, 0));
  const auto names = kept.names("margin");
  const auto values = kept.values("draws/margin_value");
  ASSERT_FALSE(names.empty());
  ASSERT_EQ(values.size(), 3 * names.size());
  bool any_drawn = false;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::size_t dot = names[i].find('.');
    const std::string name = names[i].substr(0, dot), place = names[i].substr(dot + 1);
    const double centre = input.margins.own(name, place)->value;
    EXPECT_EQ(values[i], centre) << names[i];
    EXPECT_EQ(values[names.size() + i], input.margins.drawn(input.seed, 1).own(name, place)->value) << names[i];
    EXPECT_EQ(values[2 * names.size() + i], centre) << names[i];
    any_drawn |= values[names.size() + i] != centre;
  }
  EXPECT_TRUE(any_drawn);
}

}  // namespace
}  // namespace tuopin::testing
