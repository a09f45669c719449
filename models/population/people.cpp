#include "models/population/people.hpp"

#include <algorithm>
#include <cmath>

#include "engine/base/largest_remainder.hpp"
#include "engine/base/numbers.hpp"
#include "models/scenario/margin_names.hpp"
#include "models/state/codebook.hpp"

namespace tuopin {

namespace {

constexpr int generation = 18;  // years at least between a child and one adult of the household

using u8 = std::uint8_t;
using u32 = std::uint32_t;

/// Households of a county in random order: positions in `selected`.
std::vector<u32> shuffled(std::size_t households, u32 county_id, const Luck& luck) {
  std::vector<std::uint64_t> keys(households);
  for (std::size_t j = 0; j < households; j += 8) {
    const auto draws = luck.block(static_cast<std::uint64_t>(county_id) << 32 | j / 8);
    for (std::size_t i = j; i < std::min(j + 8, households); ++i)
      keys[i] = static_cast<std::uint64_t>(draws[i - j]) << 32 | i;
  }
  std::sort(keys.begin(), keys.end());
  std::vector<u32> order(households);
  for (std::size_t i = 0; i < households; ++i) order[i] = static_cast<u32>(keys[i]);
  return order;
}

void fill_counties(Population& population, const SynthesisInput& input) {
  population.counties = Table("counties", input.counties.size(), codebook::counties());
  const auto ids = population.counties.column<u32>("id");
  for (std::size_t c = 0; c < input.counties.size(); ++c) {
    const Place& place = input.counties[c];
    ids[c] = hash32(place.id) >> 1;
    population.county_names.push_back(place.id);
    population.county_names_en.push_back(place.name);
    population.county_names_zh.push_back(place.name_zh);
  }
}

/// Age within the kind for probability u: uniform among children and adults; among the aged the density falls linearly
/// to zero at ninety.
int age_of(MemberKind kind, int youngest, double u) {
  const int oldest = traits(kind).oldest, span = oldest - youngest + 1;
  const double part = kind == MemberKind::aged || kind == MemberKind::aged_partial ? 1 - std::sqrt(1 - u) : u;
  return std::min(oldest, youngest + static_cast<int>(part * span));
}

bool adult(MemberKind kind) {
  return kind == MemberKind::worker || kind == MemberKind::away_worker || kind == MemberKind::partial_worker ||
         kind == MemberKind::unable_adult;
}

}  // namespace

std::vector<std::vector<std::int64_t>> village_sizes(const SynthesisContext& context) {
  const Luck luck = context.luck("population.village_size");
  const double sd = context.region(margin::village_size_sd);
  std::vector<std::vector<std::int64_t>> sizes;
  u32 id = 0;
  for (const CountyTargets& county : context.targets) {
    const auto villages = static_cast<std::size_t>(county.villages);
    std::vector<u32> ids(villages);
    for (u32& village : ids) village = id++;
    std::vector<double> weights = even_normals(luck, ids, 0);
    for (double& weight : weights) weight = fixed_exp(sd * weight);
    std::vector<std::int64_t> counts = largest_remainder(county.households - county.villages, weights);
    for (std::int64_t& count : counts) ++count;
    sizes.push_back(std::move(counts));
  }
  return sizes;
}

void place_households(Population& population, const SynthesisContext& context, const std::vector<HouseholdType>& types,
                      const std::vector<std::vector<std::uint16_t>>& selected, std::vector<Member>& members) {
  const auto sizes = village_sizes(context);
  std::size_t villages = 0, households = 0, persons = 0;
  for (std::size_t c = 0; c < selected.size(); ++c) {
    villages += sizes[c].size();
    households += selected[c].size();
    for (const std::uint16_t type : selected[c]) persons += static_cast<std::size_t>(types[type].size);
  }
  fill_counties(population, context.input);
  population.villages = Table("villages", villages, codebook::villages());
  population.households = Table("households", households, codebook::households());
  population.persons = Table("persons", persons, codebook::persons());
  members.reserve(persons);

  const auto village_id = population.villages.column<u32>("id"), county = population.villages.column<u32>("county");
  const auto begin = population.villages.column<u32>("household_begin");
  const auto id = population.households.column<u32>("id"), village = population.households.column<u32>("village");
  const auto person_begin = population.households.column<u32>("person_begin");
  const auto person_id = population.persons.column<u32>("id"), household = population.persons.column<u32>("household");
  std::fill(population.households.column<std::uint16_t>("weight").begin(),
            population.households.column<std::uint16_t>("weight").end(), std::uint16_t{1});
  const Luck luck = context.luck("population.village");
  u32 v = 0, h = 0, p = 0;
  for (std::size_t c = 0; c < selected.size(); ++c) {
    const std::vector<u32> order = shuffled(selected[c].size(), population.counties.column<u32>("id")[c], luck);
    std::size_t next = 0;
    for (const std::int64_t size : sizes[c]) {
      village_id[v] = v;
      county[v] = static_cast<u32>(c);
      begin[v] = h;
      for (std::int64_t i = 0; i < size; ++i, ++h) {
        const HouseholdType& type = types[selected[c][order[next++]]];
        id[h] = h;
        village[h] = v;
        person_begin[h] = p;
        for (int m = 0; m < type.size; ++m, ++p) {
          person_id[p] = p;
          household[p] = h;
          members.push_back(type.members[static_cast<std::size_t>(m)]);
        }
      }
      ++v;
    }
  }
}

void describe(Population& population, const SynthesisContext& context, const std::vector<Member>& members) {
  const Luck luck = context.luck("population.age");
  const std::vector<u32> begin = household_begins(population);
  Table &persons = population.persons, &households = population.households;
  const auto age = persons.column<u8>("age"), sex = persons.column<u8>("sex"),
             ability = persons.column<u8>("work_ability");
  const auto in_school = persons.column<u8>("in_school"), away = persons.column<u8>("away");
  const auto size = households.column<u8>("members"), able = households.column<u8>("able_workers");
  const auto partial_workers = households.column<u8>("partial_workers");
  const auto away_workers = households.column<u8>("away_workers"), children = households.column<u8>("children");
  const auto elders = households.column<u8>("elders"), students = households.column<u8>("students");
  const auto household_id = households.column<u32>("id");
  for (u32 h = 0; h + 1 < begin.size(); ++h) {
    std::array<u32, 16> draws;  // by member, two blocks: addressed by the household
    for (unsigned block = 0; block < 2 && block * 8 < begin[h + 1] - begin[h]; ++block) {
      const auto eight = luck.block(household_id[h], block + 1);
      std::copy(eight.begin(), eight.end(), draws.begin() + 8 * block);
    }
    int oldest_child = -1, parent = -1;
    for (u32 p = begin[h]; p < begin[h + 1]; ++p) {
      const MemberKind kind = members[p].kind();
      const KindTraits& t = traits(kind);
      age[p] = static_cast<u8>(age_of(kind, t.youngest, uniform_from(draws[p - begin[h]])));
      sex[p] = members[p].female();
      ability[p] = t.work_ability;
      in_school[p] = t.in_school;
      away[p] = t.away;
      if (t.child) oldest_child = std::max<int>(oldest_child, age[p]);
      if (parent < 0 && adult(kind)) parent = static_cast<int>(p);
      able[h] = static_cast<u8>(able[h] + t.able_worker);
      partial_workers[h] = static_cast<u8>(partial_workers[h] + (t.able_worker && t.work_ability == 1));
      away_workers[h] = static_cast<u8>(away_workers[h] + t.away);
      children[h] = static_cast<u8>(children[h] + t.child);
      elders[h] = static_cast<u8>(elders[h] + t.elder);
      students[h] = static_cast<u8>(students[h] + t.in_school);
    }
    size[h] = static_cast<u8>(begin[h + 1] - begin[h]);
    if (oldest_child < 0 || parent < 0) continue;
    const auto p = static_cast<u32>(parent);
    age[p] = static_cast<u8>(
        age_of(members[p].kind(), std::max(16, oldest_child + generation), uniform_from(draws[p - begin[h]])));
  }
}

void assign_ethnicity(Population& population, const SynthesisContext& context) {
  const Luck luck = context.luck("population.ethnicity");
  const Luck village_luck = context.luck("population.village_ethnicity");
  const double together = context.correlation(margin::ethnic_correlation);
  const CountyRows extents(population);
  const std::vector<u32> begin = household_begins(population);
  const auto ethnicity = population.persons.column<u8>("ethnicity");
  const auto village = population.households.column<u32>("village"), id = population.households.column<u32>("id");
  const auto village_id = population.villages.column<u32>("id");
  const double root = std::sqrt(std::max(0.0, together));
  std::vector<double> of_village(population.villages.rows());
  for (std::size_t v = 0; v < of_village.size(); ++v) of_village[v] = village_luck.normal(village_id[v], 0);
  for (std::size_t c = 0; c < context.targets.size(); ++c) {
    const u32 first = extents.households[c], last = extents.households[c + 1];
    std::vector<std::pair<double, u32>> order(last - first);
    for (u32 h = first; h < last; ++h)
      order[h - first] = {correlated(root, of_village[village[h]], luck.normal(id[h], 0)), h};
    std::sort(order.begin(), order.end());
    std::size_t group = 0;
    std::int64_t left = context.targets[c].ethnicity[0];
    for (const auto& [key, h] : order)
      for (u32 p = begin[h]; p < begin[h + 1]; ++p) {
        while (left == 0 && group < margin::most_groups) left = context.targets[c].ethnicity[++group];
        ethnicity[p] = static_cast<u8>(group);
        --left;
      }
  }
}

}  // namespace tuopin
