#include "models/run/study_inputs.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/base/ids.hpp"

namespace tuopin {

namespace {

std::string uncertainty_layers(const RunPlan& plan) {
  std::string layers = "luck of households and common shocks (replicates)";
  if (plan.draws > 1) {
    layers += "; parameters (draws from their ranges)";
    if (plan.populations.size() > 1)
      layers += fmt::format("; synthetic population ({} populations)", plan.populations.size());
  }
  return layers;
}

}  // namespace

std::string input_hash(const RunPlan& plan, const std::string& population_key, const StudyKind& kind) {
  std::string text = fmt::format("{} {} {} {} {} {}\n", population_key, plan.draws, plan.replicates, plan.seed,
                                 kind.sample, plan.leave_out_draws);
  if (!kind.preview.empty()) text += "preview\n";
  if (!plan.figures.empty()) text += fmt::format("figures {}\n", fmt::join(plan.recorded_figures().names(), ","));
  for (const Scenario& scenario : plan.scenarios) {
    text += scenario.name + "\n" + scenario.settings.effective_text();
    for (const Settings& programme : scenario.programmes) text += programme.stem() + "\n" + programme.effective_text();
    text += scenario.region->contents;
  }
  return fmt::format("{:016x}", hash64(text));
}

void describe_inputs(Study& study, const RunPlan& plan, const std::string& population_key, const StudyKind& kind) {
  auto& a = study.attributes;
  std::string names;
  InputCount inputs;
  for (const Scenario& scenario : plan.scenarios) {
    names += (names.empty() ? "" : ",") + scenario.name;
    a["scenario_text:" + scenario.name] = scenario.settings.effective_text();
    for (const Settings& programme : scenario.programmes)
      a["programme_text:" + programme.stem()] = programme.effective_text();
    for (const std::string& section : plan.catalogue->sections_with_off())
      if (scenario.settings.has(section + ".off") && scenario.settings.flag(section + ".off"))
        a["left_out:" + scenario.name + ":" + section] = scenario.settings.text(section + ".reason");
    const InputCount count = count_inputs(scenario);
    if (count.total() > inputs.total()) inputs = count;
  }
  a["title"] = std::string("tuopin study: ") + names;
  a["tuopin_version"] = std::string(TUOPIN_VERSION);
  a["scenarios"] = names;
  a["region_text"] = plan.scenarios[0].region->settings.effective_text();
  a["region"] = plan.scenarios[0].region->whole.name;
  a["region_zh"] = plan.scenarios[0].region->whole.name_zh;
  a["seed"] = static_cast<std::int64_t>(plan.seed);
  a["draws"] = static_cast<std::int64_t>(plan.draws);
  a["replicates"] = static_cast<std::int64_t>(plan.replicates);
  a["sample"] = kind.sample;
  if (!kind.preview.empty()) a["preview"] = kind.preview;
  a["uncertainty_layers"] = uncertainty_layers(plan);
  a["inputs_published"] = static_cast<std::int64_t>(inputs.published);
  a["inputs_derived"] = static_cast<std::int64_t>(inputs.derived);
  a["inputs_assumption"] = static_cast<std::int64_t>(inputs.assumption);
  a["synthetic"] = std::string(
      "Synthetic population made from published totals and stated assumptions: no real person or household.");
  a["limits"] = std::string(
      "Partial equilibrium; effects transferred from other places; not valid for single households or single villages "
      "under 200 persons.");
  a["hash_population"] = population_key;
  a["hash_input"] = input_hash(plan, population_key, kind);
}

}  // namespace tuopin
