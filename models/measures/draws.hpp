// Records what each parameter draw used: every parameter that has a range, the poverty lines, the population's margins.
#pragma once

#include "engine/study/study.hpp"
#include "models/scenario/draw.hpp"
#include "models/scenario/scenario.hpp"

namespace tuopin {

/// One draw: its address, and which of the region's populations it used.
struct DrawUsed {
  DrawAddress address;
  int population = 0;
  double sigma = 0, level = 0;  ///< spread and level of income in the base year, see models/run/calibration.hpp
};

/// Adds the group `draws` to a study, with the dimensions `parameter`, `line_name` and `margin`. Parameters stand in
/// the order of the files, scenarios one after the other, crops last; each is there once, under the name that its luck
/// has.
void add_draws(Study& study, const std::vector<Scenario>& scenarios, const std::vector<DrawUsed>& draws);

}  // namespace tuopin
