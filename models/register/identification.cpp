#include "models/register/identification.hpp"

#include <algorithm>
#include <bit>

#include "engine/money/budgets.hpp"
#include "engine/run/parallel.hpp"

namespace tuopin {

namespace {

// Positive floats order as their bits, so a rank is one unsigned key: income, then id.
struct Candidate {
  std::uint64_t key;
  std::uint32_t row;
  bool operator<(const Candidate& other) const { return key < other.key; }
};

/// Registers the lowest measured incomes of one county, households whole, up to `left` persons.
void fill_county(World& world, std::vector<Candidate>& list, std::int64_t left) {
  const auto& people = world.ground.people;
  auto& h = world.household;
  // Sort in slices from the bottom: most of the list is never reached.
  for (std::size_t sorted = 0; sorted < list.size() && left > 0;) {
    const std::size_t slice = std::min(list.size(), sorted + 1 + list.size() / 4);
    std::nth_element(list.begin() + static_cast<std::ptrdiff_t>(sorted),
                     list.begin() + static_cast<std::ptrdiff_t>(slice - 1), list.end());
    std::sort(list.begin() + static_cast<std::ptrdiff_t>(sorted), list.begin() + static_cast<std::ptrdiff_t>(slice));
    for (; sorted < slice && left > 0; ++sorted) {
      const std::uint32_t row = list[sorted].row;
      const std::int64_t size = static_cast<std::int64_t>(people.members[row]) * people.weight[row];
      if (size > left) continue;
      h.registered[row] = h.ever_registered[row] = 1;
      left -= size;
    }
  }
}

}  // namespace

void identify(Worlds& worlds, std::int64_t persons, int threads) {
  const Land& land = *worlds.land;
  const std::vector<std::int64_t>& quotas = land.parts().front()->population->registered_quota;
  const std::vector<std::int64_t> quota = apportion(persons, std::span<const std::int64_t>(quotas));
  parallel_for(land.counties(), threads, nullptr, [&](std::size_t county, int) {
    for (World& world : worlds.parts) {  // a county stands in one part
      std::vector<Candidate> candidates;
      for (const Block& block : world.ground.blocks) {
        if (block.county != county) continue;
        for (std::uint32_t row = block.begin; row < block.end; ++row)
          candidates.push_back(
              {static_cast<std::uint64_t>(std::bit_cast<std::uint32_t>(world.household.measured_income[row])) << 32 |
                   world.ground.people.id[row],
               row});
      }
      fill_county(world, candidates, quota[county]);
    }
  });
}

}  // namespace tuopin
