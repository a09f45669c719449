#include "models/population/selection.hpp"

#include <algorithm>
#include <cstdlib>

#include <fmt/core.h>

namespace tuopin {

std::vector<std::uint16_t> select_households(const std::vector<HouseholdType>& types, std::span<const double> weights,
                                             const CountyTargets& county, const Luck& luck, std::uint32_t county_id) {
  std::vector<std::uint16_t> selected;
  selected.reserve(static_cast<std::size_t>(county.households));
  std::size_t j = 0;
  for (int size = 1; size <= largest_household; ++size) {
    const std::size_t first = j;
    double total = 0;
    for (; j < types.size() && types[j].size == size; ++j) total += weights[j];
    const auto households = county.by_size[static_cast<std::size_t>(size - 1)];
    const double u = luck.uniform(county_id, static_cast<unsigned>(size));
    std::size_t type = first;
    double upto = weights[first];
    for (std::int64_t i = 0; i < households; ++i) {
      const double point = (static_cast<double>(i) + u) / static_cast<double>(households) * total;
      while (upto < point && type + 1 < j) upto += weights[++type];
      selected.push_back(static_cast<std::uint16_t>(type));
    }
  }
  return selected;
}

namespace {

using enum MemberKind;

/// A swap of member kinds that adds one to a margin; in reverse it subtracts one. A second pair of kinds compensates
/// changes of margins repaired before.
struct Swap {
  PersonMargin margin;
  MemberKind from, to;
  bool paired = false;
  MemberKind second_from = aged, second_to = aged;
};

constexpr Swap swaps[] = {
    {of_child, student, pupil},
    {of_child, worker, pupil},
    {of_child, unable_adult, preschool},
    {of_child, worker, preschool},
    {of_elder, worker, elder_worker},
    {of_elder, partial_worker, elder_partial_worker},
    {of_elder, unable_adult, unable_elder},
    {of_elder, worker, aged},
    {of_school, preschool, pupil},
    {of_school, worker, student},
    {of_none, worker, unable_adult},
    {of_none, elder_worker, unable_elder},
    {of_none, aged, unable_elder},
    {of_partial, aged, aged_partial},
    {of_partial, worker, partial_worker},
    {of_partial, elder_worker, elder_partial_worker},
    {of_able, aged, elder_worker},
    {of_able, aged_partial, elder_partial_worker},
    {of_able, unable_adult, worker, true, aged, unable_elder},
    {of_able, aged_partial, aged, true, worker, partial_worker},
    {of_able, student, worker, true, preschool, pupil},
    {of_away, worker, away_worker},
    {of_away, partial_worker, away_worker, true, aged, aged_partial},
    {of_away, elder_worker, aged, true, worker, away_worker},
};

/// The members of one county while they are repaired.
class Repair {
 public:
  Repair(std::span<Member> members, std::span<const std::uint32_t> begin)
      : members_(members), household_(members.size()) {
    grown_.resize(begin.size() - 1);
    for (std::uint32_t h = 0; h + 1 < begin.size(); ++h)
      for (std::uint32_t p = begin[h]; p < begin[h + 1]; ++p) {
        household_[p - begin[0]] = h;
        grown_[h] += !traits(members_[p - begin[0]].kind()).child;
      }
  }

  /// Members of a kind that can become the other: the last one of 16 and over stays.
  std::int64_t candidates(MemberKind from, MemberKind to) const {
    std::int64_t n = 0;
    for (std::size_t p = 0; p < members_.size(); ++p) n += may(p, from, to);
    return n;
  }

  /// Turns up to n of them, spread evenly over the rows; returns how many.
  std::int64_t turn(MemberKind from, MemberKind to, std::int64_t n) {
    const std::int64_t all = candidates(from, to);
    std::int64_t seen = 0, turned = 0;
    for (std::size_t p = 0; p < members_.size() && turned < n; ++p) {
      if (!may(p, from, to)) continue;
      ++seen;
      if (seen * n / all <= (seen - 1) * n / all) continue;
      grown_[household_[p]] += static_cast<int>(traits(from).child) - static_cast<int>(traits(to).child);
      members_[p] = Member(to, members_[p].female());
      ++turned;
    }
    return turned;
  }

  std::int64_t turn_sex(bool to_female, std::int64_t n) {
    std::int64_t all = 0, seen = 0, turned = 0;
    for (const Member member : members_) all += member.female() != to_female;
    n = std::min(n, all);
    for (Member& member : members_) {
      if (member.female() == to_female) continue;
      ++seen;
      if (seen * n / all <= (seen - 1) * n / all) continue;
      member = Member(member.kind(), to_female);
      ++turned;
    }
    return turned;
  }

  std::int64_t counted(PersonMargin margin) const {
    std::array<std::int64_t, person_margins> counts{};
    for (const Member member : members_) count(member, counts);
    return counts[margin];
  }

 private:
  bool may(std::size_t p, MemberKind from, MemberKind to) const {
    return members_[p].kind() == from && (!traits(to).child || traits(from).child || grown_[household_[p]] > 1);
  }

  std::span<Member> members_;
  std::vector<std::uint32_t> household_;
  std::vector<int> grown_;  ///< members of 16 and over, by household
};

/// Closes one gap by one kind of swap as far as it goes; returns what was closed.
std::int64_t close(Repair& repair, const Swap& swap, std::int64_t gap) {
  const bool add = gap > 0;
  const MemberKind from = add ? swap.from : swap.to, to = add ? swap.to : swap.from;
  std::int64_t n = std::min(std::abs(gap), repair.candidates(from, to));
  if (!swap.paired) return n > 0 ? repair.turn(from, to, n) : 0;
  const MemberKind from2 = add ? swap.second_from : swap.second_to, to2 = add ? swap.second_to : swap.second_from;
  std::int64_t done = 0;
  if (from2 == from) n /= 2;
  n = std::min(n, repair.candidates(from2, to2));
  if (n > 0 && (done = repair.turn(from, to, n)) > 0) repair.turn(from2, to2, done);
  return done;
}

}  // namespace

std::int64_t repair(std::span<Member> members, std::span<const std::uint32_t> begin, const CountyTargets& county,
                    const Place& place, const SynthesisContext& context) {
  Repair work(members, begin);
  std::int64_t swapped = 0;
  for (std::size_t m = 0; m < person_margins; ++m) {
    const auto margin = static_cast<PersonMargin>(m);
    const std::int64_t target = county.person_counts[m];
    std::int64_t gap = target - work.counted(margin);
    if (margin == of_male && gap != 0) {
      const std::int64_t turned = work.turn_sex(gap < 0, std::abs(gap));
      swapped += turned;
      gap -= gap > 0 ? turned : -turned;
    }
    for (bool progress = true; gap != 0 && progress;) {
      progress = false;
      for (const Swap& swap : swaps) {
        if (swap.margin != margin || gap == 0) continue;
        const std::int64_t closed = close(work, swap, gap);
        swapped += closed;
        gap -= gap > 0 ? closed : -closed;
        progress = progress || closed > 0;
      }
    }
    if (gap != 0)
      context.fail(to_text(margin), place.id,
                   message("{} persons cannot be met together with the other margins: {} are missing", target,
                           fmt::format("{:+}", gap)));
  }
  return swapped;
}

}  // namespace tuopin
