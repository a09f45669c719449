#include "models/population/synthesis.hpp"

#include <algorithm>

#include "models/population/livelihoods.hpp"
#include "models/population/margin_sums.hpp"
#include "models/population/people.hpp"
#include "models/population/raking.hpp"
#include "models/population/review.hpp"
#include "models/population/selection.hpp"
#include "models/scenario/margin_names.hpp"
#include "models/scenario/tables.hpp"

namespace tuopin {

namespace {

void stop_at(const std::vector<Problem>& problems) {
  if (!problems.empty()) throw DataError(problems);
}

void check_required(const SynthesisInput& input, const Margins& margins, std::vector<Problem>& problems) {
  const std::vector<std::string> counties = ids_of(input.counties);
  for (const RowField& field : margins.table().rows)
    if (field.required && !margins.by_county(field.name, counties))
      static_cast<void>(margins.value(field.name, input.whole.id, problems));
}

/// Raking and selection of every county: the types of its households.
std::vector<std::vector<std::uint16_t>> select_all(const SynthesisContext& context,
                                                   const std::vector<HouseholdType>& types) {
  std::vector<std::vector<std::uint16_t>> selected;
  const Luck luck = context.luck("population.selection");
  for (std::size_t c = 0; c < context.targets.size(); ++c) {
    const Place& place = context.input.counties[c];
    SynthesisReport::Raking raking;
    raking.place = place.id;
    const std::vector<double> weights = rake(types, context.targets[c], raking);
    selected.push_back(select_households(types, weights, context.targets[c], luck, hash32(place.id) >> 1));
    std::vector<bool> used(types.size());
    for (const std::uint16_t type : selected.back()) used[type] = true;
    raking.types = static_cast<int>(types.size());
    raking.empty_types = static_cast<int>(std::count(used.begin(), used.end(), false));
    context.report.raking.push_back(raking);
  }
  return selected;
}

void repair_all(const Population& population, const SynthesisContext& context, std::vector<Member>& members) {
  const CountyRows extents(population);
  const std::vector<std::uint32_t> begin = household_begins(population);
  for (std::size_t c = 0; c < context.targets.size(); ++c) {
    const std::uint32_t first = extents.persons[c], last = extents.persons[c + 1];
    const std::span<const std::uint32_t> of_county =
        std::span(begin).subspan(extents.households[c], extents.households[c + 1] - extents.households[c] + 1);
    context.report.raking[c].repaired = repair(std::span(members).subspan(first, last - first), of_county,
                                               context.targets[c], context.input.counties[c], context);
  }
}

}  // namespace

Population synthesize(const SynthesisInput& input, int index, SynthesisReport& report) {
  report = {};
  report.index = index;
  std::vector<Problem> problems;
  Margins margins = input.margins.drawn(input.seed, index);
  check_required(input, margins, problems);
  stop_at(problems);
  bring_together(margins, input, report);
  const std::vector<CountyTargets> targets = county_targets(input, margins, report, problems);
  stop_at(problems);

  const SynthesisContext context{input, margins, targets, index, report, problems};
  const std::vector<HouseholdType> types = household_types(context);
  const auto selected = select_all(context, types);
  Population population;
  population.index = index;
  population.groups = margins.groups();
  population.true_poverty_rate = context.region(margin::true_poverty_rate);
  population.mean_income = context.region(margin::mean_income);
  for (const CountyTargets& county : targets) population.registered_quota.push_back(county.registered);

  std::vector<Member> members;
  place_households(population, context, types, selected, members);
  repair_all(population, context, members);
  stop_at(problems);
  describe(population, context, members);
  assign_ethnicity(population, context);
  const ScoreParts parts = score_parts(context);
  zone_villages(population, context, parts);
  score_households(population, context, parts);
  mix_streams(population, context);
  allot_land(population, context);
  set_guarantees(population, context);
  stop_at(problems);
  review(population, context, report);
  return population;
}

}  // namespace tuopin
