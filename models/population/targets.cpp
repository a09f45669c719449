#include "models/population/targets.hpp"

#include <cmath>
#include <cstdlib>

#include <fmt/core.h>

#include "engine/base/largest_remainder.hpp"
#include "engine/base/numbers.hpp"
#include "models/scenario/margin_names.hpp"

namespace tuopin {

namespace {

using Sizes = std::array<double, largest_household>;

double mean_size(const Sizes& shares) {
  double sum = 0, total = 0;
  for (std::size_t k = 0; k < shares.size(); ++k) {
    sum += static_cast<double>(k + 1) * shares[k];
    total += shares[k];
  }
  return sum / total;
}

Sizes tilted(const Sizes& shares, double slope) {
  Sizes result{};
  double total = 0;
  for (std::size_t k = 0; k < result.size(); ++k)
    total += result[k] = shares[k] > 0 ? shares[k] * fixed_exp(slope * static_cast<double>(k)) : 0;
  for (double& share : result) share /= total;
  return result;
}

/// share_k → share_k · e^{λk}: of all mixes with the right mean size, the nearest in information.
Sizes with_mean(const Sizes& shares, double mean) {
  double low = -30, high = 30;
  for (int step = 0; step < 200; ++step) {  // definition: bisection
    const double slope = (low + high) / 2;
    (mean_size(tilted(shares, slope)) < mean ? low : high) = slope;
  }
  return tilted(shares, (low + high) / 2);
}

/// Shares by size from the margins; the open class is spread over seven to ten with the mean that its margin gives.
Sizes size_shares(const Margins& margins, const Place& place, std::vector<Problem>& problems) {
  Sizes shares{}, open{};
  double total = 0;
  for (std::size_t k = 0; k < size_classes; ++k) {
    const std::string name = std::string(margin::size_prefix) + std::to_string(k + 1);
    total += shares[k] = margins.value(name, place.id, problems);
  }
  if (!(total > 0)) return shares;
  for (double& share : shares) share /= total;
  const double mean = margins.optional(margin::largest_size_mean, place.id);
  if (mean > size_classes) {
    for (std::size_t k = size_classes - 1; k < open.size(); ++k) open[k] = 1;
    open = with_mean(open, mean);
    const double share = shares[size_classes - 1];
    for (std::size_t k = size_classes - 1; k < open.size(); ++k) shares[k] = share * open[k];
  }
  return shares;
}

/// Integer numbers of households by size with Σ size · households = persons; rounding errors are corrected by moving
/// households to a neighbouring size.
std::array<std::int64_t, largest_household> whole_sizes(const Sizes& shares, std::int64_t households,
                                                        std::int64_t persons) {
  const std::vector<std::int64_t> rounded = largest_remainder(households, shares);
  std::array<std::int64_t, largest_household> counts{};
  std::int64_t gap = persons;
  for (std::size_t k = 0; k < counts.size(); ++k) {
    counts[k] = rounded[k];
    gap -= static_cast<std::int64_t>(k + 1) * rounded[k];
  }
  const int direction = gap > 0 ? 1 : -1;
  for (; gap != 0; gap -= direction) {
    int best = -1;
    double best_cost = 0;
    for (int from = 0; from < largest_household; ++from) {
      const int to = from + direction;
      if (to < 0 || to >= largest_household || counts[static_cast<std::size_t>(from)] == 0) continue;
      const auto surplus = [&](int k) {
        const auto at = static_cast<std::size_t>(k);
        return static_cast<double>(counts[at]) - shares[at] * static_cast<double>(households);
      };
      const double cost = surplus(to) - surplus(from);
      if (best < 0 || cost < best_cost) best = from, best_cost = cost;
    }
    if (best < 0) break;
    --counts[static_cast<std::size_t>(best)];
    ++counts[static_cast<std::size_t>(best + direction)];
  }
  return counts;
}

Origin origin_of(const Margins& margins, std::string_view name, std::string_view place) {
  const Margin* margin = margins.find(name, place);
  return margin ? margin->origin : Origin{};
}

/// Counties that share an adjustment share its line.
void note(SynthesisReport& report, const Message& text, const Place& place) {
  const bool again =
      !report.notes.empty() && !report.notes.back().values().empty() && report.notes.back().values().front() == text;
  const std::string places = again ? report.notes.back().values().back().text() + ", " + place.name : place.name;
  if (again) report.notes.pop_back();
  report.notes.push_back(message("{}: {}", text, places));
}

void set_sizes(CountyTargets& county, const Margins& margins, const Place& place, SynthesisReport& report,
               std::vector<Problem>& problems) {
  const Sizes shares = size_shares(margins, place, problems);
  if (county.households <= 0 || !(shares[0] + mean_size(shares) > 0)) return;
  const double asked = static_cast<double>(county.persons) / static_cast<double>(county.households);
  const double given = mean_size(shares);
  std::array<double, size_classes> classes{};
  for (std::size_t k = 0; k < shares.size(); ++k) classes[std::min<std::size_t>(k, size_classes - 1)] += shares[k];
  const std::vector<std::int64_t> typed = largest_remainder(county.households, classes);
  std::copy(typed.begin(), typed.end(), county.typed_sizes.begin());
  // Population and households are counts and are kept; the size shares come from another source and are adjusted.
  const Sizes mended = with_mean(shares, asked);
  if (std::fabs(mean_size(mended) - asked) > 1e-6 * asked) {  // definition: tolerance
    problems.push_back(
        {origin_of(margins, margin::households, place.id), std::string(margin::households),
         message("{}: {} persons in {} households is {} a household, which no mix of the sizes {} to {} can meet "
                 "(gap {})",
                 place.id, county.persons, county.households, fmt::format("{:.3f}", asked),
                 fmt::format("{}1", margin::size_prefix), size_classes,
                 fmt::format("{:+.3f}", asked - mean_size(mended))),
         ""});
    return;
  }
  double moved = 0;  // households whose class the tilt changes
  for (std::size_t k = 0; k < shares.size(); ++k)
    moved += std::fabs(mended[k] - shares[k]) * static_cast<double>(county.households) / 2;
  if (moved >= 0.5)
    note(report,
         message("household_size_1 to {} cannot all be met: the shares have mean {}, population over households is {}, "
                 "and the households were tilted to it ({}% of them in another class)",
                 size_classes, fmt::format("{:.3f}", given), fmt::format("{:.3f}", asked),
                 fmt::format("{:.2g}", 100 * moved / static_cast<double>(county.households))),
         place);
  county.by_size = whole_sizes(mended, county.households, county.persons);
}

/// Integer numbers of persons from shares. Typed age shares sum to one, and group shares to at most one; drawn shares
/// are scaled accordingly.
void set_persons(CountyTargets& county, const Margins& margins, const Place& place, std::vector<Problem>& problems) {
  const auto share = [&](std::string_view name) { return margins.value(name, place.id, problems); };
  const auto total = static_cast<double>(county.persons);
  const double ages[] = {share(margin::child), share(margin::adult), share(margin::elder)};
  const std::vector<std::int64_t> by_age = largest_remainder(county.persons, ages);
  auto& counts = county.person_counts;
  counts[of_child] = by_age[0];
  counts[of_elder] = by_age[2];
  counts[of_male] = nearest_whole(total * share(margin::male));
  counts[of_school] = nearest_whole(total * share(margin::in_school));
  counts[of_none] = nearest_whole(total * share(margin::none));
  counts[of_partial] = nearest_whole(total * share(margin::partial));
  counts[of_able] = nearest_whole(total * share(margin::able));
  counts[of_away] = nearest_whole(total * share(margin::away));
  std::array<double, margin::most_groups + 1> shares{};
  double rest = 1;
  for (std::size_t g = 0; g < margins.groups().size(); ++g) rest -= shares[g] = share(margins.groups()[g]);
  shares.back() = rest > 0 ? rest : 0;
  const std::vector<std::int64_t> ethnic = largest_remainder(county.persons, shares);
  for (std::size_t e = 0; e < county.ethnicity.size(); ++e) county.ethnicity[e] = ethnic[e];
}

}  // namespace

std::string_view to_text(PersonMargin which) {
  constexpr std::string_view names[] = {margin::child, margin::elder,   margin::male, margin::in_school,
                                        margin::none,  margin::partial, margin::able, margin::away};
  return names[which];
}

std::vector<std::int64_t> shared_out(const SynthesisInput& input, const Margins& margins, std::string_view name,
                                     std::span<const double> key, std::vector<Problem>& problems,
                                     std::span<const std::int64_t> room) {
  std::vector<double> own;
  double sum = 0;
  const Place* lacking = nullptr;
  for (const Place& place : input.counties) {
    const Margin* row = margins.own(name, place.id);
    if (row == nullptr) lacking = &place;
    own.push_back(row ? row->value : 0);
    sum += own.back();
  }
  const Margin* region = margins.own(name, input.whole.id);
  const bool some = sum > 0;
  if (some && lacking)
    problems.push_back({origin_of(margins, name, input.whole.id), std::string(name),
                        message("has rows for some counties and none for {}; give all or none", lacking->id), ""});
  if (region == nullptr && (!some || lacking)) {
    static_cast<void>(margins.value(name, input.whole.id, problems));
    return std::vector<std::int64_t>(input.counties.size());
  }
  const std::int64_t total = nearest_whole(region ? region->value : sum);
  const std::span<const double> weights = some && !lacking ? std::span<const double>(own) : key;
  return room.empty() ? largest_remainder(total, weights) : largest_remainder_within(total, weights, room);
}

std::vector<CountyTargets> county_targets(const SynthesisInput& input, const Margins& margins, SynthesisReport& report,
                                          std::vector<Problem>& problems) {
  const std::size_t n = input.counties.size();
  std::vector<CountyTargets> counties(n);
  std::vector<double> key(n, 1.0);
  std::vector<std::int64_t> room;
  const auto share_out = [&](std::string_view name, std::int64_t CountyTargets::*field) {
    const auto parts = shared_out(input, margins, name, key, problems, room);
    for (std::size_t c = 0; c < n; ++c) counties[c].*field = parts[c];
  };
  const auto use_key = [&](std::int64_t CountyTargets::*field) {
    for (std::size_t c = 0; c < n; ++c) key[c] = static_cast<double>(counties[c].*field);
  };
  share_out(margin::persons, &CountyTargets::persons);
  use_key(&CountyTargets::persons);
  share_out(margin::households, &CountyTargets::households);
  share_out(margin::registered, &CountyTargets::registered);
  share_out(margin::villages, &CountyTargets::villages);
  for (const CountyTargets& county : counties) room.push_back(county.villages);
  use_key(&CountyTargets::registered);
  share_out(margin::poor_villages, &CountyTargets::poor_villages);
  use_key(&CountyTargets::villages);
  share_out(margin::forest_villages, &CountyTargets::forest_villages);
  if (!problems.empty()) return counties;

  for (std::size_t c = 0; c < n; ++c) {
    const Place& place = input.counties[c];
    const auto at_most = [&](std::string_view name, std::int64_t part, std::string_view of, std::int64_t whole) {
      if (part > whole)
        problems.push_back(
            {origin_of(margins, name, place.id), std::string(name),
             message("{}: {} is more than the {} of {} (gap {})", place.id, part, whole, of, part - whole), ""});
    };
    at_most(margin::poor_villages, counties[c].poor_villages, margin::villages, counties[c].villages);
    at_most(margin::forest_villages, counties[c].forest_villages, margin::villages, counties[c].villages);
    at_most(margin::registered, counties[c].registered, margin::persons, counties[c].persons);
    at_most(margin::villages, counties[c].villages, margin::households, counties[c].households);
    at_most(margin::households, 1, margin::households, counties[c].households);
    at_most(margin::villages, 1, margin::villages, counties[c].villages);
    if (const Margin* own = margins.own(margin::relative_income, place.id)) counties[c].relative_income = own->value;
    if (const Margin* own = margins.own(margin::mean_income, place.id))
      counties[c].relative_income = own->value / margins.value(margin::mean_income, input.whole.id, problems);
    set_sizes(counties[c], margins, place, report, problems);
    set_persons(counties[c], margins, place, problems);
  }
  return counties;
}

}  // namespace tuopin
