// Every figure of a study, frozen: a tenth of Xiangxi's villages, many blocks in three parts, with the plan and without
// it, two draws, batches left out. frozen_figures.txt has a hash of each variable by its name; a variable that it does
// not have is new and free. State hashes have a frozen function of their own (tests/models/state/frozen_hash.hpp).
#include <fmt/format.h>

#include <bit>
#include <cmath>
#include <fstream>
#include <map>

#include "models/population/synthesis.hpp"
#include "models/run/ensemble.hpp"
#include "tests/models/worlds.hpp"

namespace tuopin::testing {
namespace {

Study lived_study() {
  RunPlan plan;
  std::vector<Problem> problems;
  for (const char* file : {"baseline.toml", "plan-2016.toml"})
    plan.scenarios.push_back(load_scenario(hamlet.parent_path() / "xiangxi" / file, problems));
  const SynthesisInput input = synthesis_input(*plan.scenarios.front().region, problems);
  if (!problems.empty()) throw ScenarioError(problems);
  SynthesisReport report;
  const Population whole = synthesize(input, 0, report);
  const auto sample = std::make_shared<const Population>(take_villages(whole, 0.1, 1));
  plan.populations = {sample};
  plan.shares = {static_cast<double>(sample->persons.rows()) / static_cast<double>(whole.persons.rows())};
  plan.draws = 2;
  plan.leave_out_draws = 1;
  plan.threads = 2;
  plan.shards = 3;
  RunRecord record;
  return run_ensemble(plan, {}, StopFlag{}, record);
}

/// What is unknown is one value: the sign of a NaN is the compiler's.
std::uint64_t bits_of(double value) { return std::isnan(value) ? 1 : std::bit_cast<std::uint64_t>(value); }
std::uint64_t bits_of(std::uint64_t value) { return value; }
std::uint64_t bits_of(std::int64_t value) { return static_cast<std::uint64_t>(value); }
std::uint64_t bits_of(const std::string& value) { return hash64(value); }

/// By name: dimensions and bits of all values, in their order.
std::map<std::string, std::string> hashes_of(const Study& study) {
  std::map<std::string, std::string> hashes;
  for (const Variable& variable : study.variables) {
    if (variable.name == "check/state_hash") continue;
    std::uint64_t hash = 0;
    for (const std::string& dimension : variable.dimensions) hash = mix64(hash ^ hash64(dimension)) + 1;
    std::visit(
        [&](const auto& values) {
          for (const auto& value : values) hash = mix64(hash ^ bits_of(value)) + 1;
        },
        variable.values);
    hashes[variable.name] = fmt::format("{:016x}", hash);
  }
  return hashes;
}

TEST(FrozenFigures, OfManyBlocksInThreeParts) {
  const std::map<std::string, std::string> lived = hashes_of(lived_study());
  std::ifstream file(hamlet.parent_path().parent_path() / "tests/models/run/frozen_figures.txt");
  std::size_t recorded = 0;
  for (std::string name, hash; file >> name >> hash; ++recorded) {
    const auto found = lived.find(name);
    if (found == lived.end())
      ADD_FAILURE() << name << " is gone";
    else
      EXPECT_EQ(found->second, hash) << name;
  }
  EXPECT_GT(recorded, 80u);
  if (!HasFailure()) return;
  // Where the model was changed on purpose: what is to be recorded.
  std::ofstream found(::testing::TempDir() + "frozen_figures.txt");
  for (const auto& [name, hash] : lived) found << name << " " << hash << "\n";
}

}  // namespace
}  // namespace tuopin::testing
