// Parameter draws: each number of a scenario is drawn from its range, with a random number addressed by its name.
//
//   u = luck{seed, replicate 0}(process "parameter.NAME", year 0, kind parameter, entity = draw, index = attempt)
//   NAME: "growth.nominal", "funds.county.by_year" (one factor for all years), "forest_rangers.effect.post.wage",
//         "line.statistical" (of every year), "crop.plum.price"
//
// The attempt is 0. Where the permanent and the persistent share of the variance of income are more than one together,
// both are drawn again, at attempts 1, 2, … until they are not: the white part is never negative, and nothing is
// clamped.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "engine/settings/settings.hpp"
#include "models/scenario/region.hpp"

namespace tuopin {

/// Value of a quantity at probability u by its shape, kept within the hard bounds of its field.
///   triangular: mode = value, 5% and 95% points = range · normal: mean = value, sd = (high−low)/3.29
///   lognormal: median = value, log-sd = ln(high/low)/3.29 · uniform: 5% and 95% points = range · fixed: value
double quantile(const Quantity& quantity, double u);

/// The same; at 0.05 and 0.95 the ends of the range, to the bit.
double value_at(const Quantity& quantity, double position);

/// Where numbers stand in their ranges, by name: a probability. 0.05 and 0.95 are the ends of a range, to the bit.
using Positions = std::map<std::string, double, std::less<>>;

/// Which draw a run uses; `central` uses every value as given.
struct DrawAddress {
  std::uint64_t seed = 1;
  std::uint32_t draw = 0;
  bool central = true;
  std::uint32_t attempt_of_shares = 0;  ///< of the two shares of the variance; see with_possible_shares
  /// A design in place of a draw: these numbers stand where it says, all others at their values. `draw` is then of the
  /// luck alone.
  std::shared_ptr<const Positions> positions = nullptr;
};

/// The address with the first attempt at which the shares of the variance of a scenario are at most one together.
DrawAddress with_possible_shares(const Settings& scenario, DrawAddress address);

/// The address of a scenario's numbers comes from with_possible_shares; that of other files needs no attempt.
double drawn(const Quantity& quantity, const DrawAddress& address);
/// Where the draw puts the number of this name in its range.
double position_of(std::string_view name, const DrawAddress& address);
/// For a scenario, the attempt is found here.
Settings drawn(const Settings& settings, const DrawAddress& address);
/// The region with drawn lines and crops. All years of a line share one u, so that the path keeps its shape. The lines
/// of the base year are not drawn, because the level of income is calibrated on them.
Region drawn(const Region& region, const DrawAddress& address);

}  // namespace tuopin
