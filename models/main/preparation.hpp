// Everything that a run does before its first year; the command `check` does only this.
#pragma once

#include "models/main/options.hpp"
#include "models/main/population_store.hpp"
#include "models/run/ensemble.hpp"
#include "models/run/load_together.hpp"

namespace tuopin {

/// The plan of a run from the command line and the scenarios, without populations. Throws if the run is not possible.
RunPlan plan_of(const Options& options, std::vector<Scenario> scenarios);

/// Populations for the draws of the plan, whole or a sample of their villages, put into the plan.
PopulationSet populate(const Options& options, RunPlan& plan, const ProgressSink& progress, const StopFlag& stop);

/// The warnings, one per line; empty if there are none.
std::string warnings_in_words(const std::vector<Scenario>& scenarios, const std::string& language);

/// The files that scenarios are made of: no output may replace one.
std::vector<std::filesystem::path> inputs_of(const std::vector<Scenario>& scenarios);

}  // namespace tuopin
