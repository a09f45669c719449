// tuopin check: does everything that a run does before its first year, and summarises the files.
#include <fmt/format.h>

#include <algorithm>

#include "engine/settings/settings_text.hpp"
#include "models/main/language.hpp"
#include "models/main/options.hpp"
#include "models/main/preparation.hpp"
#include "models/main/speech.hpp"
#include "models/main/terminal.hpp"
#include "models/run/model.hpp"

namespace tuopin {

namespace {

namespace fs = std::filesystem;

/// Funds that the scenario itself declares to be unlimited. Funds that are not defined cause a warning instead.
std::string funds_in_words(const Scenario& scenario, const std::string& language) {
  std::string text;
  for (const std::string& fund : scenario.settings.tables("funds"))
    if (!scenario.settings.has("funds." + fund + ".by_year"))
      text += "  " +
              in_words(message("fund \"{}\" is declared without limit: it pays whatever is asked", fund), language) +
              "\n";
  return text;
}

std::string scenario_in_words(const std::string& name, const Scenario& scenario, const std::string& language) {
  const InputCount count = count_inputs(scenario);
  return in_words(message("{}: valid; {} programmes; {} numbers, of which {} published, {} derived, {} assumed", name,
                          scenario.programmes.size(), count.total(), count.published, count.derived, count.assumption),
                  language) +
         "\n";
}

std::string population_in_words(const Population& population, const SynthesisReport& report, std::size_t count,
                                const std::string& language) {
  std::string text =
      "  " +
      in_words(message("population: {} persons in {} households meet the margins (largest relative error {}); {} made "
                       "and calibrated",
                       population.persons.rows(), population.households.rows(),
                       fmt::format("{:.1e}", report.largest_error()), count),
               language) +
      "\n";
  const auto farthest = std::max_element(report.lines.begin(), report.lines.end(), [](const auto& a, const auto& b) {
    return a.relative_error() < b.relative_error();
  });
  if (constexpr double far = 0.01; farthest != report.lines.end() && farthest->relative_error() > far)
    text += "  " +
            in_words(message("population: farthest from its margin is {} of {}: {} asked for, {} made",
                             farthest->margin, farthest->place, fmt::format("{:g}", farthest->target),
                             fmt::format("{:g}", farthest->achieved)),
                     language) +
            "\n";
  for (const Message& note : report.notes) text += "  " + in_words(message("population: {}", note), language) + "\n";
  return text;
}

/// A folder stands for the scenarios below it: every TOML file that lies in no programmes/ and no region/.
std::vector<fs::path> scenario_files(const std::vector<fs::path>& given) {
  std::vector<fs::path> files;
  for (const fs::path& path : given) {
    std::error_code error;
    if (!fs::is_directory(path, error)) {
      files.push_back(path);
      continue;
    }
    std::vector<fs::path> found;
    fs::recursive_directory_iterator entry(path, fs::directory_options::skip_permission_denied, error), end;
    for (; !error && entry != end; entry.increment(error)) {
      const std::string name = entry->path().filename().string();
      if (entry->is_directory(error)) {
        if (name == "programmes" || name == "region" || name.front() == '.') entry.disable_recursion_pending();
      } else if (entry->path().extension() == ".toml") {
        found.push_back(entry->path());
      }
    }
    if (found.empty())
      throw ScenarioError({Problem{Origin{path.string()}, "", message("is a folder that holds no scenario file"), ""}});
    std::sort(found.begin(), found.end());
    files.insert(files.end(), found.begin(), found.end());
  }
  return files;
}

void check_files(const Options& o) {
  std::string text;
  const std::vector<Scenario> scenarios = load_each(scenario_files(o.scenarios), *o.catalogue);
  for (const Scenario& scenario : scenarios)
    text += scenario_in_words(scenario.settings.path().string(), scenario, o.language) +
            funds_in_words(scenario, o.language);
  answer(for_terminal(text + warnings_in_words(scenarios, o.language), 4));
}

void check_run(const Options& o) {
  const InterruptGuard interrupt;
  const ProgressSink sink = progress_sink(o.progress, o.language);
  RunPlan plan = plan_of(o, load_together(o.scenarios, *o.catalogue, o.last_year));
  const PopulationSet set = populate(o, plan, sink, interrupt.flag());
  try_calibration(plan, sink, interrupt.flag());
  // A population that was kept does not tell how it was made: the central one is made anew for its report.
  SynthesisReport report = set.reports.front();
  const Region& region = *plan.scenarios.front().region;
  std::vector<Problem> problems;
  if (report.lines.empty()) synthesize(synthesis_input(region, problems), 0, report);
  std::string text;
  for (const Scenario& scenario : plan.scenarios) {
    text += scenario_in_words(scenario.name, scenario, o.language);
    if (&scenario == &plan.scenarios.front())
      text += population_in_words(*plan.populations.front(), report, plan.populations.size(), o.language);
    text += funds_in_words(scenario, o.language);
  }
  answer(for_terminal(text + warnings_in_words(plan.scenarios, o.language), 4));
}

}  // namespace

int check_command(const Options& o) {
  o.text_only ? check_files(o) : check_run(o);
  return 0;
}

}  // namespace tuopin
