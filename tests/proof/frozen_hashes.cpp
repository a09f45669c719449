// Prints the frozen state hash of a study: what `tuopin hash` printed for it when the hash was frozen. The words are
// those of `tuopin run`:
//   frozen_hashes run scenarios/xiangxi/plan-2016.toml --draws 1        f60818b07c4680fa
// It lives the scenarios one after the other with the program's own mechanisms, and hashes each year with
// tests/models/state/frozen_hash.hpp. No study is written, and no batch is left out: no hash has ever seen those runs.
#include <fmt/format.h>

#include <algorithm>

#include "models/main/command_line.hpp"
#include "models/main/preparation.hpp"
#include "models/main/speech.hpp"
#include "models/run/trajectory.hpp"
#include "tests/models/state/frozen_hash.hpp"
#include "tests/models/worlds.hpp"

namespace tuopin::testing {
namespace {

/// All years of a scenario for one draw and replicate.
std::uint64_t after_years(std::uint64_t so_far, const RunPlan& plan, const Scenario& scenario,
                          const ShardedPopulation& sharded, const Calibration& calibration, std::size_t draw,
                          std::size_t replicate) {
  SimulatedRun run(scenario, sharded, calibration, plan.seed, luck_replicate(draw, replicate), plan.threads, nullptr,
                   address_of(plan, draw));
  const auto programmes = run.model().programme_hashes();
  for (int year = scenario.region->base_year; year <= scenario.region->last_year; ++year) {
    run.simulate_year();
    so_far = frozen::of_study(so_far, frozen::hash_of(run.worlds(), programmes));
  }
  return so_far;
}

std::uint64_t hash_of(const RunPlan& plan) {
  std::vector<std::unique_ptr<ShardedPopulation>> lands;
  for (std::size_t p = 0; p < plan.populations.size(); ++p)
    lands.push_back(std::make_unique<ShardedPopulation>(*plan.populations[p], static_cast<std::size_t>(plan.shards),
                                                        plan.share_of(p)));
  std::uint64_t hash = 0;
  for (const Scenario& scenario : plan.scenarios) {
    std::vector<Calibration> calibrations;
    for (const auto& sharded : lands)
      calibrations.push_back(
          calibrate(*sharded, scenario, *plan.scenarios.front().region, shipped_catalogue(), Threads(plan.threads)));
    for (std::size_t draw = 0; draw < static_cast<std::size_t>(plan.draws); ++draw)
      for (std::size_t replicate = 0; replicate < static_cast<std::size_t>(plan.replicates); ++replicate) {
        const std::size_t p = population_of_draw(draw, lands.size());
        hash = after_years(hash, plan, scenario, *lands[p], calibrations[p], draw, replicate);
      }
  }
  return hash;
}

void print_hash(const std::vector<std::string>& words) {
  Options options = read_command_line(words);
  options.catalogue = &shipped_catalogue();
  if (options.command != "run") throw UsageError(Message::verbatim("only the command run has a hash to print"));
  RunPlan plan = plan_of(options, load_together(options.scenarios, shipped_catalogue()));
  populate(options, plan, {}, StopFlag{});
  answer(fmt::format("{:016x}\n", hash_of(plan)));
}

}  // namespace
}  // namespace tuopin::testing

int main(int argc, char** argv) try {
  tuopin::testing::print_hash({argv, argv + argc});
  return 0;
} catch (const tuopin::Error& error) {
  tuopin::remark(std::string("frozen_hashes: ") + error.what() + "\n");
  return static_cast<int>(error.code());
}
