#include "models/run/catalogue.hpp"

#include <algorithm>

#include "models/processes/common_shocks.hpp"
#include "models/processes/guarantees.hpp"
#include "models/processes/safety_net.hpp"
#include "models/processes/true_income.hpp"
#include "models/programme/entrants.hpp"
#include "models/programme/funds.hpp"
#include "models/programme/holders.hpp"
#include "models/programme/members.hpp"
#include "models/register/identification.hpp"
#include "models/register/measurement.hpp"
#include "models/register/review.hpp"

namespace tuopin {

namespace {

std::vector<Programme> make_programmes(const Scenario& scenario, const Region& region, const StateSchema& schema,
                                       YearNeeds& needs, const DrawAddress& address) {
  std::vector<Problem> problems;
  std::vector<Programme> programmes;
  programmes.reserve(scenario.programmes.size());
  for (const Settings& settings : scenario.programmes)
    programmes.emplace_back(drawn(settings, address), region, schema, needs, problems);
  if (!problems.empty()) throw ScenarioError(problems);
  return programmes;
}

/// The year, in the order in which it happens.
Year year_of(const Settings& s, const std::vector<Programme>& programmes, const Region& region,
             const Calibration& calibration, const StateSchema& schema, YearNeeds& needs, Keep<SumsByMember> sums) {
  const auto desk = needs.kept.add<Desk>();
  const std::size_t n = programmes.size();
  Year year;
  year.add(measures_opened(sums));
  year.add(funds_opened());
  year.add(sums_of_the_year(schema, needs, n, s.number("labour.days_per_worker"), desk));
  for (std::size_t p = 0; p < n; ++p) year.add(holders_of(programmes[p], p, desk));
  for (std::size_t p = 0; p < n; ++p) year.add(entrants_of(programmes[p], p, desk));
  year.add(common_shocks(schema, needs, s, region, calibration.level));
  year.add(market_income(schema, needs, s, calibration));
  year.add<SafetyNet>(schema, needs, s);
  year.add<TrueIncome>(schema, needs);
  year.add<Measurement>(schema, needs, s, IncomeParts(s, calibration));
  year.add(identification(schema, needs, s));
  year.add<Guarantees>(schema, needs, s);
  year.add<Review>(schema, needs, s);
  year.add(measures(schema, needs, s.text("register.line") == "statistical", sums));
  year.add(members_counted(schema, needs, n, desk));
  year.add(funds_closed());
  year.check();
  return year;
}

}  // namespace

Model::Model(const Scenario& scenario, const Region& region, const Calibration& calibration, const DrawAddress& address)
    : settings_(drawn(scenario.settings, address)), schema_(std::make_shared<const StateSchema>(base_schema())),
      programmes_(make_programmes(scenario, region, *schema_, needs_, address)), sums_(needs_.kept.add<SumsByMember>()),
      year_(year_of(settings_, programmes_, region, calibration, *schema_, needs_, sums_)) {}

YearResult Model::live(Worlds& worlds, int year, Treasury& treasury, std::span<const PovertyHistory> histories,
                       Workspace& work, const Team& team) const {
  const Life life{*this, worlds, treasury, histories, work};
  return std::move(live_together({&life, 1}, year, work.scratch, team).front());
}

std::vector<YearResult> Model::live_together(std::span<const Life> lives, int year,
                                             std::span<const ScratchRows> scratch, const Team& team) {
  std::vector<YearResult> results(lives.size());
  std::vector<Moment> moments;
  std::vector<WayOf<Moment>> ways;
  moments.reserve(lives.size());
  for (std::size_t i = 0; i < lives.size(); ++i) {
    const Life& life = lives[i];
    start(life.work.watches[0]);
    for (World& world : life.worlds.parts) world.begin_year(year);
    moments.push_back({life.worlds, year, life.treasury, results[i].programmes, life.histories, life.work, scratch});
    ways.push_back(life.model.year_.way(moments.back(), team));
  }
  // Where mechanisms differ, so do the places of what they share: then each lives alone.
  const bool alike = std::all_of(lives.begin(), lives.end(), [&](const Life& life) {
    return life.model.scratch().same_names(lives.front().model.scratch());
  });
  if (alike)
    WayOf<Moment>::live_together(ways);
  else
    for (WayOf<Moment>& way : ways) way.live();
  for (std::size_t i = 0; i < lives.size(); ++i)
    results[i].places = lives[i].work.kept[lives[i].model.sums_].added_up();
  return results;
}

std::vector<std::uint32_t> Model::programme_hashes() const {
  std::vector<std::uint32_t> hashes;
  for (const Programme& programme : programmes_) hashes.push_back(programme.name_hash());
  return hashes;
}

}  // namespace tuopin
