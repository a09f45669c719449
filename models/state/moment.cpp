#include "models/state/moment.hpp"

namespace tuopin {

Workspace::Workspace(const Land& land, std::size_t members, const YearNeeds& needs)
    : watches(members, nullptr), kept(needs.kept) {
  sums.begin(members, land.counties(), needs.sums.rows().size());
  for (std::size_t member = 0; member < members; ++member) scratch.emplace_back(needs.scratch, land.largest_block());
}

}  // namespace tuopin
