#include "models/state/moment.hpp"

namespace tuopin {

Workspace::Workspace(const ShardedPopulation& sharded, std::size_t members, const YearNeeds& needs)
    : watches(members, nullptr), kept(needs.kept) {
  sums.begin(members, sharded.counties(), needs.sums.rows().size());
  for (std::size_t member = 0; member < members; ++member) scratch.emplace_back(needs.scratch, sharded.largest_block());
}

}  // namespace tuopin
