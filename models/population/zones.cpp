#include "models/population/zones.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/core.h>

#include "engine/base/largest_remainder.hpp"
#include "engine/base/numbers.hpp"
#include "models/scenario/margin_names.hpp"

namespace tuopin {

namespace {

using u8 = std::uint8_t;
using u32 = std::uint32_t;

/// Marks the n villages with the largest key in rows [first, last).
void mark_largest(std::span<u8> column, std::span<const double> key, u32 first, u32 last, std::int64_t n) {
  std::vector<std::pair<double, u32>> order;
  for (u32 v = first; v < last; ++v) order.push_back({-key[v], v});
  std::sort(order.begin(), order.end());
  for (std::int64_t i = 0; i < n && i < static_cast<std::int64_t>(order.size()); ++i)
    column[order[static_cast<std::size_t>(i)].second] = 1;
}

/// Hazard zones are whole villages: villages of rows [first, last) are added in the order of key, as long as each
/// brings the share of households closer to the margin.
void mark_hazard(Population& population, std::span<const double> key, u32 first, u32 last, double share) {
  const auto zone = population.villages.column<u8>("hazard_zone");
  const std::vector<u32> begin = village_begins(population);
  const double households = begin[last] - begin[first];
  std::int64_t left = nearest_whole(households * share);
  std::vector<std::pair<double, u32>> order;
  for (u32 v = first; v < last; ++v) order.push_back({-key[v], v});
  std::sort(order.begin(), order.end());
  for (const auto& [minus_key, v] : order) {
    const auto size = static_cast<std::int64_t>(begin[v + 1] - begin[v]);
    if (size >= 2 * left) continue;  // would leave the sum farther from the margin than it is
    zone[v] = 1;
    left -= size;
  }
}

/// Villages of a county differ around the county: mean zero over its households, so that counties differ as asked.
void centre_in_counties(std::vector<double>& part, const Population& population) {
  const CountyRows extents(population);
  const std::vector<u32> begin = village_begins(population);
  for (std::size_t c = 0; c + 1 < extents.villages.size(); ++c) {
    const u32 first = extents.villages[c], last = extents.villages[c + 1];
    if (last - first < 2) continue;
    double sum = 0;
    for (u32 v = first; v < last; ++v) sum += part[v] * (begin[v + 1] - begin[v]);
    for (u32 v = first; v < last; ++v) part[v] -= sum / (begin[last] - begin[first]);
  }
}

}  // namespace

ScoreParts score_parts(const SynthesisContext& context) {
  ScoreParts parts;
  parts.county.assign(context.targets.size(), 0.0);
  const double sd = context.region(margin::permanent_sd);
  double mean = 0, total = 0, between = 0;
  for (std::size_t c = 0; c < context.targets.size(); ++c) {
    const double relative = context.targets[c].relative_income;
    const auto persons = static_cast<double>(context.targets[c].persons);
    if (relative <= 0)
      context.fail(margin::relative_income, context.input.counties[c].id, message("must be above zero"));
    if (relative != 1 && sd <= 0)
      context.fail(margin::permanent_sd, context.input.whole.id,
                   message("is needed where counties differ in mean_income or relative_income"));
    if (relative <= 0 || sd <= 0) continue;
    parts.county[c] = fixed_log(relative) / sd;
    mean += persons * parts.county[c];
  }
  for (const CountyTargets& county : context.targets) total += static_cast<double>(county.persons);
  for (std::size_t c = 0; c < context.targets.size(); ++c) {
    parts.county[c] -= mean / total;
    between += static_cast<double>(context.targets[c].persons) / total * parts.county[c] * parts.county[c];
  }
  // The intraclass correlation of villages includes the variance between counties.
  const double villages = context.correlation(margin::village_correlation);
  parts.village_sd = std::sqrt(std::max(0.0, villages - between));
  if (between > villages)
    context.report.notes.push_back(
        message("counties differ more ({} of the variance) than the intraclass correlation of villages allows ({}); "
                "villages add nothing",
                fmt::format("{:.3f}", between), fmt::format("{:.3f}", villages)));
  const double remote = context.correlation(margin::remoteness_correlation);
  if (parts.village_sd > 0) parts.village_remoteness = std::clamp(remote / parts.village_sd, -1.0, 1.0);
  if (std::fabs(parts.village_remoteness * parts.village_sd - remote) > 1e-9)  // definition: tolerance
    context.report.notes.push_back(
        message("correlation of income with remoteness: {} of {} fits into the villages' part of the variance",
                fmt::format("{:.3f}", parts.village_remoteness * parts.village_sd), fmt::format("{:.3f}", remote)));
  return parts;
}

void zone_villages(Population& population, const SynthesisContext& context, const ScoreParts& parts) {
  Table& villages = population.villages;
  const auto id = villages.column<u32>("id"), county = villages.column<u32>("county");
  const std::size_t n = villages.rows();
  const Luck luck = context.luck("population.zones");
  const std::vector<double> remote = even_normals(luck, id, 0), own = even_normals(luck, id, 1);
  const std::vector<u32> remote_rank = ranks(remote);
  const double designation = context.correlation(margin::poor_village_correlation);
  const double hazard = context.correlation(margin::hazard_correlation);
  const double forest = context.correlation(margin::forest_correlation);
  std::vector<double> part(n), poor_key(n), hazard_key(n), forest_key(n);
  for (std::size_t v = 0; v < n; ++v) part[v] = correlated(parts.village_remoteness, remote[v], own[v]);
  centre_in_counties(part, population);
  for (std::size_t v = 0; v < n; ++v) {
    const double village = part[v];
    villages.column<float>("remoteness")[v] = static_cast<float>((remote_rank[v] + 0.5) / static_cast<double>(n));
    villages.column<float>("prosperity")[v] = static_cast<float>(parts.county[county[v]] + parts.village_sd * village);
    poor_key[v] = correlated(designation, village, luck.normal(id[v], 2));
    hazard_key[v] = correlated(hazard, remote[v], luck.normal(id[v], 3));
    forest_key[v] = correlated(forest, remote[v], luck.normal(id[v], 4));
  }
  const CountyRows extents(population);
  for (std::size_t c = 0; c < context.targets.size(); ++c) {
    const u32 first = extents.villages[c], last = extents.villages[c + 1];
    mark_largest(villages.column<u8>("poor_village"), poor_key, first, last, context.targets[c].poor_villages);
    mark_largest(villages.column<u8>("forest_zone"), forest_key, first, last, context.targets[c].forest_villages);
  }
  if (!context.by_county(margin::hazard))
    return mark_hazard(population, hazard_key, 0, static_cast<u32>(n), context.region(margin::hazard));
  for (std::size_t c = 0; c < context.targets.size(); ++c)
    mark_hazard(population, hazard_key, extents.villages[c], extents.villages[c + 1],
                context.county(margin::hazard, c));
}

}  // namespace tuopin
