#include "models/main/checkpoint_store.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "engine/base/errors.hpp"
#include "engine/base/ids.hpp"
#include "engine/files/whole_file.hpp"
#include "engine/study/study.hpp"
#include "models/main/population_file.hpp"
#include "models/main/population_store.hpp"

namespace tuopin {

namespace {

namespace fs = std::filesystem;

constexpr const char* replaces = "replaces an older study";
constexpr const char* may_grow[] = {"--draws", "--replicates", "--leave-out-batches"};

std::string hash_text(const std::string& text) { return fmt::format("#{:016x}", hash64(text)); }

const std::string* find(const CheckpointPlan& plan, const std::string& name) {
  for (const auto& [key, value] : plan)
    if (key == name) return &value;
  return nullptr;
}

std::size_t number(const CheckpointPlan& plan, const char* name) {
  const std::string* value = find(plan, name);
  return value == nullptr ? 0 : std::strtoull(value->c_str(), nullptr, 10);
}

/// Differences that forbid using the checkpoints. The numbers of draws, replicates and left-out batches may be larger
/// than before, because the random numbers of a task do not depend on them.
std::vector<Problem> differences(const fs::path& folder, const CheckpointPlan& then, const CheckpointPlan& now) {
  std::vector<Problem> problems;
  const auto add = [&](const std::string& name, Message what) {
    problems.push_back({Origin{folder.string()}, name, std::move(what),
                        message("continue with what the interrupted run had, or start anew with --force")});
  };
  for (const auto& [name, value] : now) {
    const std::string* before = find(then, name);
    if (name == replaces || (before && *before == value)) continue;
    if (!before) {
      add(name, message("the interrupted run had none"));
    } else if (std::find(std::begin(may_grow), std::end(may_grow), name) != std::end(may_grow)) {
      if (number(then, name.c_str()) > number(now, name.c_str()))
        add(name,
            message("the interrupted run had {}, this one {}: fewer would throw finished tasks away", *before, value));
    } else if (value.starts_with('#')) {
      add(name, message("is not what it was when the run was interrupted"));
    } else {
      add(name, message("the interrupted run had {}, this one {}", *before, value));
    }
  }
  for (const auto& [name, value] : then)
    if (!find(now, name)) add(name, message("is missing now"));
  return problems;
}

/// Quotes a word for the shell.
std::string quoted(const std::string& word) {
  constexpr const char* plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./=:+,@%-";
  if (!word.empty() && word.find_first_not_of(plain) == std::string::npos) return word;
  std::string text = "'";
  for (const char c : word) text += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return text + "'";
}

/// The command that resumes the run. Checkpoints record whether an older study may be replaced.
std::string resuming(const std::vector<std::string>& command) {
  std::string text;
  for (const std::string& word : command)
    if (word != "--force" && word != "--resume") text += quoted(word) + " ";
  return text + "--resume";
}

}  // namespace

std::string build_of_program() { return fmt::format("{:016x}", checksum_of_file("/proc/self/exe")); }

CheckpointPlan checkpoint_plan(const RunPlan& plan, const Options& o, const std::string& population_key) {
  CheckpointPlan lines = {
      // Another build may compute different results, so its checkpoints are never used.
      {"program", "#" + build_of_program()},
      {"version", TUOPIN_VERSION},
      {"--seed", std::to_string(plan.seed)},
      {"--last-year", std::to_string(plan.scenarios[0].region->last_year)},
      {"--sample", fmt::format("{}", o.sample)},
      {"--draws", std::to_string(plan.draws)},
      {"--replicates", std::to_string(plan.replicates)},
      {"--leave-out-batches", std::to_string(std::min(plan.leave_out_draws, plan.draws))},
      {"parameters", plan.draws == 1 ? "central values (--draws 1)" : "drawn from their ranges (--draws above 1)"},
      {"population", "#" + population_key},
      {"region", hash_text(plan.scenarios[0].region->settings.effective_text())}};
  std::string names;
  for (const Scenario& scenario : plan.scenarios) {
    names += (names.empty() ? "" : ", ") + scenario.name;
    lines.emplace_back("scenario " + scenario.name, hash_text(scenario.settings.effective_text()));
    for (const Settings& programme : scenario.programmes)
      lines.emplace_back("programme " + scenario.name + "/" + programme.stem(), hash_text(programme.effective_text()));
  }
  lines.emplace_back("scenarios", names);
  const Settings& region = plan.scenarios[0].region->settings;
  for (const char* file : {"files.lines", "files.crops", "files.crop_shares", "files.targets", "files.observations"})
    if (region.has(file)) lines.emplace_back(file, hash_text(contents_of(region.file(file))));
  if (!plan.figures.empty())
    lines.emplace_back("--figures", fmt::format("{}", fmt::join(plan.recorded_figures().names(), ",")));
  if (o.quick) lines.emplace_back("--quick", "preview");
  lines.emplace_back(replaces, o.force ? "yes" : "no");
  return lines;
}

CheckpointStore::CheckpointStore(const Options& options, const fs::path& output, const RunPlan& plan)
    : options_(options), output_(output), plan_(plan), parts_(output.string() + ".parts"),
      total_(static_cast<std::size_t>(plan.draws) * static_cast<std::size_t>(plan.replicates)) {}

bool CheckpointStore::prepare(CheckpointPlan plan, const std::string& input_hash) {
  // Of runs that were killed: this one holds the claim.
  for (const fs::path& path : {output_, fs::path(output_.string() + ".run.json"), parts_.panel()})
    remove_temporaries_of(path);
  if (plan_.panel) remove_temporaries_of(options_.panel);
  if (!options_.resume && options_.force) parts_.remove();
  done_ = parts_.count();
  if (done_ == 0) parts_.remove();
  const std::vector<CheckpointPlan> earlier = parts_.plans();
  parts_.begin(plan);

  if (!options_.resume && done_ > 0) {
    const std::size_t asked = number(earlier.back(), "--draws") * number(earlier.back(), "--replicates");
    throw OutputError({Problem{Origin{parts_.folder().string()}, "",
                               message("an interrupted run left {} of {} tasks finished", done_.load(), asked),
                               message("--resume continues it, --force starts anew")}});
  }
  std::vector<Problem> problems;
  bool may_replace = options_.force;
  for (const CheckpointPlan& then : earlier) {
    const auto found = differences(parts_.folder(), then, plan);
    if (problems.empty()) problems = found;
    const std::string* before = find(then, replaces);
    may_replace |= before && *before == "yes";
  }
  if (!problems.empty()) throw UsageError(problems);
  if (may_replace) return false;
  std::error_code ignored;
  const bool study = fs::exists(output_, ignored), panel = plan_.panel && fs::exists(options_.panel, ignored);
  if (study && !(options_.resume && equal_study_stands(input_hash))) refuse_existing(output_);
  if (panel && !(study || equal_panel_stands())) refuse_existing(options_.panel);
  if (study && done_ == 0 && plan_.panel && !panel) refuse_existing(output_);
  return study && done_ == 0;
}

bool CheckpointStore::equal_study_stands(const std::string& input_hash) const try {
  const Study study = read_study(output_);
  const auto is = [&](const char* name, const std::string& value) {
    const auto found = study.attributes.find(name);
    return found != study.attributes.end() && found->second == Attribute(value);
  };
  // Checkpoints that are there were compared with this build; without them the record of the run says which it was.
  const bool same_build =
      done_ > 0 || contents_of(output_.string() + ".run.json").find(build_of_program()) != std::string::npos;
  return is("hash_input", input_hash) && same_build;
} catch (const Error&) {
  return false;
}

/// The panel is put in its place before the study, so a killed run may have left it there.
bool CheckpointStore::equal_panel_stands() const {
  const std::uint64_t kept = checksum_of_file(parts_.panel());
  return kept != 0 && kept == checksum_of_file(options_.panel);
}

void CheckpointStore::fetch(const std::function<void(const TaskRecord&)>& take) {
  const std::uint64_t panel = plan_.panel ? checksum_of_file(parts_.panel()) : 0;
  parts_.for_each([&](const TaskRecord& part) {
    if (part.panel == 0 || part.panel == panel) return take(part);
    TaskRecord without = part;  // its panel is missing, or is not the one written with it
    without.panel = 0;
    take(without);
  });
}

void CheckpointStore::keep(TaskRecord part, std::vector<Table> panel) {
  if (!panel.empty()) {
    parts_.create_folder();
    write_panel(parts_.panel(), *plan_.populations[0], plan_.share_of(0), std::move(panel));
    part.panel = checksum_of_file(parts_.panel());
  }
  parts_.keep(part);
  ++done_;
}

void CheckpointStore::place_panel() const {
  if (plan_.panel) put_also_under(parts_.panel(), options_.panel);
}

void CheckpointStore::remove() { parts_.remove(); }

std::vector<Problem> CheckpointStore::way_on() {
  done_ = parts_.count();  // what is there, not what was: the folder itself may have gone
  if (done_ == 0) {
    parts_.remove();
    return {{Origin{}, "", message("no task was finished; nothing is kept"), ""}};
  }
  // Tasks that are computed again for a panel or for left-out batches are counted once.
  return {{Origin{}, "",
           message("{} of {} tasks are finished and kept in {}; continue with\n  {}", std::min(done_.load(), total_),
                   total_, parts_.folder().string(), resuming(options_.words)),
           ""}};
}

std::vector<Problem> CheckpointStore::with_way_on(const Error& why) {
  std::vector<Problem> problems = why.problems(), more = way_on();
  problems.insert(problems.end(), more.begin(), more.end());
  return problems;
}

/// Panel: the population's tables, then one table a scenario and year in the same order of households. Synthetic.
/// HDF5 allows one thread at a time; while tasks run, this is the only call to it.
void write_panel(const fs::path& path, const Population& p, double share, std::vector<Table> states) {
  TableFile file;
  file.attributes["content"] = std::string("panel of synthetic households: no real person");
  file.attributes["tuopin_version"] = std::string(TUOPIN_VERSION);
  file.attributes["share"] = share;  // with the population's numbers all that a second model needs to follow a run
  describe_population(p, file);
  for (const auto& [name, numbers] : p.whole_keys)  // of a sample: by what the whole region's counties share places
    file.attributes["whole_" + name] = fmt::format("{} ", fmt::join(numbers, " "));
  file.tables = {p.persons, p.households, p.villages, p.counties};
  for (Table& table : states) file.tables.push_back(std::move(table));
  file.texts = {{"counties/name", p.county_names}};
  write_tables(path, file);
}

}  // namespace tuopin
