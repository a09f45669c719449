#include "models/run/model.hpp"

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
  Making making{settings_, region, calibration, programmes_, *schema_, needs_, needs_.kept.add<Desk>(), sums_};
  year_ = catalogue.year_of(making);
  declared_ = std::make_shared<const DeclaredSums>(needs_.sums);
}

YearResult Model::live(Worlds& worlds, int year, Treasury& treasury, std::span<const PovertyHistory> histories,
                       Workspace& work, const Team& team) const {
  start(work.watches[0]);
  for (World& world : worlds.parts) world.begin_year(year);
  const std::uint32_t counties = worlds.land->counties();
  work.sums.begin(team.members(), counties, declared_->rows().size());
  YearResult result;
  Moment now{worlds, year, treasury, result.programmes, histories, work};
  year_.live(now, team);
  result.places = work.kept[sums_].added_up();
  for (std::uint32_t county = 0; county < counties; ++county) result.places[county].own = work.sums.of(county);
  result.declared = declared_;
  return result;
}

std::vector<std::uint32_t> Model::programme_hashes() const {
  std::vector<std::uint32_t> hashes;
  for (const Programme& programme : programmes_) hashes.push_back(programme.name_hash());
  return hashes;
}

}  // namespace tuopin
