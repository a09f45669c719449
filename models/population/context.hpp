// Data shared by all steps of a synthesis: drawn margins, targets, random numbers, and the list of problems.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/base/ids.hpp"
#include "engine/base/luck.hpp"
#include "models/population/targets.hpp"

namespace tuopin {

struct SynthesisContext {
  const SynthesisInput& input;
  const Margins& margins;  ///< drawn
  const std::vector<CountyTargets>& targets;
  int index;
  SynthesisReport& report;
  std::vector<Problem>& problems;

  Luck luck(std::string_view process) const {
    return {input.seed, static_cast<std::uint64_t>(index), hash32(process), 0, Kind::population};
  }
  /// A margin of the whole region, computed from its counties if the region has none; zero if an optional margin is not
  /// given.
  double region(std::string_view name) const { return margins.optional(name, input.whole.id); }
  /// The value of a county, its own or the region's.
  double county(std::string_view name, std::size_t c) const { return margins.optional(name, input.counties[c].id); }
  /// True where every county has its own row.
  bool by_county(std::string_view name) const;
  /// A correlation; outside [-1, 1] is a problem.
  double correlation(std::string_view name) const;
  void fail(std::string_view name, std::string_view place, Message message) const;
};

/// A normal that has correlation r with `with` (both standard): r · with + √(1 − r²) · own.
double correlated(double r, double with, double own);

/// Standard normals for n entities by the rank of their random draws: Φ⁻¹((rank + ½)/n). Their distribution is as even
/// as possible for any n.
std::vector<double> even_normals(const Luck& luck, std::span<const std::uint32_t> ids, unsigned draw);

/// Ranks 0 … n−1 of values; ties go to the earlier place.
std::vector<std::uint32_t> ranks(std::span<const double> values);

}  // namespace tuopin
