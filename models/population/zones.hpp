// Properties of villages: remoteness, prosperity, designation as poor, hazard zone, forest zone.
#pragma once

#include "models/population/people.hpp"

namespace tuopin {

/// Decomposition of the variance of permanent income: 1 = county + village + size and labour + the household's own.
struct ScoreParts {
  std::vector<double> county;     ///< effect by county, standard deviations
  double village_sd = 0;          ///< of villages within counties
  double village_remoteness = 0;  ///< correlation of the village's part with remoteness
};

ScoreParts score_parts(const SynthesisContext& context);

/// Fills remoteness, prosperity, poor_village, hazard_zone and forest_zone.
void zone_villages(Population& population, const SynthesisContext& context, const ScoreParts& parts);

}  // namespace tuopin
