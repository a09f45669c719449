// What margins must add up to: shares to one, counties to their region. Typed figures do, or are refused; drawn ones
// are brought to it, and the report says by how much.
#pragma once

#include "models/population/synthesis.hpp"

namespace tuopin {

/// Persons and households by county, as the totals say; even where nothing says.
struct CountyWeights {
  std::vector<double> persons, households;
};
CountyWeights county_weights(const SynthesisInput& input, const Margins& margins);

/// Typed figures that do not add up, counties that are not all there, and two ways of saying one thing.
void check_sums(const SynthesisInput& input, std::vector<Problem>& problems);

/// Brings the rows of counties to their region's figure (drawn ones, and where the region says so), and makes the
/// region's figure of the counties' where it has none. Notes say what was moved.
void bring_together(Margins& margins, const SynthesisInput& input, SynthesisReport& report);

/// Ids of the counties, in their order.
std::vector<std::string> ids_of(const std::vector<Place>& counties);

}  // namespace tuopin
