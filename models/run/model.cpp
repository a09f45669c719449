#include "models/run/model.hpp"

#include <algorithm>

#include "models/run/state_summed.hpp"

namespace tuopin {

namespace {

std::vector<Programme> make_programmes(const Scenario& scenario, const Region& region, const Catalogue& catalogue,
                                       const StateSchema& schema, YearNeeds& needs, const DrawAddress& address) {
  std::vector<Problem> problems;
  std::vector<Programme> programmes;
  programmes.reserve(scenario.programmes.size());
  for (const Settings& settings : scenario.programmes)
    programmes.emplace_back(drawn(settings, address), region, catalogue.verbs, schema, needs, problems);
  if (!problems.empty()) throw ScenarioError(problems);
  return programmes;
}

}  // namespace

Model::Model(const Scenario& scenario, const Region& region, const Calibration& calibration, const DrawAddress& address,
             const Catalogue& catalogue)
    : settings_(drawn(scenario.settings, address)),
      schema_(std::make_shared<const StateSchema>(catalogue.schema_of(scenario))),
      programmes_(make_programmes(scenario, region, catalogue, *schema_, needs_, address)),
      sums_(needs_.kept.add<SumsByMember>()) {
  Making making{settings_,
                region,
                calibration,
                programmes_,
                *schema_,
                needs_,
                needs_.kept.add<Desk>(),
                sums_,
                catalogue.streams,
                catalogue.figures.find("income_by_stream/mean_income") != nullptr};
  year_ = catalogue.year_of(making);
  year_.insert(end_of_changes(year_, *schema_), state_summed(*schema_, needs_, programme_hashes()));
  declared_ = std::make_shared<const DeclaredSums>(needs_.sums);
}

YearResult Model::live(Worlds& worlds, int year, Treasury& treasury, std::span<const PovertyHistory> histories,
                       Workspace& work, const Team& team) const {
  const Life life{*this, worlds, treasury, histories, work, {}};
  return std::move(live_together({&life, 1}, year, work.scratch, team).front());
}

YearResult Model::result_of(const Life& life, YearTallies tallies) const {
  YearResult result;
  result.programmes = std::move(tallies);
  result.places = life.work.kept[sums_].added_up();
  for (std::uint32_t county = 0; county < result.places.size(); ++county)
    result.places[county].own = life.work.sums.of(county);
  result.declared = declared_;
  return result;
}

std::vector<YearResult> Model::live_together(std::span<const Life> lives, int year,
                                             std::span<const ScratchRows> scratch, const Team& team) {
  std::vector<YearTallies> tallies(lives.size());
  std::vector<Moment> moments;
  std::vector<WayOf<Moment>> ways;
  moments.reserve(lives.size());
  for (std::size_t i = 0; i < lives.size(); ++i) {
    const Life& life = lives[i];
    start(life.work.watches[0]);
    for (World& world : life.worlds.parts) world.begin_year(year);
    life.work.sums.begin(team.members(), life.worlds.land->counties(), life.model.declared_->rows().size());
    moments.push_back(
        {life.worlds, year, life.treasury, tallies[i], life.histories, life.work, scratch, life.state_sums});
    ways.push_back(life.model.year_.way(moments.back(), team));
  }
  // Models with different mechanisms have different scratch layouts: then each is simulated alone.
  const bool alike = std::all_of(lives.begin(), lives.end(), [&](const Life& life) {
    return life.model.scratch().same_names(lives.front().model.scratch());
  });
  if (alike)
    WayOf<Moment>::live_together(ways);
  else
    for (WayOf<Moment>& way : ways) way.live();
  std::vector<YearResult> results;
  for (std::size_t i = 0; i < lives.size(); ++i)
    results.push_back(lives[i].model.result_of(lives[i], std::move(tallies[i])));
  return results;
}

std::vector<std::uint32_t> Model::programme_hashes() const {
  std::vector<std::uint32_t> hashes;
  for (const Programme& programme : programmes_) hashes.push_back(programme.name_hash());
  return hashes;
}

}  // namespace tuopin
