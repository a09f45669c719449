// The first year in which scenarios differ, and that simulating their common years once does not change results.
#include "models/scenario/divergence.hpp"
#include "models/population/synthesis.hpp"
#include "models/run/load.hpp"

#include <fstream>

#include "models/run/ensemble.hpp"
#include "tests/models/worlds.hpp"

namespace tuopin::testing {
namespace {

Scenario shipped(const char* name) {
  std::vector<Problem> problems;
  Scenario scenario = load_scenario(hamlet / (std::string(name) + ".toml"), problems);
  for (const Problem& problem : problems) ADD_FAILURE() << to_text(problem);
  return scenario;
}

/// A programme of the hamlet with lines of its file replaced.
Scenario with_changed(Scenario scenario, const std::string& programme,
                      const std::vector<std::pair<std::string, std::string>>& changes) {
  for (Settings& settings : scenario.programmes) {
    if (settings.stem() != programme) continue;
    std::ifstream in(hamlet / "programmes" / (programme + ".toml"));
    std::string text{std::istreambuf_iterator<char>(in), {}};
    for (const auto& [from, to] : changes) {
      const std::size_t at = text.find(from);
      if (at == std::string::npos) throw std::logic_error(programme + " has no " + from);
      text.replace(at, from.size(), to);
    }
    settings = settings_of(text, shipped_file_kinds().programme, programme);
  }
  return scenario;
}

/// posts.toml: capacity of 2016 to 2020, window to the end.
constexpr const char* posts = "posts";

TEST(FirstDifference, IsWhereAProgrammesPlacesChange) {
  const Scenario plan = shipped("plan");
  EXPECT_EQ(first_difference(plan, plan), 2021);
  const Scenario& before = plan;
  const auto series = [&] {
    for (const Settings& p : plan.programmes)
      if (p.stem() == posts) return p.series("capacity.by_year");
    throw std::logic_error("no posts");
  }();
  for (const auto& [year, places] : series.values) {
    Scenario other = plan;
    for (Settings& settings : other.programmes) {
      if (settings.stem() != posts) continue;
      std::ifstream in(hamlet / "programmes/posts.toml");
      std::string text{std::istreambuf_iterator<char>(in), {}};
      const std::size_t at = text.find("by_year"), end = text.find('\n', at);
      std::string flow = "by_year = {";
      for (const auto& [y, p] : series.values)
        flow += (flow.back() == '{' ? " " : ", ") + std::to_string(y) + " = " +
                std::to_string(static_cast<int>(y == year ? p + 1 : p));
      text.replace(at, end - at, flow + " }");
      settings = settings_of(text, shipped_file_kinds().programme, posts);
    }
    EXPECT_EQ(first_difference(before, other), year);
  }
}

TEST(FirstDifference, IsWhereAnotherProgrammeOpens) {
  const Scenario plan = shipped("plan"), baseline = shipped("baseline");
  EXPECT_EQ(first_difference(plan, with_changed(plan, "allowance", {{"window", "window = [2018, 2020] #"}})), 2016);
  Scenario fewer = plan;
  fewer.programmes = {with_changed(plan, posts, {{"window", "window = [2019, 2020] #"}}).programmes.front()};
  Scenario none = fewer;
  none.programmes.clear();
  EXPECT_EQ(first_difference(fewer, none), 2019);
  EXPECT_EQ(first_difference(none, fewer), 2019);
  EXPECT_LE(first_difference(plan, baseline), 2016);
  EXPECT_GE(first_difference(plan, baseline), 2015);
}

TEST(FirstDifference, IsTheBaseYearWhereTheWorldItselfDiffers) {
  const Scenario plan = shipped("plan");
  Scenario other = plan;
  other.settings = plan.settings.with_values(
      [](const Quantity& q) { return q.name == "safety_net.coverage" ? q.value / 2 : q.value; });
  EXPECT_EQ(first_difference(plan, other), 2015);
}

TEST(FirstDifference, OrderOfServingCounts) {
  const Scenario plan = shipped("plan");
  Scenario other = plan;
  std::swap(other.programmes.front(), other.programmes.back());
  EXPECT_EQ(first_difference(plan, other), 2016);
}

TEST(SharedYears, AreTheYearsLivedAlone) {
  // Three scenarios that part ways in different years, run together and each as the second of a pair.
  const Scenario plan = shipped("plan");
  std::vector<Scenario> others;
  for (const auto& [name, window] :
       {std::pair{"later", "window = [2018, 2020] #"}, {"latest", "window = [2020, 2020] #"}}) {
    Scenario other = plan;
    std::ifstream in(hamlet / "programmes/posts.toml");
    std::string text{std::istreambuf_iterator<char>(in), {}};
    text.replace(text.find("window"), 6, std::string(window) + "\n#");
    text.replace(text.find("by_year"), 7, "by_year = { 2018 = 3, 2020 = 3 }\n#");
    other.programmes.insert(other.programmes.begin(), settings_of(text, shipped_file_kinds().programme, "more_posts"));
    other.name = name;
    others.push_back(other);
  }
  EXPECT_EQ(first_difference(plan, others[0]), 2018);
  EXPECT_EQ(first_difference(others[0], others[1]), 2018);
  EXPECT_EQ(first_difference(plan, others[1]), 2020);

  RunPlan together;
  std::vector<Problem> problems;
  const SynthesisInput input = synthesis_input(*plan.region, problems);
  SynthesisReport report;
  together.populations.push_back(std::make_shared<const Population>(synthesize(input, 0, report)));
  together.draws = 3;
  together.leave_out_draws = 2;
  together.panel = true;
  together.scenarios = {plan, others[0], others[1]};
  RunRecord record;
  const Study all = run_ensemble(together, {}, StopFlag{}, record);
  const auto panel_of = [](const RunRecord& r, const std::string& name) -> const Table& {
    for (const Table& table : r.panel)
      if (table.name() == name) return table;
    throw std::logic_error("no panel " + name);
  };
  const auto variable = [](const Study& study, const std::string& name) -> const Variable& {
    for (const Variable& v : study.variables)
      if (v.name == name) return v;
    throw std::logic_error("no variable " + name);
  };
  for (std::size_t s = 1; s <= 2; ++s) {
    RunPlan alone = together;
    alone.scenarios = {others[s - 1]};
    alone.leave_out_draws = 0;
    alone.shards = 2;
    RunRecord own;
    const Study one = run_ensemble(alone, {}, StopFlag{}, own);
    const auto& shared = std::get<std::vector<std::uint64_t>>(variable(all, "check/state_hash").values);
    const auto& lived = std::get<std::vector<std::uint64_t>>(variable(one, "check/state_hash").values);
    ASSERT_EQ(lived.size() * 3, shared.size());
    for (std::size_t i = 0; i < lived.size(); ++i) EXPECT_EQ(shared[s * lived.size() + i], lived[i]);
    for (int year = 2015; year <= 2020; ++year) {
      const std::string name = others[s - 1].name + "_" + std::to_string(year);
      const Table &a = panel_of(record, name), &b = panel_of(own, name);
      for (const ColumnSpec& spec : a.specs()) EXPECT_EQ(a.data(spec.name), b.data(spec.name)) << name << spec.name;
    }
    for (const char* name : {"register_persons", "payments", "spending", "poverty_rate"}) {
      const auto& x = std::get<std::vector<double>>(variable(all, name).values);
      const auto& y = std::get<std::vector<double>>(variable(one, name).values);
      for (std::size_t i = 0; i < y.size(); ++i) EXPECT_EQ(x[s * y.size() + i], y[i]) << name;
    }
  }
}

/// Programmes that have not opened are in nobody's way: the third scenario goes on from the first, though it serves the
/// one that opens later before the other.
TEST(SharedYears, AreThoseBeforeTheOrderOfServingMatters) {
  const Scenario plan = shipped("plan");
  Scenario first = plan, second = plan, third = plan;
  first.name = "first";
  first.programmes = {plan.programmes[0],
                      with_changed(plan, "allowance", {{"window", "window = [2019, 2020] #"}}).programmes[1]};
  second.name = "second";
  second.programmes = {first.programmes[0]};
  third.name = "third";
  third.programmes = {first.programmes[1], first.programmes[0]};
  ASSERT_EQ(first_difference(first, second), 2019);
  ASSERT_EQ(first_difference(first, third), 2019);
  ASSERT_EQ(first_difference(second, third), 2019);

  RunPlan together;
  std::vector<Problem> problems;
  const SynthesisInput input = synthesis_input(*plan.region, problems);
  SynthesisReport report;
  together.populations.push_back(std::make_shared<const Population>(synthesize(input, 0, report)));
  together.scenarios = {first, second, third};
  const auto hashes = [](const RunPlan& of) {
    RunRecord record;
    for (const Variable& v : run_ensemble(of, {}, StopFlag{}, record).variables)
      if (v.name == "check/state_hash") return std::get<std::vector<std::uint64_t>>(v.values);
    throw std::logic_error("no state hash");
  };
  const auto all = hashes(together);
  RunPlan alone = together;
  alone.scenarios = {third};
  const auto own = hashes(alone);
  EXPECT_EQ(own, std::vector<std::uint64_t>(all.end() - static_cast<std::ptrdiff_t>(own.size()), all.end()));
}

/// Money of the base year is posted, though no programme draws on it, and may be carried over.
TEST(FirstDifference, IsTheBaseYearWhereItsMoneyDiffers) {
  const auto funded = [](const char* by_year) {
    Scenario scenario = shipped("plan");
    std::ifstream in(hamlet / "plan.toml");
    std::string text{std::istreambuf_iterator<char>(in), {}};
    const std::size_t fund = text.find("by_year");
    text.replace(fund, text.find('\n', fund) - fund, std::string("carry_over = true\nby_year = ") + by_year);
    scenario.settings = settings_of(text, shipped_file_kinds().scenario, "plan");
    return scenario;
  };
  const Scenario none = funded("{ 2016 = 100_000 }"), some = funded("{ 2015 = 50_000, 2016 = 100_000 }");
  EXPECT_EQ(first_difference(none, some), 2015);
  EXPECT_EQ(first_difference(none, funded("{ 2016 = 100_000, 2018 = 1 }")), 2018);
}

/// Regions are the same where all their tables are, not only the file that names them.
TEST(FirstDifference, IsTheBaseYearInAnotherRegion) {
  const Scenario plan = shipped("plan");
  Scenario other = plan;
  Region region = *plan.region;
  region.contents += "one more line of a table";
  other.region = std::make_shared<const Region>(region);
  EXPECT_EQ(first_difference(plan, other), 2015);
  RunPlan together;
  together.scenarios = {plan, other};
  EXPECT_THROW(check_plan(together), ScenarioError);
}

}  // namespace
}  // namespace tuopin::testing
