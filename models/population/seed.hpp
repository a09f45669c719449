// The parametric seed: household types, used instead of a survey sample. A type is a combination of members.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "models/population/context.hpp"

namespace tuopin {

/// Kind of a person as the margins distinguish them. Ages are drawn within the kind.
enum class MemberKind : std::uint8_t {
  preschool,
  pupil,  // under 16
  student,
  worker,
  away_worker,
  partial_worker,
  unable_adult,  // 16 to 59
  elder_worker,
  elder_partial_worker,
  unable_elder,  // 60 to 65
  aged_partial,
  aged,  // 66 and over
};
constexpr int member_kinds = 12;

struct KindTraits {
  std::uint8_t youngest, oldest;
  bool child, elder, in_school, able_worker, away, unable;  ///< unable: of labour age, not able to work
  std::uint8_t work_ability;                                ///< code of the column: none, partial, full
};
const KindTraits& traits(MemberKind kind);

/// A member: kind and sex in one byte.
struct Member {
  std::uint8_t code = 0;
  Member() = default;
  Member(MemberKind kind, bool female)
      : code(static_cast<std::uint8_t>(static_cast<unsigned>(kind) << 1 | (female ? 1u : 0u))) {}
  MemberKind kind() const { return static_cast<MemberKind>(code >> 1); }
  bool female() const { return (code & 1) != 0; }
};

/// Adds a member to counts by margin.
void count(Member member, std::array<std::int64_t, person_margins>& counts);

struct HouseholdType {
  int size = 0;
  std::array<Member, largest_household> members{};
  std::array<double, person_margins> counts{};
  double prior = 0;  ///< relative weight before raking, within its size
};

/// All types, by size, then composition. Ages of the members are admissible when somebody is 16 or over. Weight of a
/// composition of c children, a adults, e elders: s!/(c! a! e!) · p_child^c · p_adult^a · p_elder^e; shared evenly by
/// types whose members' sex, school, ability and place are drawn from the region's margins.
std::vector<HouseholdType> household_types(const SynthesisContext& context);

}  // namespace tuopin
