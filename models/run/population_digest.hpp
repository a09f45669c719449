// A digest of a population as it is simulated: all entities with their values and links. A saved trajectory carries it,
// so that it is loaded only on the same population. Rows are identified by id, so the digest does not depend on the
// order of rows or on shards.
#pragma once

#include "models/state/sharded_population.hpp"

namespace tuopin {

std::uint64_t digest_of(const ShardedPopulation& sharded);

}  // namespace tuopin
