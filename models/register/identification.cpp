#include "models/register/identification.hpp"

#include <algorithm>
#include <bit>

#include "engine/money/budgets.hpp"

namespace tuopin {

void identify(World& world, std::int64_t persons) {
  const auto& people = world.ground.people;
  auto& h = world.household;
  std::vector<std::int64_t> quota = world.ground.population->registered_quota;
  quota = apportion(persons, std::span<const std::int64_t>(quota));

  // Positive floats order as their bits, so a rank is one unsigned key: income, then id.
  struct Candidate {
    std::uint64_t key;
    std::uint32_t row;
  };
  std::vector<std::vector<Candidate>> candidates(world.ground.counties);
  for (const Block& block : world.ground.blocks)
    for (std::uint32_t row = block.begin; row < block.end; ++row)
      candidates[block.county].push_back(
          {static_cast<std::uint64_t>(std::bit_cast<std::uint32_t>(h.measured_income[row])) << 32 | people.id[row],
           row});

  const auto before = [](const Candidate& a, const Candidate& b) { return a.key < b.key; };
  for (std::uint32_t county = 0; county < world.ground.counties; ++county) {
    auto& list = candidates[county];
    std::int64_t left = quota[county];
    // Sort in slices from the bottom: most of the list is never reached.
    for (std::size_t sorted = 0; sorted < list.size() && left > 0;) {
      const std::size_t slice = std::min(list.size(), sorted + 1 + list.size() / 4);
      std::nth_element(list.begin() + static_cast<std::ptrdiff_t>(sorted),
                       list.begin() + static_cast<std::ptrdiff_t>(slice - 1), list.end(), before);
      std::sort(list.begin() + static_cast<std::ptrdiff_t>(sorted), list.begin() + static_cast<std::ptrdiff_t>(slice),
                before);
      for (; sorted < slice && left > 0; ++sorted) {
        const std::uint32_t row = list[sorted].row;
        const std::int64_t size = static_cast<std::int64_t>(people.members[row]) * people.weight[row];
        if (size > left) continue;
        h.registered[row] = h.ever_registered[row] = 1;
        left -= size;
      }
    }
  }
}

}  // namespace tuopin
