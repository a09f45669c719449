#include "models/run/task.hpp"

#include <algorithm>

#include "models/programme/places.hpp"
#include "models/run/ensemble.hpp"
#include "models/scenario/divergence.hpp"

namespace tuopin {

namespace {

std::size_t position_of(const std::vector<Programme>& programmes, const std::string& name) {
  const auto found = std::find_if(programmes.begin(), programmes.end(),
                                  [&](const Programme& programme) { return programme.name == name; });
  return static_cast<std::size_t>(found - programmes.begin());
}

/// The year's results with the tallies in the order of another scenario's programmes. Those that the parent does not
/// have have not opened yet.
YearResult reordered(const YearResult& result, const std::vector<Programme>& from, const std::vector<Programme>& to) {
  YearResult own;
  own.places = result.places;
  own.declared = result.declared;
  for (const Programme& programme : to) {
    const std::size_t p = position_of(from, programme.name);
    own.programmes.push_back(p < from.size() ? result.programmes[p]
                                             : std::vector<ProgrammeTally>(result.places.size()));
  }
  return own;
}

/// A panel's rows of one year: the parts of the land one below the other, and the line that makes a household poor.
Table panel_of(const Worlds& worlds, const std::string& name, const Lines& lines) {
  Table table = worlds.parts.front().state.table(household_level).named(name);
  for (std::size_t part = 1; part < worlds.parts.size(); ++part)
    table.append(worlds.parts[part].state.table(household_level));
  table.add({"line",
             ColumnSpec::Type::f64,
             "yuan/year",
             "statistical line of this world and year, a head",
             "该世界当年的统计贫困线（人均）",
             false,
             {}});
  std::ranges::fill(table.column<double>("line"), lines.statistical);
  return table;
}

std::string panel_name(const std::string& scenario, int year) { return scenario + "_" + std::to_string(year); }

}  // namespace

void Stage::plan_lives() {
  const auto continue_the_nearest = [&](Life life) {
    life.shared_until = region.base_year - 1;
    for (std::size_t earlier = 0; earlier < lives.size(); ++earlier) {
      if (lives[earlier].batch >= 0) continue;
      const int shared = first_difference(*lives[earlier].scenario, *life.scenario) - 1;
      if (shared <= life.shared_until) continue;
      life.parent = static_cast<std::ptrdiff_t>(earlier);
      life.shared_until = shared;
    }
    // Who copied these years itself holds no world of them: its own parent does.
    while (life.parent >= 0 && lives[static_cast<std::size_t>(life.parent)].shared_until >= life.shared_until)
      life.parent = lives[static_cast<std::size_t>(life.parent)].parent;
    lives.push_back(life);
  };
  lives.clear();
  for (std::size_t s = 0; s < plan.scenarios.size(); ++s) {
    continue_the_nearest({&plan.scenarios[s], s, -1, -1, 0});
    if (s == 0) continue;  // what others are held against: against itself no batch could be measured
    for (std::size_t b = 0; b < left_out[s].size(); ++b)
      if (!left_out[s][b].name.empty())
        continue_the_nearest({&left_out[s][b], s, static_cast<std::ptrdiff_t>(b), -1, 0});
  }
}

Task::Task(const Stage& stage, std::size_t draw, std::size_t replicate, Recorder& recorder, std::vector<Table>* panel)
    : stage_(stage), recorder_(recorder), panel_(panel), draw_(draw), replicate_(replicate),
      address_(address_of(stage.plan, draw)), population_(population_of_draw(draw, stage.lands.size())),
      land_(*stage.lands[population_]), region_(drawn(stage.region, address_)),
      leaves_out_(replicate == 0 && draw < recorder.shape().leave_out_draws), lived_(stage.lives.size()) {}

void Task::run() {
  for (std::size_t life = 0; life < stage_.lives.size(); ++life) {
    if (stage_.lives[life].batch >= 0 && !leaves_out_) continue;
    live(life);
  }
}

void Task::live(std::size_t number) {
  const Stage::Life& life = stage_.lives[number];
  Lived& lived = lived_[number];
  lived.model =
      std::make_unique<Model>(*life.scenario, region_, stage_.calibrations[life.number][population_], address_);
  const Model& model = *lived.model;
  const auto hashes = model.programme_hashes();
  const Threads team(stage_.block_threads);
  Workspace work = model.workspace(land_, team.members());
  Treasury treasury(model.settings(), model.programmes(), stage_.accounts, land_.share(), land_.counties());
  std::unique_ptr<Worlds> worlds = life.parent >= 0
                                       ? continue_parent(life, lived, treasury)
                                       : std::make_unique<Worlds>(land_, region_, model.schema(), stage_.plan.seed,
                                                                  luck_replicate(draw_, replicate_));
  if (life.batch < 0)
    for (std::size_t y = 0; y < lived.years.size(); ++y)
      note(life, lived, region_.base_year + static_cast<int>(y), nullptr);

  for (int year = region_.base_year + static_cast<int>(lived.years.size()); year <= region_.last_year; ++year) {
    lived.poor.emplace_back();
    for (const Ground* part : land_.parts()) lived.poor.back().emplace_back(part->rows);
    lived.years.push_back(model.live(*worlds, year, treasury, histories(number, lived, year), work, team));
    if (life.batch < 0) {
      lived.hashes.push_back(state_hash(*worlds, hashes, stage_.block_threads));
      note(life, lived, year, worlds.get());
    }
    if (is_parent(number, year)) lived.snapshots.emplace(year, Snapshot{*worlds, treasury});
  }
  if (life.batch < 0)
    recorder_.record_ledger(life.number, draw_, replicate_, treasury.ledger());
  else
    pair_without(life, lived);
  if (number > 0 && life.batch >= 0) lived = Lived{};  // nobody continues it
}

std::unique_ptr<Worlds> Task::continue_parent(const Stage::Life& life, Lived& lived, Treasury& treasury) const {
  const Lived& parent = lived_[static_cast<std::size_t>(life.parent)];
  const auto& from = parent.model->programmes();
  const auto& to = lived.model->programmes();
  const int until = std::min(life.shared_until, region_.last_year);
  const std::size_t years = index(until) + 1;
  for (std::size_t y = 0; y < years; ++y) lived.years.push_back(reordered(parent.years[y], from, to));
  lived.poor.assign(parent.poor.begin(), parent.poor.begin() + static_cast<std::ptrdiff_t>(years));
  if (life.batch < 0)
    lived.hashes.assign(parent.hashes.begin(), parent.hashes.begin() + static_cast<std::ptrdiff_t>(years));

  const Snapshot& snapshot = parent.snapshots.at(until);
  treasury.continue_from(snapshot.treasury);
  auto worlds = std::make_unique<Worlds>(snapshot.worlds);
  for (World& world : worlds->parts) {
    std::vector<ProgrammeState> states(to.size());
    for (std::size_t p = 0; p < to.size(); ++p) {
      const std::size_t old = position_of(from, to[p].name);
      if (old < world.programmes.size()) states[p] = std::move(world.programmes[old]);
    }
    world.programmes = std::move(states);
  }
  return worlds;
}

std::vector<PovertyHistory> Task::histories(std::size_t number, Lived& lived, int year) const {
  const std::size_t y = index(year);
  const std::vector<Histories>* first = number > 0 ? &lived_.front().poor : nullptr;
  std::vector<PovertyHistory> parts;
  for (std::size_t part = 0; part < land_.parts().size(); ++part) {
    PovertyHistory history;
    history.poor = lived.poor[y][part];
    if (y > 0) history.poor_before = lived.poor[y - 1][part];
    if (first) history.poor_in_first = (*first)[y][part];
    parts.push_back(history);
  }
  return parts;
}

void Task::note(const Stage::Life& life, const Lived& lived, int year, const Worlds* worlds) {
  const Lines lines = lines_of(region_, year);
  recorder_.record(life.number, draw_, replicate_, year, lived.years[index(year)], lived.model->programmes(), lines);
  recorder_.record_hash(life.number, draw_, replicate_, year, lived.hashes[index(year)]);
  if (!panel_) return;
  const std::string name = panel_name(life.scenario->name, year);
  if (worlds) {
    panel_->push_back(panel_of(*worlds, name, lines));
    return;
  }
  const Stage::Life& parent = stage_.lives[static_cast<std::size_t>(life.parent)];
  const std::string of_parent = panel_name(parent.scenario->name, year);
  const auto same =
      std::find_if(panel_->begin(), panel_->end(), [&](const Table& table) { return table.name() == of_parent; });
  panel_->push_back(Table(*same).named(name));
}

void Task::pair_without(const Stage::Life& life, const Lived& without) {
  const auto full_life = std::find_if(stage_.lives.begin(), stage_.lives.end(), [&](const Stage::Life& other) {
    return other.number == life.number && other.batch < 0;
  });
  const Lived& full = lived_[static_cast<std::size_t>(full_life - stage_.lives.begin())];
  const auto b = static_cast<std::size_t>(life.batch);
  const auto& programmes = stage_.plan.scenarios[life.number].programmes;
  for (std::size_t y = 0; y < full.years.size(); ++y) {
    LeftOutFacts facts;
    const int year = region_.base_year + static_cast<int>(y);
    for (std::size_t p = 0; p < programmes.size(); ++p) {
      if (programmes[p].text("batch") != recorder_.shape().batches[b]) continue;
      const bool counted = programmes[p].has("capacity.by_year");  // places; what everyone gets is none
      for (const ProgrammeTally& t : full.years[y].programmes[p]) {
        facts.entered_units += counted ? t.entered_units : 0;
        facts.entered_persons += t.entered_persons;
        facts.spent_fen += t.spent_fen();
      }
      // As the plan prints them: what a draw offers, where they have a range, stands in programmes/places.
      if (counted) facts.claimed_units += places_printed(programmes[p], region_.base_year, year, land_.share());
    }
    facts.full = whole_of(full.years[y].places);
    facts.without = whole_of(without.years[y].places);
    recorder_.record_left_out(life.number, b, draw_, year, facts);
  }
}

bool Task::is_parent(std::size_t number, int year) const {
  return std::any_of(stage_.lives.begin(), stage_.lives.end(), [&](const Stage::Life& other) {
    return other.parent == static_cast<std::ptrdiff_t>(number) &&
           std::min(other.shared_until, region_.last_year) == year && (other.batch < 0 || leaves_out_);
  });
}

}  // namespace tuopin
