// Everything that a run does before its first year. `run` goes on from here; `check` stops here.
#pragma once

#include "models/main/options.hpp"
#include "models/main/population_store.hpp"
#include "models/run/ensemble.hpp"
#include "models/run/load_together.hpp"

namespace tuopin {

/// The plan of a run, as far as the command line and the scenarios say it; throws what forbids it.
RunPlan plan_of(const Options& options, std::vector<Scenario> scenarios);

/// Populations for the draws of the plan, whole or a sample of their villages, put into the plan.
PopulationSet populate(const Options& options, RunPlan& plan, const ProgressSink& progress, const StopFlag& stop);

/// One line each; nothing where there is none.
std::string warnings_in_words(const std::vector<Scenario>& scenarios, const std::string& language);

/// The files that scenarios are made of: no output may replace one.
std::vector<std::filesystem::path> inputs_of(const std::vector<Scenario>& scenarios);

}  // namespace tuopin
