// Parameter draws: each number of a scenario is drawn from its range, with a random number addressed by its name.
//
//   u = luck{seed, replicate 0}(process "parameter.NAME", year 0, kind parameter, entity = draw, index 0)
//   NAME: "growth.nominal", "funds.county.by_year" (one factor for all years), "forest_rangers.effect.post.wage",
//         "line.statistical" (of every year), "crop.plum.price"
#pragma once

#include <cstdint>

#include "engine/settings/settings.hpp"
#include "models/scenario/region.hpp"

namespace tuopin {

/// Value of a quantity at probability u by its shape, kept within the hard bounds of its field.
///   triangular: mode = value, 5% and 95% points = range · normal: mean = value, sd = (high−low)/3.29
///   lognormal: median = value, log-sd = ln(high/low)/3.29 · uniform: 5% and 95% points = range · fixed: value
double quantile(const Quantity& quantity, double u);

/// Which draw a run uses; `central` uses every value as given.
struct DrawAddress {
  std::uint64_t seed = 1;
  std::uint32_t draw = 0;
  bool central = true;
};

double drawn(const Quantity& quantity, const DrawAddress& address);
Settings drawn(const Settings& settings, const DrawAddress& address);
/// The region with drawn lines and crops. All years of a line share one u, so that the path keeps its shape. The lines
/// of the base year are not drawn, because the level of income is calibrated on them.
Region drawn(const Region& region, const DrawAddress& address);

}  // namespace tuopin
