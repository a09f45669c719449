// Queries on a trajectory of an engine: its figures and its columns.
#include <fmt/format.h>

#include <algorithm>

#include "engine/settings/settings_text.hpp"
#include "models/measures/recorder.hpp"
#include "models/run/engine_resident.hpp"
#include "models/run/panel.hpp"
#include "models/run/record_shape_of.hpp"

namespace tuopin {

namespace {

[[noreturn]] void refuse_unknown(const std::string& what, const std::string& name,
                                 const std::vector<std::string>& known) {
  throw UsageError({Problem{{}, what, message("there is no {} {}", what, in_quotes(name)), did_you_mean(name, known)}});
}

/// Records all figures of one trajectory, as scenario number `scenario`.
void record(Recorder& recorder, std::size_t scenario, const Trajectory& of, std::size_t years) {
  const Region& region = of.draw().region;
  for (std::size_t y = 0; y < years; ++y) {
    const int year = region.base_year + static_cast<int>(y);
    recorder.record(scenario, 0, 0, year, *of.results()[y], of.model().programmes(), of.model().lines(year));
  }
  recorder.record_ledger(scenario, 0, 0, of.treasury().ledger());
}

}  // namespace

Engine::Followed::Followed(Resident& where, Trajectory trajectory, std::optional<std::uint32_t> draw,
                           std::shared_ptr<const Followed> against)
    : where_(&where), trajectory_(std::move(trajectory)), draw_(draw), against_(std::move(against)),
      poor_(trajectory_.results().size()) {
  if (!poor_.empty()) poor_.back() = trajectory_.poor();
}

void Engine::Followed::step() {
  const std::size_t next = poor_.size();
  const PoorFlags* in_first = nullptr;
  if (against_ && !trajectory_.done()) {
    if (against_->poor_.size() <= next || !against_->poor_[next])
      throw UsageError({Problem{
          {},
          "against",
          message("{} has not simulated {} yet", against_->trajectory_.course().scenario->name, trajectory_.year() + 1),
          message("step it first")}});
    in_first = against_->poor_[next].get();
  }
  trajectory_.step(where_->workers, in_first);
  poor_.push_back(trajectory_.poor());
}

std::shared_ptr<Engine::Followed> Engine::Followed::copy() const {
  auto twin = std::make_shared<Followed>(*where_, trajectory_.copy(), draw_, against_);
  twin->poor_ = poor_;
  return twin;
}

std::string Engine::Followed::save() const {
  ByteBuffer bytes;
  trajectory_.save(bytes);
  return std::move(bytes.bytes);
}

std::uint64_t Engine::Followed::state_hash() const { return trajectory_.state_hash(where_->team); }

Study Engine::Followed::figures(const std::vector<std::string>& names) const {
  const Catalogue& catalogue = where_->context.catalogue();
  std::vector<const Scenario*> scenarios = {trajectory_.course().scenario.get()};
  const std::string& own = scenarios.front()->name;
  FigureTable table = names.empty() ? catalogue.figures : catalogue.figures.only(names);
  if (!against_) {
    for (const Figure& figure : table.rows())
      if (figure.against_first && !names.empty())
        throw UsageError({Problem{{},
                                  "figures",
                                  message("{} says what differs from another scenario", figure.full_name()),
                                  message("start the trajectory against one")}});
    table = table.of_one_scenario();
  }
  RecordShape shape = record_shape_of(scenarios, catalogue);
  shape.accounts = where_->context.accounts();
  Recorder recorder(shape, table);
  recorder.allocate();
  recorder.begin(0, 0);
  record(recorder, 0, trajectory_, trajectory_.results().size());
  Study study;
  study.dimensions = recorder.dimensions();
  study.variables = recorder.release_variables();
  std::erase_if(study.variables, [](const Variable& variable) { return variable.name == "check/state_hash"; });
  study.attributes["scenario"] = own;
  if (against_) study.attributes["against"] = against_->trajectory_.course().scenario->name;
  study.attributes["years_simulated"] = static_cast<std::int64_t>(trajectory_.results().size());
  study.attributes["region"] = where_->context.region().whole.name;
  return study;
}

std::vector<std::string> Engine::Followed::levels() const {
  std::vector<std::string> all = {"person"};
  const StateSchema& schema = *trajectory_.model().schema();
  for (std::size_t level = 0; level < schema.levels(); ++level) all.push_back(schema.level_name(level));
  return all;
}

/// The founding (unchanging) table of a level; null if it has none.
const Table* Engine::Followed::founding(const std::string& level) const {
  const Population& people = *where_->population;
  if (level == "person") return &people.persons;
  if (level == "household") return &people.households;
  if (level == "village") return &people.villages;
  return level == "county" ? &people.counties : nullptr;
}

std::vector<ColumnSpec> Engine::Followed::columns(const std::string& level) const {
  const StateSchema& schema = *trajectory_.model().schema();
  const auto known = levels();
  if (std::find(known.begin(), known.end(), level) == known.end()) refuse_unknown("level", level, known);
  std::vector<ColumnSpec> all;
  if (schema.has_level(level)) all = schema.specs(schema.level(level));
  if (const Table* before = founding(level))
    for (const ColumnSpec& spec : before->specs())  // a state column hides the founding column of the same name
      if (std::none_of(all.begin(), all.end(), [&](const ColumnSpec& own) { return own.name == spec.name; }))
        all.push_back(spec);
  if (schema.has_level(level) && schema.is_child(schema.level(level))) all.push_back(household_of_child());
  return all;
}

Table::Data Engine::Followed::column(const std::string& level, const std::string& name) const {
  std::vector<std::string> known;
  for (const ColumnSpec& spec : columns(level)) known.emplace_back(spec.name);
  if (std::find(known.begin(), known.end(), name) == known.end()) refuse_unknown("column", name, known);
  const StateSchema& schema = *trajectory_.model().schema();
  if (!schema.has_level(level)) return founding(level)->data(name);
  const std::uint16_t at = schema.level(level);
  if (schema.is_child(at)) return child_table(trajectory_.worlds(), at).data(name);
  const Table& state = trajectory_.worlds().by_shard.front().state.table(at);
  if (!state.has(name)) return founding(level)->data(name);
  if (trajectory_.results().empty())
    throw UsageError({Problem{{},
                              "column",
                              message("{} is not known before the first year", in_quotes(name)),
                              message("step the trajectory first")}});
  return state.data(name);
}

}  // namespace tuopin
