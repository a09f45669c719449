#include "models/run/engine.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/settings/settings_text.hpp"
#include "models/population/population_key.hpp"
#include "models/run/engine_resident.hpp"
#include "models/run/load_together.hpp"
#include "models/run/study_inputs.hpp"

namespace tuopin {

namespace {

const ProgressSink silent = [](const ProgressNews&) {};

[[noreturn]] void refuse(const std::string& what, const std::string& name, const std::vector<std::string>& known) {
  throw UsageError(
      {Problem{{}, what, message("{} is none of this engine", in_quotes(name)), did_you_mean(name, known)}});
}

}  // namespace

Engine::Engine(const std::vector<std::filesystem::path>& scenarios, const Options& options) : options_(options) {
  if (scenarios.empty()) throw UsageError(message("no scenario: name at least one scenario file"));
  std::vector<Scenario> loaded = load_together(scenarios, shipped_catalogue(), options.last_year);
  region_ = loaded.front().region;
  warnings_ = warnings_of(loaded);
  std::vector<Problem> problems;
  synthesis_ = synthesis_input(*region_, problems);
  if (!problems.empty()) throw DataError(problems);
  for (Scenario& scenario : loaded) courses_.push_back(digester_.course(std::move(scenario)));
  populations_.resize(static_cast<std::size_t>(region_->settings.integer("populations")));
  shares_.resize(populations_.size(), 1);
}

Engine::~Engine() = default;

std::vector<std::string> Engine::scenarios() const {
  std::vector<std::string> names;
  for (const Course& course : courses_) names.push_back(course.scenario->name);
  return names;
}

const Course& Engine::course(const std::string& scenario) const {
  for (const Course& course : courses_)
    if (course.scenario->name == scenario) return course;
  refuse("scenario", scenario, scenarios());
}

void Engine::add_variant(const std::string& of, const Variant& variant) {
  const Scenario& from = *course(of).scenario;
  for (const std::string& name : scenarios())
    if (name == variant.name)
      throw UsageError({Problem{{},
                                "name",
                                message("{} is a scenario of this engine already", in_quotes(name)),
                                message("give the variant another name")}});
  std::vector<Problem> problems;
  Scenario made = varied(from, variant, problems);
  if (!problems.empty()) throw ScenarioError(std::move(problems));
  std::vector<Course> courses = {digester_.course(std::move(made))};
  for (auto& [population, where] : resident_)  // its base year may be another
    where->context.prepare(courses, 1, where->team, silent, StopFlag{});
  courses_.push_back(std::move(courses.front()));
}

std::size_t Engine::populations() const { return populations_.size(); }

std::shared_ptr<const Population> Engine::make_population(std::size_t index, double& share,
                                                          const Positions& positions) const {
  SynthesisReport report;
  SynthesisInput placed;
  if (!positions.empty()) {
    placed = synthesis_;
    placed.margins = synthesis_.margins.placed(positions);
  }
  Population whole = synthesize(positions.empty() ? synthesis_ : placed, static_cast<int>(index), report);
  if (options_.sample >= 1) return std::make_shared<const Population>(std::move(whole));
  auto sample = std::make_shared<const Population>(take_villages(whole, options_.sample, synthesis_.seed));
  share = static_cast<double>(sample->persons.rows()) / static_cast<double>(whole.persons.rows());
  return sample;
}

void Engine::make_populations(std::size_t count, const ProgressSink& sink, const StopFlag& stop) {
  std::vector<std::size_t> missing;
  for (std::size_t p = 0; p < count; ++p)
    if (!populations_[p]) missing.push_back(p);
  if (missing.empty()) return;
  Progress progress("synthesis", missing.size(), sink);
  try_each(Threads(options_.threads, &stop), missing.size(), [&](std::size_t m) {
    populations_[missing[m]] = make_population(missing[m], shares_[missing[m]]);
    progress.step();
  });
  if (stop.stopped()) throw Interrupted(message("stopped while synthesising the population"));
}

Engine::Resident& Engine::resident(std::optional<std::uint32_t> draw) {
  const std::size_t p = draw ? population_of_draw(*draw, populations()) : 0;
  std::unique_ptr<Resident>& where = resident_[p];
  if (where) return *where;
  const StopFlag stop;
  if (!populations_[p]) populations_[p] = make_population(p, shares_[p]);  // this one alone
  auto fresh = std::make_unique<Resident>(region_, populations_[p], shares_[p], options_.threads);
  fresh->context.prepare(courses_, 1, fresh->team, silent, stop);
  where = std::move(fresh);
  return *where;
}

std::shared_ptr<Engine::Followed> Engine::start(const std::string& scenario, std::optional<std::uint32_t> draw,
                                                std::uint64_t replicate, std::shared_ptr<const Followed> against) {
  const Course& of = course(scenario);
  if (against && (against->draw() != draw || against->trajectory().replicate() != replicate))
    throw UsageError(
        {Problem{{}, "against", message("is of another draw or replicate: only equal luck can be compared"), ""}});
  Resident& where = resident(draw);
  if (against && &against->trajectory().sharded() != &where.context.sharded(0))
    throw UsageError({Problem{{}, "against", message("is a trajectory of another engine"), ""}});
  const DrawAddress address{options_.seed, draw.value_or(0), !draw};
  return std::make_shared<Followed>(where, Trajectory(where.context, of, where.context.draw(address), replicate), draw,
                                    std::move(against));
}

std::shared_ptr<Engine::Followed> Engine::copy_as(const std::string& scenario, const Followed& of) {
  const Course& other = course(scenario);
  auto twin = of.copy();
  twin->become(other);
  return twin;
}

std::shared_ptr<Engine::Followed> Engine::load(const std::string& bytes) {
  ByteBuffer first(bytes), second(bytes);
  const Trajectory::Saved saved = Trajectory::saved_as(first);
  const auto known = scenarios();
  if (std::find(known.begin(), known.end(), saved.scenario) == known.end())
    throw DataError({Problem{{},
                             "",
                             message("saved trajectory: {}",
                                     message("is of the scenario {}, which this engine does not have", saved.scenario)),
                             did_you_mean(saved.scenario, known)}});
  const auto draw = saved.address.central ? std::nullopt : std::optional(saved.address.draw);
  Resident& where = resident(draw);
  return std::make_shared<Followed>(where, Trajectory::load(where.context, course(saved.scenario), second), draw,
                                    nullptr);
}

RunPlan Engine::plan_of(const std::vector<std::string>& scenarios, const RunOptions& options) const {
  RunPlan plan;
  for (const std::string& name : scenarios) {
    if (std::count(scenarios.begin(), scenarios.end(), name) > 1)
      throw UsageError({Problem{{}, "scenario", message("{} is named twice", in_quotes(name)), ""}});
    plan.scenarios.push_back(*course(name).scenario);
  }
  plan.draws = options.draws;
  plan.replicates = options.replicates;
  plan.leave_out_draws = options.leave_out_draws;
  plan.figures = options.figures;
  plan.seed = options_.seed;
  plan.threads = options_.threads;
  check_plan(plan);
  return plan;
}

Study Engine::run(const std::vector<std::string>& scenarios, const RunOptions& options, const ProgressSink& progress,
                  const StopFlag& stop, RunRecord& record) {
  RunPlan plan = plan_of(scenarios, options);
  const std::size_t used = std::min(populations(), static_cast<std::size_t>(options.draws));
  make_populations(used, progress, stop);
  plan.populations.assign(populations_.begin(), populations_.begin() + static_cast<std::ptrdiff_t>(used));
  if (options_.sample < 1) plan.shares.assign(shares_.begin(), shares_.begin() + static_cast<std::ptrdiff_t>(used));
  Study study = run_ensemble(plan, progress, stop, record);
  describe_inputs(study, plan, population_key(*region_), {options_.sample, ""});
  return study;
}

}  // namespace tuopin
