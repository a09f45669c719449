#include "models/programme/desk.hpp"

#include <algorithm>

namespace tuopin {

void Desk::open(const ShardedPopulation& sharded, std::size_t programmes, std::size_t members) {
  held.resize(sharded.cells().size());
  spent.assign(sharded.cells().size(), {});
  tallies.assign(sharded.cells().size(), {});
  enrolled.assign(sharded.cells().size() * programmes, {});
  lists.resize(members);
}

void OfProgramme::book(Moment& now) const {
  const ShardedPopulation& sharded = now.sharded();
  const std::vector<Spent>& by_cell = of(now).spent;
  std::vector<Spent> sums(sharded.counties());
  for (std::size_t i = 0; i < by_cell.size(); ++i) {
    Spent& sum = sums[sharded.block(sharded.cells()[i]).county];
    sum.household += by_cell[i].household;
    sum.supplier += by_cell[i].supplier;
  }
  tuopin::book(sums, number, programme, now.treasury, now.tallies[number]);
}

}  // namespace tuopin
