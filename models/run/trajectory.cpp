#include "models/run/trajectory.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "models/run/rows_by_id.hpp"

namespace tuopin {

namespace {

std::size_t position_of(const std::vector<Programme>& programmes, const std::string& name) {
  const auto found = std::find_if(programmes.begin(), programmes.end(),
                                  [&](const Programme& programme) { return programme.name == name; });
  return static_cast<std::size_t>(found - programmes.begin());
}

bool same_names(const std::vector<Programme>& a, const std::vector<Programme>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const Programme& x, const Programme& y) { return x.name == y.name; });
}

/// The year's results with the tallies in the order of another scenario's programmes. Programmes that only one of them
/// has are not open yet, so nothing is lost.
YearResult reordered(const YearResult& result, const Model& from, const Model& to) {
  YearResult own = with_sums_of(result, to.declared());
  own.programmes.clear();
  for (const Programme& programme : to.programmes()) {
    const std::size_t p = position_of(from.programmes(), programme.name);
    own.programmes.push_back(p < result.programmes.size() ? result.programmes[p]
                                                          : std::vector<ProgrammeTally>(result.places.size()));
  }
  return own;
}

void reorder(World& world, const std::vector<Programme>& from, const std::vector<Programme>& to) {
  std::vector<ProgrammeState> states(to.size());
  for (std::size_t p = 0; p < to.size(); ++p) {
    const std::size_t old = position_of(from, to[p].name);
    if (old < world.programmes.size()) states[p] = std::move(world.programmes[old]);
  }
  world.programmes = std::move(states);
}

/// Checks that all funds and programmes of a scenario are among the accounts, which are numbered once per run.
void check_accounts(const Scenario& scenario, const AccountNames& accounts) {
  const auto need = [&](const char* what, const std::vector<std::string>& names, const std::string& name) {
    if (std::find(names.begin(), names.end(), name) == names.end())
      throw UsageError(
          message("the {} {} of {} was not prepared: prepare the scenario first", what, name, scenario.name));
  };
  for (const std::string& fund : scenario.settings.tables("funds")) need("fund", accounts.funds, fund);
  for (const Settings& programme : scenario.programmes) {
    need("programme", accounts.programmes, programme.stem());
    for (const auto& [fund, share] : programme.shares("cost.funding")) need("fund", accounts.funds, fund);
  }
}

}  // namespace

void Workers::make_ready(const std::vector<std::shared_ptr<const Model>>& models) {
  bool changed = models.size() != posts_.size();
  posts_.resize(models.size());
  for (std::size_t i = 0; i < models.size(); ++i) {
    Post& post = posts_[i];
    if (post.model == models[i]) continue;
    changed = true;
    post.work = nullptr;  // free the old memory before the new is allocated
    post.work = std::make_unique<Workspace>(models[i]->workspace(*sharded_, team_->members()));
    post.work->scratch.clear();  // scratch memory is shared by all models, see scratch_
    post.model = models[i];
  }
  if (!changed) return;
  ScratchPlan plan = models.front()->scratch();
  for (const auto& model : models) plan = plan.covering(model->scratch());
  scratch_.clear();
  for (std::size_t member = 0; member < team_->members(); ++member)
    scratch_.emplace_back(plan, sharded_->largest_block());
}

PoorFlags::PoorFlags(const ShardedPopulation& of) : sharded(&of) {
  for (const Shard* shard : of.shards()) shards.emplace_back(shard->rows);
}

PoorFlags PoorFlags::on(const ShardedPopulation& other) const {
  PoorFlags paired(other);
  const RowsById rows(other, RowsById::Of::households);
  std::size_t households = 0;
  for (const auto& shard : shards) households += shard.size();
  if (households != rows.size())
    throw DataError(
        message("trajectories of {} and of {} households cannot be held against each other", rows.size(), households));
  for (std::size_t shard = 0; shard < shards.size(); ++shard)
    for (std::uint32_t row = 0; row < shards[shard].size(); ++row) {
      const RowsById::At at = rows.at(sharded->shards()[shard]->people.id[row]);
      paired.shards[at.shard][at.row] = shards[shard][row];
    }
  return paired;
}

Trajectory::Trajectory(const Context& context, Course course, std::shared_ptr<const Draw> draw, std::uint64_t replicate)
    : context_(&context), sharded_(&context.sharded(draw->population)), draw_(std::move(draw)), replicate_(replicate),
      course_(std::move(course)), model_(model_of(course_)), treasury_(treasury_of(*model_)) {
  worlds_ = std::make_unique<Worlds>(*sharded_, draw_->region, model_->schema(), draw_->address.seed,
                                     luck_replicate(draw_->address.draw, replicate_));
}

Trajectory::Trajectory(const Trajectory& other)
    : context_(other.context_), sharded_(other.sharded_), draw_(other.draw_), replicate_(other.replicate_),
      course_(other.course_), model_(other.model_), treasury_(std::make_unique<Treasury>(*other.treasury_)),
      worlds_(std::make_unique<Worlds>(*other.worlds_)), poor_(other.poor_), results_(other.results_),
      state_sums_(other.state_sums_) {}

std::shared_ptr<const Model> Trajectory::model_of(const Course& course) const {
  check_accounts(*course.scenario, context_->accounts());
  return std::make_shared<const Model>(*course.scenario, draw_->region, context_->calibration(course, *draw_),
                                       draw_->address, context_->catalogue());
}

std::unique_ptr<Treasury> Trajectory::treasury_of(const Model& model) const {
  return std::make_unique<Treasury>(model.settings(), model.programmes(), context_->accounts(), sharded_->share(),
                                    sharded_->counties());
}

void Trajectory::step(Workers& workers, const PoorFlags* in_first) {
  Trajectory* const alone[] = {this};
  step_together(alone, workers, in_first);
}

void Trajectory::step_together(std::span<Trajectory* const> group, Workers& workers, const PoorFlags* in_first) {
  const Trajectory& first = *group.front();
  for (const Trajectory* one : group) {
    if (one->done())
      throw UsageError(message("{} has simulated its last year, {}", one->course_.scenario->name, one->year()));
    if (one->sharded_ != first.sharded_ || one->year() != first.year())
      throw UsageError(
          message("{} and {} cannot be stepped together: they have other populations or stand in other years",
                  first.course_.scenario->name, one->course_.scenario->name));
  }
  const ShardedPopulation& sharded = *first.sharded_;
  std::unique_ptr<const PoorFlags> paired;
  if (in_first && in_first->sharded != &sharded) {
    paired = std::make_unique<const PoorFlags>(in_first->on(sharded));
    in_first = paired.get();
  }
  std::vector<std::shared_ptr<PoorFlags>> poor;
  std::vector<std::vector<PovertyHistory>> histories(group.size());
  std::vector<std::shared_ptr<const Model>> models;
  for (std::size_t i = 0; i < group.size(); ++i) {
    poor.push_back(std::make_shared<PoorFlags>(sharded));
    const PoorFlags* held_against = in_first || i == 0 ? in_first : poor.front().get();
    for (std::size_t shard = 0; shard < sharded.shards().size(); ++shard) {
      PovertyHistory& history = histories[i].emplace_back();
      history.poor = poor[i]->shards[shard];
      if (group[i]->poor_) history.poor_before = group[i]->poor_->shards[shard];
      if (held_against) history.poor_in_first = held_against->shards[shard];
    }
    models.push_back(group[i]->model_);
  }
  workers.make_ready(models);
  std::vector<Model::YearInputs> inputs;
  for (std::size_t i = 0; i < group.size(); ++i) {
    Trajectory& one = *group[i];
    one.state_sums_.assign(std::exchange(one.hashes_next_, false) ? sharded.cells().size() : 0, 0);
    inputs.push_back({*one.model_, *one.worlds_, *one.treasury_, histories[i], workers.work_for(i), one.state_sums_});
  }
  std::vector<YearResult> results =
      Model::simulate_together(inputs, first.year() + 1, workers.scratch(), workers.team());
  for (std::size_t i = 0; i < group.size(); ++i) {
    group[i]->results_.push_back(std::make_shared<const YearResult>(std::move(results[i])));
    group[i]->poor_ = std::move(poor[i]);
  }
}

void Trajectory::become(const Course& course) {
  if (course.scenario == course_.scenario) return;
  if (first_difference(course.digests, course_.digests) <= year())
    throw UsageError(message("{} is not the world of {} up to {}: it differs from {} on", course.scenario->name,
                             course_.scenario->name, year(), first_difference(course.digests, course_.digests)));
  const std::shared_ptr<const Model> old = model_;
  model_ = model_of(course);  // the only step that may throw: the changes below happen all or not at all
  state_sums_.clear();
  course_ = course;
  auto treasury = treasury_of(*model_);
  treasury->continue_from(*treasury_);
  treasury_ = std::move(treasury);
  for (World& world : worlds_->by_shard) world.take(model_->schema());
  for (auto& result : results_) result = std::make_shared<const YearResult>(reordered(*result, *old, *model_));
  if (same_names(old->programmes(), model_->programmes())) return;
  for (World& world : worlds_->by_shard) reorder(world, old->programmes(), model_->programmes());
}

std::uint64_t Trajectory::state_hash(const Team& team) const {
  return state_sums_.empty() ? tuopin::state_hash(*worlds_, model_->programme_hashes(), team)
                             : state_hash_of_sums(*worlds_, state_sums_);
}

}  // namespace tuopin
