// tuopin run: from scenario files to a study file.
#include <fmt/format.h>
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <fstream>
#include <iterator>

#include "engine/base/ids.hpp"
#include "engine/files/study.hpp"
#include "engine/files/whole_file.hpp"
#include "models/ensemble.hpp"
#include "models/main/options.hpp"
#include "models/main/population_store.hpp"
#include "models/main/summary.hpp"
#include "models/main/terminal.hpp"
#include "models/main/unfinished.hpp"
#include "models/programme_files.hpp"

namespace tuopin {

namespace {

namespace fs = std::filesystem;

std::vector<Scenario> load_all(const std::vector<fs::path>& paths) {
  std::vector<Problem> problems;
  std::vector<Scenario> scenarios;
  for (const fs::path& path : paths) scenarios.push_back(load_scenario(path, problems));
  if (!problems.empty()) refuse(std::move(problems));
  for (std::size_t a = 0; a < scenarios.size(); ++a)
    for (std::size_t b = 0; b < a; ++b)
      if (scenarios[a].name == scenarios[b].name) throw UsageError("two scenarios have the name " + scenarios[a].name);
  warn_of_copies(scenarios);
  return scenarios;
}

fs::path default_output(const std::vector<Scenario>& scenarios) {
  std::string name;
  for (const Scenario& scenario : scenarios) name += (name.empty() ? "" : "+") + scenario.name;
  return fs::path("results") / (name + ".h5");
}

/// Everything that decides the numbers of a study, hashed: files, options that change results, population key.
std::string input_hash(const RunPlan& plan, const std::string& population_key, double sample) {
  std::string text = fmt::format("{} {} {} {} {} {}\n", population_key, plan.draws, plan.replicates, plan.seed, sample,
                                 plan.leave_out_draws);
  for (const Scenario& scenario : plan.scenarios) {
    text += scenario.name + "\n" + scenario.settings.effective_text();
    for (const Settings& programme : scenario.programmes) text += programme.stem() + "\n" + programme.effective_text();
    text += scenario.region->contents;
  }
  return fmt::format("{:016x}", hash64(text));
}

std::string uncertainty_layers(const RunPlan& plan) {
  std::string layers = "luck of households and common shocks (replicates)";
  if (plan.draws > 1) {
    layers += "; parameters (draws from their ranges)";
    if (plan.populations.size() > 1)
      layers += fmt::format("; synthetic population ({} populations)", plan.populations.size());
  }
  return layers;
}

void describe_inputs(Study& study, const RunPlan& plan, const std::string& population_key, double sample) {
  auto& a = study.attributes;
  std::string names;
  InputCount inputs;
  for (const Scenario& scenario : plan.scenarios) {
    names += (names.empty() ? "" : ",") + scenario.name;
    a["scenario_text:" + scenario.name] = scenario.settings.effective_text();
    for (const Settings& programme : scenario.programmes)
      a["programme_text:" + programme.stem()] = programme.effective_text();
    for (const char* section : {"shocks", "safety_net", "guarantees"})
      if (scenario.settings.flag(std::string(section) + ".off"))
        a["left_out:" + scenario.name + ":" + section] = scenario.settings.text(std::string(section) + ".reason");
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
  a["sample"] = sample;
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
  a["hash_input"] = input_hash(plan, population_key, sample);
}

/// What depends on this machine and this hour stands beside the study, never in it.
void write_run_record(const fs::path& study, const RunRecord& record, const PopulationSet& populations, int threads,
                      double seconds_total) {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  fs::path path = study;
  path += ".run.json";
  const std::string text = fmt::format(
      "{{\n  \"seconds_total\": {:.3f},\n  \"seconds_population\": {:.3f},\n  \"population_from_cache\": {},\n"
      "  \"seconds_calibration\": {:.3f},\n  \"seconds_simulation\": {:.3f},\n  \"person_years\": {:.0f},\n"
      "  \"person_years_per_second\": {:.0f},\n  \"tasks_resumed\": {},\n  \"tasks_computed\": {},\n  \"threads\": "
      "{},\n  \"peak_memory_mib\": {:.0f},\n  \"program\": \"{}\"\n}}\n",
      seconds_total, populations.seconds, populations.from_cache, record.seconds_calibration, record.seconds_simulation,
      record.person_years, record.person_years / std::max(1e-9, record.seconds_simulation), record.tasks_resumed,
      record.tasks_computed, threads, static_cast<double>(usage.ru_maxrss) / 1024, build_of_program());
  write_whole_file(path, text.data(), text.size());
}

/// Before a long run: how much there is to do. How long it takes is known, and told, after the first tasks.
void announce(const RunPlan& plan, const Options& o) {
  constexpr double long_run = 5e8, much_memory = 1e9;  // person-years; bytes
  const RunSize size = size_of(plan);
  if ((size.person_years < long_run && size.result_bytes < much_memory) || o.progress == "none" || o.progress == "json")
    return;
  const bool zh = o.language == "zh";
  fmt::print(stderr,
             fmt::runtime(zh ? "共{}个任务({}次抽样 × {}次重复),{:.0f}百万人年;结果占内存约{:.2f} GB\n"
                             : "{} tasks ({} draws × {} replicates), {:.0f} million person-years; results take "
                               "about {:.2f} GB of memory\n"),
             size.tasks, plan.draws, plan.replicates, size.person_years / 1e6, size.result_bytes / 1e9);
}

/// Populations for the draws of the plan, whole or a sample of their villages.
PopulationSet populate(const Options& o, RunPlan& plan, const ProgressSink& sink, const StopFlag& stop) {
  const Region& region = *plan.scenarios[0].region;
  const int wanted = std::min(o.draws, static_cast<int>(region.settings.integer("populations")));
  PopulationSet set = provide_populations({&region, wanted, plan.threads, !o.no_cache}, sink, stop);
  if (set.cache_bytes > 0)
    fmt::print(stderr, "{} {} ({:.0f} MB)\n", o.language == "zh" ? "合成人口已缓存于" : "synthetic populations kept in",
               set.cache_folder, static_cast<double>(set.cache_bytes) / 1e6);
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

/// Everything from the populations to the files. The study comes last but for the record of the run, and the parts go
/// when all is written: whatever ends it before, a later run goes on from there.
Study compute(const Options& o, const fs::path& output, RunPlan& plan, Unfinished& unfinished,
              std::chrono::steady_clock::time_point start) {
  const InterruptGuard interrupt;
  const ProgressSink sink = progress_sink(o.progress, o.language);
  const PopulationSet set = populate(o, plan, sink, interrupt.flag());
  announce(plan, o);
  RunRecord record;
  Study study = run_ensemble(plan, sink, interrupt.flag(), record, &unfinished);
  describe_inputs(study, plan, set.input_hash, o.sample);
  unfinished.place_panel();
  write_study(output, study);
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  write_run_record(output, record, set, plan.threads, seconds);
  unfinished.remove();
  return study;
}

}  // namespace

int run_command(const Options& o) {
  const auto start = std::chrono::steady_clock::now();
  RunPlan plan;
  plan.scenarios = load_all(o.scenarios);
  plan.draws = o.draws;
  plan.replicates = o.replicates;
  plan.seed = o.seed;
  plan.threads = o.threads > 0 ? o.threads : available_threads();
  plan.shards = o.shards;
  plan.leave_out_draws = o.leave_out_batches;
  check_plan(plan);
  const fs::path output = o.output.empty() ? default_output(plan.scenarios) : o.output;
  plan.panel = !o.panel.empty();
  const OutputClaim claim(output, true);  // whether what stands there may be replaced is settled below
  const auto panel_claim = plan.panel ? std::make_unique<OutputClaim>(o.panel, true) : nullptr;
  Unfinished unfinished(o, output, plan);
  const std::string population = population_key(*plan.scenarios[0].region);
  if (unfinished.settle(parts_plan(plan, o, population), input_hash(plan, population, o.sample))) {
    if (!o.quiet) print_summary(read_study(output), o.language);
    fmt::print("{} {}\n", o.language == "zh" ? "已经完成:" : "finished already:", output.string());
    return 0;
  }
  try {
    const Study study = compute(o, output, plan, unfinished, start);
    if (!o.quiet) print_summary(study, o.language);
  } catch (const Interrupted& stopped) {
    throw Interrupted(std::string(stopped.what()) + ": " + unfinished.way_on());
  } catch (const OutputError& full) {
    throw OutputError(std::string(full.what()) + "\n" + unfinished.way_on());
  } catch (...) {  // whatever it was: what is finished stays
    const std::string way_on = unfinished.way_on();
    if (unfinished.any()) fmt::print(stderr, "tuopin: {}\n", way_on);
    throw;
  }
  fmt::print("{} {}\n", o.language == "zh" ? "结果文件:" : "study file:", output.string());
  return 0;
}

}  // namespace tuopin
