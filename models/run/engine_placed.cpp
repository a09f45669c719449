// Runs of an engine in worlds of a design, and what describes its inputs.
#include <algorithm>

#include "engine/settings/settings_text.hpp"
#include "models/population/population_key.hpp"
#include "models/run/engine.hpp"
#include "models/run/study_inputs.hpp"

namespace tuopin {

namespace {

constexpr std::string_view of_margin = "margin.";

/// The positions of margins, or all others.
Positions part_of(const Positions& all, bool margins) {
  Positions part;
  for (const auto& [name, position] : all)
    if (name.starts_with(of_margin) == margins) part.emplace(name, position);
  return part;
}

void check_worlds(const std::vector<Engine::World>& worlds, std::size_t populations,
                  const std::vector<NumberUsed>& numbers) {
  if (worlds.empty()) throw UsageError(message("a design without worlds"));
  std::vector<std::string> known;
  for (const NumberUsed& number : numbers)
    if (number.ranges()) known.push_back(number.quantity.name);
  std::sort(known.begin(), known.end());
  for (const Engine::World& world : worlds) {
    if (world.population >= populations)
      throw UsageError(
          {Problem{{}, "population", message("is {}, and the region has {}", world.population, populations), ""}});
    for (const auto& [name, position] : world.positions) {
      if (!std::binary_search(known.begin(), known.end(), name))
        throw UsageError({Problem{{}, name, message("is no number with a range"), did_you_mean(name, known)}});
      if (!(position > 0 && position < 1))
        throw UsageError({Problem{
            {}, name, message("stands at {}, expected {}", position, message("a probability between 0 and 1")), ""}});
    }
  }
}

}  // namespace

std::vector<NumberUsed> Engine::numbers(const std::vector<std::string>& scenarios) const {
  std::vector<const Scenario*> named;
  for (const std::string& name : scenarios) named.push_back(course(name).scenario.get());
  return numbers_of(named);
}

std::vector<Positions> Engine::positions(const std::vector<std::string>& scenarios, std::size_t draws) const {
  std::vector<std::string> names;
  for (const NumberUsed& number : numbers(scenarios))
    if (number.ranges() && number.kind != NumberKind::margin) names.push_back(number.quantity.name);
  std::vector<Positions> all(draws);
  for (std::size_t draw = 0; draw < draws; ++draw) {
    const DrawAddress address{options_.seed, static_cast<std::uint32_t>(draw), false};
    const DrawAddress own = with_possible_shares(course(scenarios.front()).scenario->settings, address);
    for (const std::string& name : names) all[draw][name] = position_of(name, own);
  }
  return all;
}

std::map<std::string, Attribute> Engine::inputs(const std::vector<std::string>& scenarios, const RunOptions& options,
                                                double sample, const std::string& preview) const {
  Study study;
  describe_inputs(study, plan_of(scenarios, options), population_key(*region_), {sample, preview});
  return std::move(study.attributes);
}

Study Engine::run_placed(const std::vector<std::string>& scenarios, const std::vector<World>& worlds,
                         const std::vector<std::string>& figures, const ProgressSink& progress, const StopFlag& stop) {
  check_worlds(worlds, populations(), numbers(scenarios));
  RunPlan plan = plan_of(scenarios, {static_cast<int>(worlds.size()), 1, 0, figures});
  std::map<std::pair<std::size_t, Positions>, std::size_t> made;  // populations, by index and positions of margins
  std::vector<std::pair<std::size_t, Positions>> to_make;
  for (const World& world : worlds) {
    const auto [known, is_new] = made.try_emplace({world.population, part_of(world.positions, true)}, made.size());
    if (is_new) to_make.push_back(known->first);
    plan.placed.push_back(
        {known->second, world.luck, std::make_shared<const Positions>(part_of(world.positions, false))});
  }
  plan.populations.resize(to_make.size());
  std::vector<double> shares(to_make.size(), 1);
  Progress synthesis("synthesis", to_make.size(), progress);
  try_each(Threads(options_.threads, &stop), to_make.size(), [&](std::size_t m) {
    const auto& [index, margins] = to_make[m];
    if (!margins.empty()) {
      plan.populations[m] = make_population(index, shares[m], margins);
    } else {  // each index occurs once without margins, so no other thread makes it
      if (!populations_[index]) populations_[index] = make_population(index, shares_[index]);
      plan.populations[m] = populations_[index];
      shares[m] = shares_[index];
    }
    synthesis.step();
  });
  if (stop.stopped()) throw Interrupted(message("stopped while synthesising the population"));
  if (options_.sample < 1) plan.shares = std::move(shares);
  RunRecord record;
  return run_ensemble(plan, progress, stop, record);
}

}  // namespace tuopin
