// Consistency of margins: shares must sum to one, counties to their region. Typed figures that do not are refused;
// drawn figures are adjusted, and the report says by how much.
#pragma once

#include "models/population/synthesis.hpp"

namespace tuopin {

/// Persons and households by county according to the totals; evenly distributed if there are none.
struct CountyWeights {
  std::vector<double> persons, households;
};
CountyWeights county_weights(const SynthesisInput& input, const Margins& margins);

/// Reports typed figures that do not add up, missing counties, and quantities that are given in two ways.
void check_sums(const SynthesisInput& input, std::vector<Problem>& problems);

/// Scales the rows of counties to the figure of their region (drawn rows, or if the region asks for it), and computes
/// the region's figure from its counties if it has none. Adjustments are noted in the report.
void bring_together(Margins& margins, const SynthesisInput& input, SynthesisReport& report);

/// Ids of the counties, in their order.
std::vector<std::string> ids_of(const std::vector<Place>& counties);

}  // namespace tuopin
