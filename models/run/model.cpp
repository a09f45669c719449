#include "models/run/model.hpp"

#include <algorithm>

#include "models/run/state_summed.hpp"

namespace tuopin {

namespace {

std::vector<Programme> make_programmes(const Scenario& scenario, const Region& region, const Catalogue& catalogue,
                                       const StateSchema& schema, YearNeeds& needs, const Settings& settings,
                                       const DrawAddress& address) {
  std::vector<Problem> problems;
  std::vector<Programme> programmes;
  programmes.reserve(scenario.programmes.size());
  const PriceIndices indices(settings);
  for (const Settings& programme : scenario.programmes)
    programmes.emplace_back(drawn(programme, address), indices, region, catalogue.verbs, schema, needs, problems);
  if (!problems.empty()) throw ScenarioError(problems);
  return programmes;
}

std::vector<Lines> lines_by_year(const Settings& scenario, const Region& region) {
  std::vector<Lines> lines;
  for (int year = region.base_year; year <= region.last_year; ++year) lines.push_back(lines_of(scenario, region, year));
  return lines;
}

}  // namespace

Model::Model(const Scenario& scenario, const Region& region, const Calibration& calibration, const DrawAddress& address,
             const Catalogue& catalogue)
    : settings_(drawn(scenario.settings, address)), base_year_(region.base_year),
      lines_(lines_by_year(settings_, region)),
      schema_(std::make_shared<const StateSchema>(catalogue.schema_of(scenario))),
      programmes_(make_programmes(scenario, region, catalogue, *schema_, needs_, settings_, address)),
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

YearResult Model::simulate(Worlds& worlds, int year, Treasury& treasury, std::span<const PovertyHistory> histories,
                           Workspace& work, const Team& team) const {
  const YearInputs input{*this, worlds, treasury, histories, work, {}};
  return std::move(simulate_together({&input, 1}, year, work.scratch, team).front());
}

YearResult Model::result_of(const YearInputs& input, YearTallies tallies) const {
  YearResult result;
  result.programmes = std::move(tallies);
  result.places = input.work.kept[sums_].added_up();
  for (std::uint32_t county = 0; county < result.places.size(); ++county)
    result.places[county].own = input.work.sums.of(county);
  result.declared = declared_;
  return result;
}

std::vector<YearResult> Model::simulate_together(std::span<const YearInputs> inputs, int year,
                                                 std::span<const ScratchRows> scratch, const Team& team) {
  std::vector<YearTallies> tallies(inputs.size());
  std::vector<Moment> moments;
  std::vector<YearRun<Moment>> ways;
  moments.reserve(inputs.size());
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const YearInputs& input = inputs[i];
    start(input.work.watches[0]);
    for (World& world : input.worlds.by_shard)
      world.begin_year(year, input.model.lines(year), input.model.lines(year - 1));
    input.work.sums.begin(team.members(), input.worlds.sharded->counties(), input.model.declared_->rows().size());
    moments.push_back(
        {input.worlds, year, input.treasury, tallies[i], input.histories, input.work, scratch, input.state_sums});
    ways.push_back(input.model.year_.way(moments.back(), team));
  }
  // Models with different mechanisms have different scratch layouts: then each is simulated alone.
  const bool alike = std::all_of(inputs.begin(), inputs.end(), [&](const YearInputs& input) {
    return input.model.scratch().same_names(inputs.front().model.scratch());
  });
  if (alike)
    YearRun<Moment>::simulate_together(ways);
  else
    for (YearRun<Moment>& way : ways) way.run();
  std::vector<YearResult> results;
  for (std::size_t i = 0; i < inputs.size(); ++i)
    results.push_back(inputs[i].model.result_of(inputs[i], std::move(tallies[i])));
  return results;
}

std::vector<std::uint32_t> Model::programme_hashes() const {
  std::vector<std::uint32_t> hashes;
  for (const Programme& programme : programmes_) hashes.push_back(programme.name_hash());
  return hashes;
}

}  // namespace tuopin
