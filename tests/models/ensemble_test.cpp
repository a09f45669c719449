// The ensemble on the hamlet: no result depends on threads, on the other scenarios of the run, or on draws and
// replicates that were asked for besides.
#include "models/ensemble.hpp"

#include <bit>

#include "tests/models/worlds.hpp"

namespace tuopin::testing {
namespace {

RunPlan plan_of(const std::vector<std::string>& names, int draws, int replicates) {
  RunPlan plan;
  std::vector<Problem> problems;
  for (const std::string& name : names) plan.scenarios.push_back(load_scenario(hamlet / (name + ".toml"), problems));
  for (const Problem& problem : problems) ADD_FAILURE() << to_text(problem);
  const SynthesisInput input = synthesis_input(*plan.scenarios.at(0).region, problems);
  SynthesisReport report;
  for (int index = 0; index < 2; ++index)
    plan.populations.push_back(std::make_shared<const Population>(synthesize(input, index, report)));
  plan.draws = draws;
  plan.replicates = replicates;
  return plan;
}

Study run(const RunPlan& plan) {
  RunRecord record;
  return run_ensemble(plan, {}, StopFlag{}, record);
}

/// Bits of a variable's numbers where `axis` stands at [first, first + count); everything where it has no such axis.
std::vector<std::uint64_t> bits(const Study& study, const Variable& variable, const std::string& axis = "",
                                std::size_t first = 0, std::size_t count = 0) {
  std::vector<std::uint64_t> all, kept;
  if (const auto* doubles = std::get_if<std::vector<double>>(&variable.values))
    for (const double x : *doubles) all.push_back(std::bit_cast<std::uint64_t>(x));
  else if (const auto* integers = std::get_if<std::vector<std::int64_t>>(&variable.values))
    for (const std::int64_t x : *integers) all.push_back(static_cast<std::uint64_t>(x));
  else if (const auto* hashes = std::get_if<std::vector<std::uint64_t>>(&variable.values))
    all = *hashes;
  std::size_t after = 1, length = 1;  // elements of the axes behind it, and its own length
  for (std::size_t k = variable.dimensions.size(); k-- > 0;) {
    for (const Dimension& dimension : study.dimensions)
      if (dimension.name == variable.dimensions[k]) length = dimension.size();
    if (variable.dimensions[k] == axis) break;
    after *= length;
    length = 1;
  }
  for (std::size_t i = 0; i < all.size(); ++i) {
    const std::size_t place = i / after % length;
    if (length == 1 || (place >= first && place < first + count)) kept.push_back(all[i]);
  }
  return kept;
}

bool has_axis(const Variable& variable, const std::string& axis) {
  return std::find(variable.dimensions.begin(), variable.dimensions.end(), axis) != variable.dimensions.end();
}

const Variable& same_in(const Study& study, const Variable& variable) {
  for (const Variable& other : study.variables)
    if (other.name == variable.name) return other;
  throw std::logic_error("no variable " + variable.name);
}

TEST(Ensemble, ThreadsDoNotMatter) {
  for (const auto& [draws, replicates] : {std::pair{3, 2}, std::pair{1, 1}}) {  // threads by task, threads by block
    RunPlan plan = plan_of({"baseline", "plan"}, draws, replicates);
    plan.leave_out_draws = 1;
    plan.threads = 1;
    const Study one = run(plan);
    plan.threads = 2;
    const Study two = run(plan);
    EXPECT_EQ(one.attributes.at("hash_state"), two.attributes.at("hash_state"));
    ASSERT_EQ(one.variables.size(), two.variables.size());
    for (const Variable& variable : one.variables)
      EXPECT_EQ(bits(one, variable), bits(two, same_in(two, variable))) << variable.name;
  }
}

TEST(Ensemble, FurtherDrawsAndReplicatesChangeNoEarlierOne) {
  const Study few = run(plan_of({"baseline", "plan"}, 2, 1));
  const Study draws = run(plan_of({"baseline", "plan"}, 4, 1)), replicates = run(plan_of({"baseline", "plan"}, 2, 3));
  int compared = 0;
  for (const Variable& variable : few.variables) {
    if (!has_axis(variable, "draw") || !has_axis(variable, "replicate")) continue;
    EXPECT_EQ(bits(few, variable), bits(draws, same_in(draws, variable), "draw", 0, 2)) << variable.name;
    EXPECT_EQ(bits(few, variable), bits(replicates, same_in(replicates, variable), "replicate", 0, 1)) << variable.name;
    ++compared;
  }
  EXPECT_GT(compared, 20);
}

TEST(Ensemble, OtherScenariosOfTheRunDoNotMatter) {
  const Study both = run(plan_of({"baseline", "plan"}, 2, 2)), alone = run(plan_of({"plan"}, 2, 2));
  int compared = 0;
  for (const Variable& variable : alone.variables) {
    // Net exits are counted against the first scenario: they alone know who else is there.
    const bool paired =
        variable.name.find("net") != std::string::npos || variable.name.find("sustained") != std::string::npos;
    if (!has_axis(variable, "scenario") || !has_axis(variable, "draw") || paired) continue;
    EXPECT_EQ(bits(alone, variable), bits(both, same_in(both, variable), "scenario", 1, 1)) << variable.name;
    ++compared;
  }
  EXPECT_GT(compared, 20);
}

}  // namespace
}  // namespace tuopin::testing
