#include "models/main/preparation.hpp"
#include "models/run/load.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "models/main/language.hpp"
#include "models/main/speech.hpp"
#include "models/scenario/programme_files.hpp"

namespace tuopin {

namespace fs = std::filesystem;

RunPlan plan_of(const Options& o, std::vector<Scenario> scenarios) {
  RunPlan plan;
  plan.scenarios = std::move(scenarios);
  plan.draws = o.draws;
  plan.replicates = o.replicates;
  plan.seed = o.seed;
  plan.threads = o.threads > 0 ? o.threads : available_threads();
  plan.shards = o.shards;
  if (const std::size_t counties = plan.scenarios[0].region->counties.size();
      static_cast<std::size_t>(o.shards) > counties)
    throw UsageError(
        {Problem{Origin{}, "--shards",
                 message("is {}, expected {}", o.shards, message("a whole number from {} to {}", 1, counties)),
                 message("a part holds one whole county at least")}});
  plan.leave_out_draws = o.leave_out_batches;
  plan.catalogue = o.catalogue;
  plan.figures = o.figures;
  plan.panel = o.panel_given;
  check_plan(plan);
  return plan;
}

PopulationSet populate(const Options& o, RunPlan& plan, const ProgressSink& sink, const StopFlag& stop) {
  const Region& region = *plan.scenarios[0].region;
  const int wanted = std::min(o.draws, static_cast<int>(region.settings.integer("populations")));
  PopulationSet set = provide_populations({&region, wanted, plan.threads, !o.no_cache}, sink, stop);
  if (set.cache_bytes > 0)
    remark(in_words(message("synthetic populations kept in {} ({} MB)", set.cache_folder,
                            fmt::format("{:.0f}", static_cast<double>(set.cache_bytes) / 1e6)),
                    o.language) +
           "\n");
  plan.populations = set.populations;
  if (o.sample < 1) {
    for (auto& population : plan.populations) {
      const auto whole = static_cast<double>(population->persons.rows());
      population = std::make_shared<const Population>(
          take_villages(*population, o.sample, static_cast<std::uint64_t>(region.settings.integer("synthesis_seed"))));
      plan.shares.push_back(static_cast<double>(population->persons.rows()) / whole);
    }
  }
  return set;
}

std::string warnings_in_words(const std::vector<Scenario>& scenarios, const std::string& language) {
  std::string text;
  for (const Problem& warning : warnings_of(scenarios))
    text += in_words(message("warning: {}", in_words(warning, language)), language) + "\n";
  return text;
}

std::vector<fs::path> inputs_of(const std::vector<Scenario>& scenarios) {
  std::vector<fs::path> files;
  for (const Scenario& scenario : scenarios) {
    files.push_back(scenario.settings.path());
    for (const Settings& programme : scenario.programmes) files.push_back(programme.path());
    files.push_back(scenario.region->settings.path());
    const std::vector<fs::path> tables = scenario.region->files();
    files.insert(files.end(), tables.begin(), tables.end());
  }
  return files;
}

}  // namespace tuopin
