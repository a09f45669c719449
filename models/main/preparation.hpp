// Everything that a run does before its first year. `run` goes on from here; `check` stops here.
#pragma once

#include "models/main/options.hpp"
#include "models/main/population_store.hpp"
#include "models/run/ensemble.hpp"

namespace tuopin {

/// Reads scenarios that are to run together. Throws with every problem of every file in one list: of the files
/// themselves, of the margins, of names that two scenarios share, of regions that differ.
std::vector<Scenario> load_together(const std::vector<std::filesystem::path>& paths, const Catalogue& catalogue);
/// Reads scenarios each by itself. Throws with every problem of every file in one list.
std::vector<Scenario> load_each(const std::vector<std::filesystem::path>& paths, const Catalogue& catalogue);

/// The plan of a run, as far as the command line and the scenarios say it; throws what forbids it.
RunPlan plan_of(const Options& options, std::vector<Scenario> scenarios);

/// Populations for the draws of the plan, whole or a sample of their villages, put into the plan.
PopulationSet populate(const Options& options, RunPlan& plan, const ProgressSink& progress, const StopFlag& stop);

/// What is not wrong but worth a look, each once.
std::vector<Problem> warnings_of(const std::vector<Scenario>& scenarios);
/// One line each; nothing where there is none.
std::string warnings_in_words(const std::vector<Scenario>& scenarios, const std::string& language);

/// The files that scenarios are made of: no output may replace one.
std::vector<std::filesystem::path> inputs_of(const std::vector<Scenario>& scenarios);

}  // namespace tuopin
