#include "models/population/seed.hpp"

#include <algorithm>

#include "models/scenario/margin_names.hpp"

namespace tuopin {

namespace {

/// Types per composition: 112 compositions of one to seven members and 163 of eight to ten make about 4,700 types.
constexpr int types_per_composition(int size) { return size <= 7 ? 30 : 8; }

// Bounds of the codebook's definitions (labour age 16 to 65, elders from 60; students are no labour). Children and the
// aged count as not able to work, but not in the margin of the unable. Ninety closes the age table.
constexpr KindTraits kinds[member_kinds] = {
    // ages    child  elder  school able   away   unable ability
    {0, 5, true, false, false, false, false, false, 0},    // preschool
    {6, 15, true, false, true, false, false, false, 0},    // pupil
    {16, 22, false, false, true, false, false, false, 2},  // student
    {16, 59, false, false, false, true, false, false, 2},  // worker
    {16, 59, false, false, false, true, true, false, 2},   // away_worker
    {16, 59, false, false, false, true, false, false, 1},  // partial_worker
    {16, 59, false, false, false, false, false, true, 0},  // unable_adult
    {60, 65, false, true, false, true, false, false, 2},   // elder_worker
    {60, 65, false, true, false, true, false, false, 1},   // elder_partial_worker
    {60, 65, false, true, false, false, false, true, 0},   // unable_elder
    {66, 89, false, true, false, false, false, false, 1},  // aged_partial
    {66, 89, false, true, false, false, false, false, 0},  // aged
};

double power(double base, int exponent) {
  double result = 1;
  for (int i = 0; i < exponent; ++i) result *= base;
  return result;
}

/// Probabilities within an age group, from the region's margins. Only starting values: raking and repair meet the
/// margins.
struct Chances {
  double female, pupil, student, unable, partial, away, young_elder;
};

Chances chances(const SynthesisContext& context) {
  const auto share = [&](std::string_view name) { return context.region(name); };
  const auto ratio = [](double part, double of) { return of > 0 ? std::clamp(part / of, 0.0, 1.0) : 0.0; };
  const double child = share(margin::child), grown = 1 - child;
  const double none = share(margin::none), partial = share(margin::partial);
  Chances c{};
  c.female = 1 - share(margin::male);
  c.pupil = std::min(ratio(share(margin::in_school), child), 10.0 / 16.0);  // definition: ages 6 to 15 among 0 to 15
  c.student = ratio(share(margin::in_school) - c.pupil * child, share(margin::adult));
  c.unable = ratio(none, grown);
  c.partial = ratio(partial, grown);
  c.away = ratio(share(margin::away), share(margin::able));
  c.young_elder =
      1 - power(24.0 / 30.0, 2);  // definition: ages 60 to 65 where numbers fall evenly from 60 to none at 90
  return c;
}

/// Four uniforms decide one member.
Member draw_member(int age_group, const Chances& c, const std::array<double, 4>& u) {
  const bool female = u[0] < c.female;
  using enum MemberKind;
  if (age_group == 0) return {u[1] < c.pupil ? pupil : preschool, female};
  const bool unable = u[2] < c.unable, is_partial = !unable && u[2] < c.unable + c.partial;
  if (age_group == 1) {
    if (u[1] < c.student) return {student, female};
    if (unable) return {unable_adult, female};
    if (is_partial) return {partial_worker, female};
    return {u[3] < c.away ? away_worker : worker, female};
  }
  if (u[1] >= c.young_elder) return {is_partial ? aged_partial : aged, female};
  if (unable) return {unable_elder, female};
  return {is_partial ? elder_partial_worker : elder_worker, female};
}

double factorial(int n) { return n < 2 ? 1.0 : n * factorial(n - 1); }

}  // namespace

const KindTraits& traits(MemberKind kind) { return kinds[static_cast<std::size_t>(kind)]; }

void count(Member member, std::array<std::int64_t, person_margins>& counts) {
  const KindTraits& t = traits(member.kind());
  counts[of_child] += t.child;
  counts[of_elder] += t.elder;
  counts[of_male] += !member.female();
  counts[of_school] += t.in_school;
  counts[of_none] += t.unable;
  counts[of_partial] += t.work_ability == 1;
  counts[of_able] += t.able_worker;
  counts[of_away] += t.away;
}

std::vector<HouseholdType> household_types(const SynthesisContext& context) {
  const Chances chance = chances(context);
  const Luck luck = context.luck("population.types");
  const double p_child = context.region(margin::child), p_adult = context.region(margin::adult);
  const double p_elder = context.region(margin::elder);
  std::vector<HouseholdType> types;
  for (int size = 1; size <= largest_household; ++size)
    for (int children = 0; children < size; ++children)
      for (int elders = 0; elders + children <= size; ++elders) {
        const int adults = size - children - elders;
        const int copies = types_per_composition(size);
        const double prior = factorial(size) / (factorial(children) * factorial(adults) * factorial(elders)) *
                             power(p_child, children) * power(p_adult, adults) * power(p_elder, elders);
        for (int copy = 0; copy < copies; ++copy) {
          HouseholdType type;
          type.size = size;
          type.prior = prior / copies;
          const auto name = static_cast<std::uint64_t>(((size * 16 + children) * 16 + elders) * 1000 + copy);
          std::array<std::int64_t, person_margins> counts{};
          for (int m = 0; m < size; ++m) {
            const int age_group = m < adults ? 1 : m < adults + children ? 0 : 2;
            std::array<double, 4> u;
            for (unsigned i = 0; i < 4; ++i) u[i] = luck.uniform(name, static_cast<unsigned>(m) * 4 + i);
            type.members[static_cast<std::size_t>(m)] = draw_member(age_group, chance, u);
            count(type.members[static_cast<std::size_t>(m)], counts);
          }
          for (std::size_t i = 0; i < counts.size(); ++i) type.counts[i] = static_cast<double>(counts[i]);
          types.push_back(type);
        }
      }
  return types;
}

}  // namespace tuopin
