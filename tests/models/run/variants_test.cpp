// Variants in memory are the scenarios that changed files would give, and are refused with the messages of files.
#include "models/run/variants.hpp"

#include <gmock/gmock.h>

#include <unistd.h>

#include <cmath>
#include <fstream>

#include "engine/settings/settings_text.hpp"
#include "models/scenario/digests.hpp"
#include "models/scenario/divergence.hpp"
#include "tests/models/random_case.hpp"

namespace tuopin::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

const std::filesystem::path xiangxi = hamlet.parent_path() / "xiangxi";

Scenario shipped(const std::filesystem::path& path) {
  std::vector<Problem> problems;
  Scenario scenario = load_scenario(path, problems);
  for (const Problem& problem : problems) ADD_FAILURE() << to_text(problem);
  return scenario;
}

const Scenario& plan() {
  static const Scenario scenario = shipped(hamlet / "plan.toml");
  return scenario;
}

const Settings& programme_of(const Scenario& scenario, const std::string& name) {
  for (const Settings& programme : scenario.programmes)
    if (programme.stem() == name) return programme;
  throw std::logic_error("no programme " + name);
}

/// All that is wrong with a variant of the hamlet's plan, a line each.
std::string problems_of(const std::vector<SettingsChange>& changes, const std::vector<std::string>& without = {}) {
  std::vector<Problem> problems;
  varied(plan(), {"changed", changes, without}, problems);
  std::string text;
  for (const Problem& problem : problems) text += to_text(problem) + "\n";
  return text;
}

Scenario with(const std::vector<SettingsChange>& changes, const std::vector<std::string>& without = {}) {
  return varied(plan(), {{"changed", changes, without}}).front();
}

/// The same change made in a copy of the hamlet's files, read from the disk.
Scenario read_from_changed_file(const std::string& file, const std::string& from, const std::string& to) {
  const auto folder = std::filesystem::path(::testing::TempDir()) / ("variants_" + std::to_string(::getpid()));
  std::filesystem::remove_all(folder);
  std::filesystem::copy(hamlet, folder, std::filesystem::copy_options::recursive);
  std::ifstream in(folder / file);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  const std::size_t at = text.find(from);
  if (at == std::string::npos) throw std::logic_error(file + " has no " + from);
  std::ofstream(folder / file) << text.replace(at, from.size(), to);
  Scenario scenario = shipped(folder / "plan.toml");
  std::filesystem::remove_all(folder);
  return scenario;
}

void expect_same_text(const Scenario& a, const Scenario& b) {
  EXPECT_EQ(a.settings.effective_text(), b.settings.effective_text());
  ASSERT_EQ(a.programmes.size(), b.programmes.size());
  for (std::size_t p = 0; p < a.programmes.size(); ++p)
    EXPECT_EQ(a.programmes[p].effective_text(), b.programmes[p].effective_text());
}

TEST(Variants, AreWhatChangedFilesWouldBe) {
  std::ifstream in(hamlet / "programmes/posts.toml");
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  const std::size_t at = text.find("by_year"), end = text.find('\n', at);
  const std::string years = text.substr(at, end - at);
  std::string more = "by_year = {";
  for (const auto& [year, places] : programme_of(plan(), "posts").series("capacity.by_year").values)
    more += fmt::format("{} {} = {}", more.back() == '{' ? "" : ",", year, year == 2018 ? 17 : places);
  expect_same_text(with({{"posts.capacity.by_year.2018", "17"}}),
                   read_from_changed_file("programmes/posts.toml", years, more + " }"));
}

TEST(Variants, ShareWhatTheyDoNotChange) {
  const Scenario changed = with({{"posts.capacity.by_year.2018", "17"}});
  EXPECT_EQ(changed.settings.identity(), plan().settings.identity());
  for (std::size_t p = 0; p < plan().programmes.size(); ++p)
    EXPECT_EQ(changed.programmes[p].identity() == plan().programmes[p].identity(),
              plan().programmes[p].stem() != "posts");
  EXPECT_EQ(programme_of(changed, "posts").series("capacity.by_year").at(2018), 17);
  EXPECT_EQ(programme_of(changed, "posts").series("capacity.by_year").at(2017),
            programme_of(plan(), "posts").series("capacity.by_year").at(2017));
  EXPECT_EQ(changed.name, "changed");
}

TEST(Variants, ChangeOneMemberOfAValue) {
  const Quantity before = plan().settings.quantity("growth.nominal");
  const Scenario changed = with({{"growth.nominal.value", toml_float(before.value + 0.001)}});
  const Quantity& after = changed.settings.quantity("growth.nominal");
  EXPECT_EQ(after.value, before.value + 0.001);
  EXPECT_EQ(after.unit, before.unit);
  EXPECT_EQ(after.low, before.low);
  EXPECT_EQ(after.status, Status::assumption) << "the source does not vouch for the new value";
  EXPECT_THAT(after.source, HasSubstr("value changed by an extending file"));
}

TEST(Variants, GiveATableThatTheFileDoesNotHave) {
  const Scenario changed = with({{"posts.budget.by_year.2017", "1000"}, {"posts.budget.by_year.2018", "2000"}});
  EXPECT_EQ(programme_of(changed, "posts").series("budget.by_year").values,
            (std::map<int, double>{{2017, 1000}, {2018, 2000}}));
}

TEST(Variants, LeaveProgrammesOut) {
  const Scenario less = with({}, {"posts"});
  EXPECT_EQ(less.programmes.size() + 1, plan().programmes.size());
  const Scenario batch = plan().without_batch(programme_of(plan(), "posts").text("batch"));
  for (const Settings& programme : batch.programmes)
    EXPECT_NE(programme.text("batch"), programme_of(plan(), "posts").text("batch"));
  EXPECT_EQ(batch.name, "plan without " + programme_of(plan(), "posts").text("batch"));
}

TEST(Variants, RefuseUnknownKeysWithTheNearestName) {
  EXPECT_THAT(
      problems_of({{"posts.capacity.by_yaer.2018", "3"}}),
      AllOf(HasSubstr("changed: posts: capacity.by_yaer: unknown table"), HasSubstr("did you mean \"by_year\"?")));
  EXPECT_THAT(problems_of({{"posts.capcity.by_year.2018", "3"}}),
              AllOf(HasSubstr("posts: capcity: unknown"), HasSubstr("did you mean \"capacity\"?")));
  EXPECT_THAT(problems_of({{"post.capacity.by_year.2018", "3"}}),
              AllOf(HasSubstr("post: unknown"), HasSubstr("did you mean \"posts\"?")));
  EXPECT_THAT(problems_of({{"safety_nett.coverage", "0.3"}}),
              AllOf(HasSubstr("safety_nett: unknown"), HasSubstr("did you mean \"safety_net\"?")));
  EXPECT_THAT(problems_of({{"safety_net.covrage", "0.3"}}),
              AllOf(HasSubstr("safety_net.covrage: unknown key"), HasSubstr("did you mean \"coverage\"?")));
  EXPECT_THAT(problems_of({{"funds.centrl.by_year.2018", "3"}}), HasSubstr("there is no table \"centrl\" to change"));
  EXPECT_THAT(problems_of({{"posts.effect.pots.wage.value", "3"}}), HasSubstr("there is no table \"pots\" to change"));
  EXPECT_THAT(problems_of({{"", "3"}}), HasSubstr("unknown"));
  EXPECT_THAT(problems_of({{"posts.", "3"}}), HasSubstr("unknown"));
  EXPECT_THAT(problems_of({{"posts..", "3"}}), HasSubstr("unknown"));
  EXPECT_THAT(problems_of({{"posts.capacity", "3"}}), HasSubstr("is a table, expected a key in it"));
}

TEST(Variants, RefuseWrongValuesAsFilesDo) {
  EXPECT_THAT(problems_of({{"safety_net.coverage", "1.5"}}),
              HasSubstr("changed: safety_net.coverage: is 1.5 share, expected 0 to 1"));
  EXPECT_THAT(problems_of({{"safety_net.coverage", "\"half\""}}), HasSubstr("is the text \"half\", expected a number"));
  EXPECT_THAT(problems_of({{"posts.capacity.by_year.2018", "-1"}}),
              HasSubstr("changed: posts: capacity.by_year.2018: is -1"));
  EXPECT_THAT(problems_of({{"posts.capacity.by_year.2018", "nan"}}), HasSubstr("expected a finite number"));
  EXPECT_THAT(problems_of({{"posts.capacity.by_year.next", "1"}}), HasSubstr("\"next\" is not a year"));
  EXPECT_THAT(problems_of({{"posts.capacity.by_year.2031", "1"}}),
              HasSubstr("changed: posts: capacity.by_year.2031: gives places in 2031"))
      << "outside the years of the region";
  EXPECT_THAT(problems_of({{"posts.eligible", "\"incom < 3\""}}), HasSubstr("changed: posts: eligible:"));
  EXPECT_THAT(problems_of({{"posts.eligible", "\"measured_income <\""}}), HasSubstr("changed: posts: eligible:"));
  EXPECT_THAT(problems_of({{"safety_net.off", "true"}}), HasSubstr("is true without a reason"));
  EXPECT_THAT(problems_of({{"safety_net.coverage", ""}}), HasSubstr("is not TOML"));
  EXPECT_THAT(problems_of({{"safety_net.coverage", "0.1\nadequacy = 0.2"}}), HasSubstr("is more than one value"));
  EXPECT_THAT(problems_of({{"safety_net.coverage", "[[["}}), HasSubstr("is not TOML"));
  EXPECT_THAT(problems_of({{"safety_net.coverage", "\xff"}}), HasSubstr("is not UTF-8"));
  EXPECT_THAT(problems_of({{"safety_net.coverage", "0.1"}, {"safety_net.coverage", "0.2"}}),
              HasSubstr("is said twice"));
  EXPECT_THAT(problems_of({{"posts.capacity.by_year", "{ 2018 = 1 }"}, {"posts.capacity.by_year.2018", "2"}}),
              HasSubstr("is said twice, beside capacity.by_year"));
  EXPECT_THAT(problems_of({}, {"post"}), AllOf(HasSubstr("is no programme of"), HasSubstr("did you mean \"posts\"?")));
  std::vector<Problem> problems;
  varied(plan(), {"a\nb", {}, {}}, problems);
  varied(plan(), {"", {}, {}}, problems);
  EXPECT_EQ(problems.size(), 2u);
}

TEST(Variants, RefuseWhatFilesAlone) {
  for (const char* key : {"extends", "region", "programmes", "posts.extends", "posts.luck"})
    EXPECT_THAT(problems_of({{key, "\"x\""}}), HasSubstr("cannot be changed in memory")) << key;
}

TEST(Variants, TellAllProblemsOfAllVariants) {
  try {
    varied(plan(), {{"one", {{"safety_net.covrage", "1"}, {"posts.capacity.by_year.2018", "-1"}}, {}},
                    {"two", {}, {"pots"}},
                    {"good", {{"safety_net.coverage", "0.1"}}, {}}});
    FAIL() << "nothing was refused";
  } catch (const ScenarioError& error) {
    EXPECT_EQ(error.problems().size(), 3u) << error.what();
    EXPECT_THAT(error.what(), AllOf(HasSubstr("one: safety_net.covrage"), HasSubstr("one: posts: capacity"),
                                    HasSubstr("two: without")));
  }
}

TEST(Variants, HaveNamesOfTheirOwn) {
  EXPECT_THROW(varied(plan(), {{"one", {}, {}}, {"one", {}, {"posts"}}}), ScenarioError);
  EXPECT_EQ(varied(plan(), {{"one", {}, {}}, {"two", {}, {"posts"}}}).size(), 2u);
}

TEST(Variants, MoveMoney) {
  const Scenario whole = shipped(xiangxi / "plan-2016.toml");
  const std::vector<std::string> funds = whole.settings.tables("funds");
  ASSERT_GE(funds.size(), 2u);
  const std::string from = "funds." + funds[0] + ".by_year", to = "funds." + funds[1] + ".by_year";
  const Scenario moved = varied(whole, {{"moved", moved_money(whole, from, to, 2018, 5e6), {}}}).front();
  for (int year = 2015; year <= 2020; ++year) {
    const double sum = whole.settings.series(from).at(year) + whole.settings.series(to).at(year);
    const double now = moved.settings.series(from).at(year) + moved.settings.series(to).at(year);
    EXPECT_NEAR(sum, now, 1e-3) << year;
    EXPECT_EQ(moved.settings.series(from).at(year) != whole.settings.series(from).at(year), year == 2018);
  }
  EXPECT_EQ(first_difference(whole, moved), 2018);
  EXPECT_THROW(moved_money(whole, from, to, 2018, 1e15), ScenarioError);
  EXPECT_THROW(moved_money(whole, from, to, 2018, -1), ScenarioError);
  EXPECT_THROW(moved_money(whole, from, to, 2018, std::nan("")), ScenarioError);
  EXPECT_THROW(moved_money(whole, from, "funds.nobody.by_year", 2018, 1), ScenarioError);
  EXPECT_THROW(moved_money(whole, "safety_net.coverage", to, 2018, 1), ScenarioError);
}

}  // namespace
}  // namespace tuopin::testing
