// tuopin run: from scenario files to a study file.
#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <chrono>

#include "engine/files/whole_file.hpp"
#include "engine/settings/settings_text.hpp"
#include "engine/study/output_place.hpp"
#include "engine/study/study.hpp"
#include "models/main/checkpoint_store.hpp"
#include "models/main/closing.hpp"
#include "models/main/language.hpp"
#include "models/main/options.hpp"
#include "models/main/preparation.hpp"
#include "models/main/speech.hpp"
#include "models/main/terminal.hpp"
#include "models/population/population_key.hpp"
#include "models/run/study_inputs.hpp"

namespace tuopin {

namespace {

namespace fs = std::filesystem;

fs::path default_output(const Options& o, const std::vector<Scenario>& scenarios) {
  std::string name;
  for (const Scenario& scenario : scenarios) name += (name.empty() ? "" : "+") + scenario.name;
  return fs::path("results") / (name + (o.quick ? "-preview.h5" : ".h5"));
}

/// Description of a preview run; empty for any other run.
std::string preview_of(const Options& o) {
  return o.quick ? fmt::format("{:g}% sample, {} draws", 100 * o.sample, o.draws) : "";
}

/// Writes the run record beside the study: everything that depends on the machine and the time, which must not be in
/// the study.
void write_run_record(const fs::path& study, const RunPlan& plan, const RunRecord& record,
                      const PopulationSet& populations, double seconds_total) {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  fs::path path = study;
  path += ".run.json";
  std::vector<std::string> files;  // tuopin assumptions looks for them there first
  for (const Scenario& scenario : plan.scenarios) files.push_back(fs::absolute(scenario.settings.path()).string());
  const std::string text = fmt::format(
      "{{\n  \"seconds_total\": {:.3f},\n  \"seconds_population\": {:.3f},\n  \"population_from_cache\": {},\n"
      "  \"seconds_calibration\": {:.3f},\n  \"seconds_simulation\": {:.3f},\n  \"person_years\": {:.0f},\n"
      "  \"person_years_per_second\": {:.0f},\n  \"tasks_resumed\": {},\n  \"tasks_computed\": {},\n  \"threads\": "
      "{},\n  \"peak_memory_mib\": {:.0f},\n  \"program\": \"{}\",\n  \"scenarios\": "
      "[{}]\n}}\n",
      seconds_total, populations.seconds, populations.from_cache, record.seconds_calibration, record.seconds_simulation,
      record.person_years, record.person_years / std::max(1e-9, record.seconds_simulation), record.tasks_resumed,
      record.tasks_computed, plan.threads, static_cast<double>(usage.ru_maxrss) / 1024, build_of_program(),
      quoted_list(files));
  write_whole_file(path, text.data(), text.size());
}

/// Announces the size of a long run. The duration is estimated after the first task.
void announce(const RunPlan& plan, const Options& o) {
  constexpr double long_run = 5e8, much_memory = 1e9;  // person-years; bytes
  const RunSize size = size_of(plan);
  const double memory = result_bytes(plan);
  if ((size.person_years_simulated < long_run && memory < much_memory) || o.progress == "none" || o.progress == "json")
    return;
  remark(
      in_words(message("{} tasks ({} draws × {} replicates), {} million person-years; results take about {} GB of "
                       "memory",
                       size.tasks, plan.draws, plan.replicates,
                       fmt::format("{:.0f}", size.person_years_simulated / 1e6), fmt::format("{:.2f}", memory / 1e9)),
               o.language) +
      "\n");
}

/// Checks that the results fit into memory, where they are held until the study is written.
void check_memory(const RunPlan& plan) {
  const double machine = static_cast<double>(::sysconf(_SC_PHYS_PAGES)) * static_cast<double>(::sysconf(_SC_PAGESIZE));
  const double needed = result_bytes(plan);
  if (machine > 0 && needed > machine)
    throw UsageError({Problem{
        {},
        "--draws",
        message("the results of {} draws × {} replicates take {} GB of memory, this machine has {} GB", plan.draws,
                plan.replicates, fmt::format("{:.0f}", needed / 1e9), fmt::format("{:.0f}", machine / 1e9)),
        message("ask for fewer, or for fewer scenarios at once")}});
}

/// Everything from the populations to the output files. The study is written after all other files but the run record,
/// and checkpoints are removed at the end, so that a run that was interrupted at any point can be resumed.
Study compute(const Options& o, const fs::path& output, RunPlan& plan, CheckpointStore& unfinished,
              std::chrono::steady_clock::time_point start) {
  const InterruptGuard interrupt;
  const ProgressSink sink = progress_sink(o.progress, o.language);
  const PopulationSet set = populate(o, plan, sink, interrupt.flag());
  announce(plan, o);
  RunRecord record;
  Study study = run_ensemble(plan, sink, interrupt.flag(), record, &unfinished);
  describe_inputs(study, plan, set.input_hash, {o.sample, preview_of(o)});
  unfinished.place_panel();
  write_study(output, study);
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  write_run_record(output, plan, record, set, seconds);
  unfinished.remove();
  return study;
}

/// Runs the computation. If it ends early for any reason, finished tasks are kept and the message says how to resume.
Study compute_or_keep(const Options& o, const fs::path& output, RunPlan& plan, CheckpointStore& unfinished,
                      std::chrono::steady_clock::time_point start) try {
  return compute(o, output, plan, unfinished, start);
} catch (const Interrupted& stopped) {
  throw Interrupted(unfinished.with_way_on(stopped));
} catch (const OutputError& full) {
  throw OutputError(unfinished.with_way_on(full));
} catch (...) {  // for any exception, finished tasks are kept
  const std::vector<Problem> way_on = unfinished.way_on();
  if (unfinished.any())
    for (const Problem& problem : way_on) remark(for_error_terminal("tuopin: " + in_words(problem, o.language) + "\n"));
  throw;
}

/// Prints the closing table and the path of the study. The study is complete by now, but a failure to print is still
/// reported as an error.
void report(const Options& o, const Study& study, const fs::path& output, bool already) try {
  if (!o.quiet) answer(closing_text(study, o.language, terminal_width()));
  std::string text;
  if (o.quick)
    text += in_words(message("preview: {}% sample, {} draws; no figure of it is to be quoted",
                             fmt::format("{:g}", 100 * o.sample), o.draws),
                     o.language) +
            "\n";
  const Message file =
      already ? message("finished already: {}", output.string()) : message("study file: {}", output.string());
  answer(text + in_words(file, o.language) + "\n");
} catch (const OutputError& unheard) {
  std::vector<Problem> problems = unheard.problems();
  problems.push_back(
      {Origin{output.string()}, "", message("the study is complete"), message("tuopin summary prints its tables")});
  throw OutputError(std::move(problems));
}

}  // namespace

int run_command(const Options& o) {
  const auto start = std::chrono::steady_clock::now();
  RunPlan plan = plan_of(o, load_together(o.scenarios, *o.catalogue, o.last_year));
  check_memory(plan);
  const fs::path output = o.output_given ? o.output : default_output(o, plan.scenarios);
  std::vector<OutputPlace> outputs = {{output, OutputKind::study, "--output"}};
  if (plan.panel) outputs.push_back({o.panel, OutputKind::panel, "--panel"});
  check_outputs(outputs, inputs_of(plan.scenarios));
  const OutputClaim claim(output, true);  // whether what stands there may be replaced is settled below
  const auto panel_claim = plan.panel ? std::make_unique<OutputClaim>(o.panel, true) : nullptr;
  CheckpointStore unfinished(o, output, plan);
  const std::string population = population_key(*plan.scenarios[0].region);
  if (unfinished.prepare(checkpoint_plan(plan, o, population),
                         input_hash(plan, population, {o.sample, preview_of(o)}))) {
    report(o, read_study(output), output, true);
    return 0;
  }
  remark(for_error_terminal(warnings_in_words(plan.scenarios, o.language)));
  report(o, compute_or_keep(o, output, plan, unfinished, start), output, false);
  return 0;
}

}  // namespace tuopin
