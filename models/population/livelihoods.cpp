#include "models/population/livelihoods.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <fmt/core.h>

#include "engine/base/largest_remainder.hpp"
#include "engine/base/normals.hpp"
#include "models/scenario/margin_names.hpp"

namespace tuopin {

namespace {

using u8 = std::uint8_t;
using u32 = std::uint32_t;
constexpr std::size_t streams = 4;

/// Rows of the n smallest keys; ties go to the earlier row.
std::vector<u32> smallest(std::vector<std::pair<double, u32>> keys, std::int64_t n) {
  const auto cut = keys.begin() + std::min<std::int64_t>(n, static_cast<std::int64_t>(keys.size()));
  if (cut != keys.end()) std::nth_element(keys.begin(), cut, keys.end());
  std::vector<u32> rows;
  for (auto key = keys.begin(); key != cut; ++key) rows.push_back(key->second);
  std::sort(rows.begin(), rows.end());
  return rows;
}

}  // namespace

namespace {

constexpr std::string_view stream_names[streams] = {margin::share_wage, margin::share_business, margin::share_property,
                                                    margin::share_transfer};
using Streams = std::array<double, streams>;

/// Shares of households [first, last): share_s = level_s e_s / Σ level e; levels are moved until the mean over
/// households, weighted, is the target.
void mix(Population& population, std::span<const Streams> relative, std::size_t first, std::size_t last,
         const Streams& target, std::span<const double> weight) {
  Table& households = population.households;
  double whole = 0;
  for (std::size_t h = first; h < last; ++h) whole += weight[h];
  Streams level = target;
  double error = 1;
  for (int sweep = 0; sweep < 100 && error > 1e-6; ++sweep) {  // definition: tolerance
    double mean[streams] = {};
    for (std::size_t h = first; h < last; ++h) {
      const auto& e = relative[h];
      const double all = level[0] * e[0] + level[1] * e[1] + level[2] * e[2] + level[3] * e[3];
      const double scale = weight[h] / (all * whole);
      for (std::size_t s = 0; s < streams; ++s) mean[s] += level[s] * e[s] * scale;
    }
    error = 0;
    for (std::size_t s = 0; s < streams; ++s) {
      if (target[s] <= 0) continue;
      error = std::max(error, std::fabs(mean[s] / target[s] - 1));
      level[s] *= target[s] / mean[s];
    }
  }
  const std::span<float> shares[streams] = {
      households.column<float>("share_wage"), households.column<float>("share_business"),
      households.column<float>("share_property"), households.column<float>("share_transfer")};
  for (std::size_t h = first; h < last; ++h) {
    const auto& e = relative[h];
    const double all = level[0] * e[0] + level[1] * e[1] + level[2] * e[2] + level[3] * e[3];
    for (std::size_t s = 0; s < streams; ++s) shares[s][h] = static_cast<float>(level[s] * e[s] / all);
  }
}

/// The mix of a place, its sum one.
Streams target_mix(const SynthesisContext& context, const std::string& place) {
  Streams target{};
  double sum = 0;
  for (std::size_t s = 0; s < streams; ++s) sum += target[s] = context.margins.optional(stream_names[s], place);
  if (!(sum > 0)) context.fail(margin::share_wage, place, message("the stream shares sum to nothing"));
  for (std::size_t s = 0; s < streams && sum > 0; ++s) target[s] /= sum;
  return target;
}

/// b of wages and business: by how much their log share against the rest rises with a standard deviation of score.
/// Zero where the region gives nothing on fifths.
Streams slopes(const SynthesisContext& context) {
  constexpr std::string_view of_fifths[] = {margin::wage_lowest_fifth, margin::business_lowest_fifth,
                                            margin::wage_highest_fifth, margin::business_highest_fifth};
  double a[4];
  int given = 0;
  for (std::size_t i = 0; i < 4; ++i) given += (a[i] = context.region(of_fifths[i])) > 0;
  if (given == 0) return {};
  const double lowest_rest = 1 - a[0] - a[1], highest_rest = 1 - a[2] - a[3];
  if (given < 4 || !(lowest_rest > 0) || !(highest_rest > 0)) {
    context.fail(margin::wage_lowest_fifth, context.input.whole.id,
                 message("{}, {}, {} and {} go together, each above zero and both fifths below one in sum",
                         of_fifths[0], of_fifths[1], of_fifths[2], of_fifths[3]));
    return {};
  }
  constexpr double fifth = 0.2;                   // definition
  const double cut = normal_quantile(1 - fifth);  // the highest fifth of a standard normal lies above it
  const double gap = 2 * fixed_exp(-cut * cut / 2) / std::sqrt(2 * std::numbers::pi) / fifth;
  return {fixed_log(a[2] / highest_rest / (a[0] / lowest_rest)) / gap,
          fixed_log(a[3] / highest_rest / (a[1] / lowest_rest)) / gap};
}

}  // namespace

std::vector<double> income_weights(const Population& population, const SynthesisContext& context) {
  const auto members = population.households.column<u8>("members");
  const auto score = population.households.column<float>("permanent_score");
  const double sd = context.region(margin::permanent_sd);
  std::vector<double> weights(members.size());
  for (std::size_t h = 0; h < weights.size(); ++h) weights[h] = members[h] * fixed_exp(sd * score[h]);
  return weights;
}

void mix_streams(Population& population, const SynthesisContext& context) {
  Table& households = population.households;
  const std::size_t n = households.rows();
  const auto members = households.column<u8>("members"), able = households.column<u8>("able_workers");
  const auto score = households.column<float>("permanent_score");
  const auto id = households.column<u32>("id");
  const std::size_t before = context.problems.size();
  const Streams target = target_mix(context, context.input.whole.id), slope = slopes(context);
  if (context.problems.size() > before) return;
  std::vector<double> labour(n);
  for (std::size_t h = 0; h < n; ++h) labour[h] = static_cast<double>(able[h]) / members[h];
  labour = standardised(std::move(labour), members);
  const double sd = context.region(margin::stream_share_sd), wage = context.correlation(margin::wage_correlation);
  const Luck luck = context.luck("population.streams");
  std::vector<Streams> relative(n);
  for (std::size_t h = 0; h < n; ++h) {
    const auto draws = luck.block(id[h]);
    for (std::size_t s = 0; s < streams; ++s) {
      const double own = normal_quantile(uniform_from(draws[s]));
      relative[h][s] = fixed_exp(slope[s] * score[h] + sd * (s == 0 ? correlated(wage, labour[h], own) : own));
    }
  }
  const std::vector<double> weight = income_weights(population, context);
  if (std::none_of(std::begin(stream_names), std::end(stream_names),
                   [&](std::string_view name) { return context.by_county(name); }))
    return mix(population, relative, 0, n, target, weight);
  const CountyRows extents(population);
  for (std::size_t c = 0; c < context.targets.size(); ++c) {
    const Streams own = target_mix(context, context.input.counties[c].id);
    if (context.problems.size() > before) return;
    mix(population, relative, extents.households[c], extents.households[c + 1], own, weight);
  }
}

namespace {

/// Arable land by members, with a spread between households.
void allot_arable(Population& population, const SynthesisContext& context) {
  const Luck luck = context.luck("population.arable");
  const double sd = context.region(margin::arable_sd);
  const auto members = population.households.column<u8>("members");
  const auto id = population.households.column<u32>("id");
  const auto arable = population.households.column<float>("arable_mu");
  const CountyRows extents(population);
  for (std::size_t c = 0; c < context.targets.size(); ++c) {
    const u32 first = extents.households[c], last = extents.households[c + 1];
    std::vector<double> weight(last - first);
    double sum = 0;
    for (u32 h = first; h < last; ++h) sum += weight[h - first] = members[h] * fixed_exp(sd * luck.normal(id[h], 0));
    const double total = context.margins.optional(margin::arable_per_person, context.input.counties[c].id) *
                         static_cast<double>(context.targets[c].persons);
    for (u32 h = first; h < last; ++h) arable[h] = static_cast<float>(total * weight[h - first] / sum);
  }
}

/// Households in forest villages that hold forest, by luck, and their area.
void allot_forest(Population& population, const SynthesisContext& context) {
  const Luck luck = context.luck("population.forest");
  const double sd = context.region(margin::forest_sd);
  const auto id = population.households.column<u32>("id"), village = population.households.column<u32>("village");
  const auto zone = population.villages.column<u8>("forest_zone");
  const auto forest = population.households.column<float>("forest_mu");
  const CountyRows extents(population);
  const std::size_t counties = context.targets.size();
  std::vector<double> room(counties);
  for (std::size_t c = 0; c < counties; ++c)
    for (u32 h = extents.households[c]; h < extents.households[c + 1]; ++h) room[c] += zone[village[h]];
  const auto holders = shared_out(context.input, context.margins, margin::forest_households, room, context.problems);
  const std::vector<double> key(holders.begin(), holders.end());
  const auto area = shared_out(context.input, context.margins, margin::forest_mu, key, context.problems);
  for (std::size_t c = 0; c < counties; ++c) {
    if (static_cast<double>(holders[c]) > room[c])
      context.fail(
          margin::forest_households, context.input.counties[c].id,
          message("{} households shall hold forest, {} live in forest villages (gap {})", holders[c],
                  fmt::format("{:.0f}", room[c]), fmt::format("{:.0f}", static_cast<double>(holders[c]) - room[c])));
    if (holders[c] == 0 && area[c] > 0)
      context.fail(margin::forest_mu, context.input.counties[c].id,
                   message("{} mu without a household that holds them", area[c]));
    std::vector<std::pair<double, u32>> candidates;
    for (u32 h = extents.households[c]; h < extents.households[c + 1]; ++h)
      if (zone[village[h]]) candidates.push_back({luck.uniform(id[h], 0), h});
    const std::vector<u32> rows = smallest(std::move(candidates), holders[c]);
    std::vector<double> weight(rows.size());
    double sum = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) sum += weight[i] = fixed_exp(sd * luck.normal(id[rows[i]], 1));
    for (std::size_t i = 0; i < rows.size(); ++i)
      forest[rows[i]] = static_cast<float>(static_cast<double>(area[c]) * weight[i] / sum);
  }
}

}  // namespace

void allot_land(Population& population, const SynthesisContext& context) {
  allot_arable(population, context);
  allot_forest(population, context);
}

void set_guarantees(Population& population, const SynthesisContext& context) {
  struct Guarantee {
    std::string_view column, margin;
    bool needs_child;
  };
  constexpr Guarantee guarantees[] = {{"housing_safe", margin::housing_unsafe, false},
                                      {"water_safe", margin::water_unsafe, false},
                                      {"schooling_met", margin::schooling_unmet, true},
                                      {"medical_met", margin::medical_unmet, false}};
  Table& households = population.households;
  const auto id = households.column<u32>("id");
  const auto score = households.column<float>("permanent_score");
  const auto age = population.persons.column<u8>("age");
  const std::vector<u32> begin = household_begins(population);
  const CountyRows extents(population);
  const double r = context.correlation(margin::guarantee_correlation);
  const Luck luck = context.luck("population.guarantees");
  unsigned draw = 0;
  for (const Guarantee& guarantee : guarantees) {
    const auto column = households.column<u8>(guarantee.column);
    std::fill(column.begin(), column.end(), u8{1});
    // In rows [first, last), as many as the share of the place says.
    const auto leave_unmet = [&](u32 first, u32 last, double share, const std::string& place) {
      std::vector<std::pair<double, u32>> candidates;
      for (u32 h = first; h < last; ++h) {
        const auto of_school_age = [](u8 years) { return years >= 6 && years <= 15; };
        if (guarantee.needs_child && std::none_of(age.begin() + begin[h], age.begin() + begin[h + 1], of_school_age))
          continue;
        candidates.push_back({correlated(r, score[h], luck.normal(id[h], draw)), h});
      }
      const std::int64_t unmet = nearest_whole(share * static_cast<double>(last - first));
      if (unmet > static_cast<std::int64_t>(candidates.size()))
        context.fail(guarantee.margin, place,
                     message("{} households, but only {} can lack it (gap {})", unmet, candidates.size(),
                             unmet - static_cast<std::int64_t>(candidates.size())));
      for (const u32 h : smallest(std::move(candidates), unmet)) column[h] = 0;
    };
    if (!context.by_county(guarantee.margin))
      leave_unmet(0, static_cast<u32>(households.rows()), context.region(guarantee.margin), context.input.whole.id);
    else
      for (std::size_t c = 0; c < context.targets.size(); ++c)
        leave_unmet(extents.households[c], extents.households[c + 1], context.county(guarantee.margin, c),
                    context.input.counties[c].id);
    ++draw;
  }
}

}  // namespace tuopin
