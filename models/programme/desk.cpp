#include "models/programme/desk.hpp"

#include <algorithm>

namespace tuopin {

void Desk::open(const Land& land, std::size_t programmes, std::size_t members) {
  held.resize(land.cells().size());
  spent.assign(land.cells().size(), {});
  tallies.assign(land.cells().size(), {});
  enrolled.assign(land.cells().size() * programmes, {});
  lists.resize(members);
}

void OfProgramme::book(Moment& now) const {
  const Land& land = now.land();
  const std::vector<Spent>& by_cell = of(now).spent;
  std::vector<Spent> sums(land.counties());
  for (std::size_t i = 0; i < by_cell.size(); ++i) {
    Spent& sum = sums[land.block(land.cells()[i]).county];
    sum.household += by_cell[i].household;
    sum.supplier += by_cell[i].supplier;
  }
  tuopin::book(sums, number, programme, now.treasury, now.tallies[number]);
}

}  // namespace tuopin
