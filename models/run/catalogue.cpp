#include "models/run/catalogue.hpp"

#include "engine/base/numbers.hpp"
#include "engine/run/parallel.hpp"
#include "models/processes/guarantees.hpp"
#include "models/processes/safety_net.hpp"
#include "models/processes/true_income.hpp"
#include "models/register/identification.hpp"

namespace tuopin {

namespace {

std::vector<Programme> make_programmes(const Scenario& scenario, const Region& region, const DrawAddress& address) {
  std::vector<Problem> problems;
  std::vector<Programme> programmes;
  programmes.reserve(scenario.programmes.size());
  for (const Settings& settings : scenario.programmes)
    programmes.emplace_back(drawn(settings, address), region, problems);
  if (!problems.empty()) throw ScenarioError(problems);
  return programmes;
}

/// Logs of the stored incomes, for a block whose incomes were made in an earlier pass.
void recall_logs(const World& world, const Block& block, Scratch& s) {
  const auto logs = [&](std::span<const float> income, std::vector<double>& out) {
    for (std::uint32_t i = 0; i < block.size(); ++i)
      s.work_a[i] = std::max(1.0, static_cast<double>(income[block.begin + i]));
    fixed_log(s.work_a.data(), out.data(), block.size());
  };
  logs(world.household.true_income, s.log_true);
  logs(world.household.measured_income, s.log_measured);
}

}  // namespace

Model::Model(const Scenario& scenario, const Region& region, const Calibration& calibration, const DrawAddress& address)
    : settings_(drawn(scenario.settings, address)), programmes_(make_programmes(scenario, region, address)),
      income_(settings_, region, calibration), service_(programmes_, settings_.number("labour.days_per_worker")) {
  const IncomeParts parts(settings_, calibration);
  // The year, block by block, after programmes were served and common shocks have fallen:
  before_register_.push_back(std::make_unique<SafetyNet>(settings_));
  before_register_.push_back(std::make_unique<TrueIncome>());
  before_register_.push_back(std::make_unique<Measurement>(settings_, parts));
  after_register_.push_back(std::make_unique<Guarantees>(settings_));
  auto review = std::make_unique<Review>(settings_);
  review_ = review.get();
  after_register_.push_back(std::move(review));
}

YearResult Model::live(Worlds& worlds, int year, Treasury& treasury, std::span<const PovertyHistory> histories,
                       std::vector<Scratch>& scratch) const {
  const int threads = static_cast<int>(scratch.size());
  const std::uint32_t counties = worlds.land->counties();
  start(scratch[0].watch);
  for (World& world : worlds.parts) world.begin_year(year);
  treasury.begin_year(year);
  YearResult result;
  service_.serve(worlds, treasury, result.programmes, threads, scratch[0].watch);
  for (World& world : worlds.parts) income_.begin_year(world);
  lap(scratch[0].watch, "common shocks");

  std::vector<std::vector<PlaceSums>> sums(scratch.size());  // by thread and county
  for (auto& places : sums) places.resize(counties);
  if (worlds.base_year())
    live_base_year(worlds, histories, scratch, sums);
  else
    live_later_year(worlds, histories, scratch, sums);

  result.places = std::move(sums[0]);
  for (std::size_t t = 1; t < sums.size(); ++t)
    for (std::uint32_t c = 0; c < counties; ++c) result.places[c].add(sums[t][c]);
  for (std::uint32_t c = 0; c < counties; ++c) treasury.spend_safety_net(c, result.places[c].safety_net_fen);
  tally_members(worlds, result.programmes, threads);
  treasury.end_year();
  lap(scratch[0].watch, "programmes: members counted");
  return result;
}

void Model::live_incomes(World& world, const Block& block, Scratch& s) const {
  income_.live(world, block, s);
  lap(s.watch, "household.income");
  for (const auto& process : before_register_) {
    process->live(world, block, s);
    lap(s.watch, process->name());
  }
}

void Model::review_and_look(World& world, const Block& block, const PovertyHistory& history, Scratch& s,
                            std::vector<PlaceSums>& places) const {
  for (const auto& process : after_register_) {
    process->live(world, block, s);
    lap(s.watch, process->name());
  }
  add_block(world, block, s, history, review_->line(world), places[block.county]);
  lap(s.watch, "measures");
}

/// The register is filled by rank over whole counties, so all incomes come before any review.
void Model::live_base_year(Worlds& worlds, std::span<const PovertyHistory> histories, std::vector<Scratch>& scratch,
                           std::vector<std::vector<PlaceSums>>& sums) const {
  const Land& land = *worlds.land;
  const int threads = static_cast<int>(scratch.size());
  const auto cells = land.cells();
  std::vector<std::int64_t> safety_net(cells.size());
  parallel_for(cells.size(), threads, nullptr, [&](std::size_t i, int t) {
    Scratch& s = scratch[static_cast<std::size_t>(t)];
    live_incomes(worlds.at(cells[i]), land.block(cells[i]), s);
    safety_net[i] = s.safety_net_fen;
  });
  std::int64_t persons = 0;
  for (const std::int64_t quota : land.parts().front()->population->registered_quota) persons += quota;
  if (settings_.has("register.persons"))
    persons = static_cast<std::int64_t>(settings_.number("register.persons") * land.share() + 0.5);
  identify(worlds, persons, threads);
  lap(scratch[0].watch, "register.identification");
  parallel_for(cells.size(), threads, nullptr, [&](std::size_t i, int t) {
    Scratch& s = scratch[static_cast<std::size_t>(t)];
    s.safety_net_fen = safety_net[i];
    World& world = worlds.at(cells[i]);
    recall_logs(world, land.block(cells[i]), s);
    review_and_look(world, land.block(cells[i]), histories[cells[i].part], s, sums[static_cast<std::size_t>(t)]);
  });
}

void Model::live_later_year(Worlds& worlds, std::span<const PovertyHistory> histories, std::vector<Scratch>& scratch,
                            std::vector<std::vector<PlaceSums>>& sums) const {
  const Land& land = *worlds.land;
  const auto cells = land.cells();
  parallel_for(cells.size(), static_cast<int>(scratch.size()), nullptr, [&](std::size_t i, int t) {
    Scratch& s = scratch[static_cast<std::size_t>(t)];
    World& world = worlds.at(cells[i]);
    live_incomes(world, land.block(cells[i]), s);
    review_and_look(world, land.block(cells[i]), histories[cells[i].part], s, sums[static_cast<std::size_t>(t)]);
  });
}

std::vector<std::uint32_t> Model::programme_hashes() const {
  std::vector<std::uint32_t> hashes;
  for (const Programme& programme : programmes_) hashes.push_back(programme.name_hash());
  return hashes;
}

std::vector<Description> Model::descriptions() const {
  std::vector<Description> year;
  for (const Programme& programme : programmes_) year.push_back(describe(programme));
  year.push_back(income_.describe());
  for (const auto& process : before_register_) year.push_back(process->describe());
  for (const auto& process : after_register_) year.push_back(process->describe());
  return year;
}

}  // namespace tuopin
