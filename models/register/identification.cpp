#include "models/register/identification.hpp"

#include <algorithm>
#include <bit>

#include "engine/base/numbers.hpp"
#include "engine/money/budgets.hpp"

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

/// Persons on the first register: the region's quotas, or a size that the scenario gives, as far as it is simulated.
std::int64_t persons_of(const Land& land, double size) {
  if (size >= 0) return static_cast<std::int64_t>(size * land.share() + 0.5);
  std::int64_t persons = 0;
  for (const std::int64_t quota : land.parts().front()->population->registered_quota) persons += quota;
  return persons;
}

class Identification : public Year::Barrier {
 public:
  explicit Identification(const Settings& scenario)
      : size_(scenario.has("register.persons") ? scenario.number("register.persons") : -1) {}
  bool acts(const Moment& now) const override { return now.base_year(); }
  void settle(Moment& now, const Team& team) const override {
    identify(now.worlds, persons_of(now.land(), size_), team);
  }

 private:
  double size_;  ///< persons; negative where the scenario gives none
};

/// Logs of the stored incomes, for blocks whose incomes were made before the barrier.
class RecallLogs : public Year::BlockStep {
 public:
  bool acts(const Moment& now) const override { return now.base_year(); }
  void live(Moment::Visit& visit) const override {
    Scratch& s = visit.scratch;
    const auto logs = [&](std::span<const float> income, std::vector<double>& out) {
      for (std::uint32_t i = 0; i < visit.block.size(); ++i)
        s.work_a[i] = std::max(1.0, static_cast<double>(income[visit.block.begin + i]));
      fixed_log(s.work_a.data(), out.data(), visit.block.size());
    };
    logs(visit.world().household.true_income, s.log_true);
    logs(visit.world().household.measured_income, s.log_measured);
  }
};

}  // namespace

void identify(Worlds& worlds, std::int64_t persons, const Team& team) {
  const Land& land = *worlds.land;
  const std::vector<std::int64_t>& quotas = land.parts().front()->population->registered_quota;
  const std::vector<std::int64_t> quota = apportion(persons, std::span<const std::int64_t>(quotas));
  team.for_each(land.counties(), [&](std::size_t county, std::size_t) {
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

Year::Part identification(const Settings& scenario) {
  Year::Part part({"register.identification",
                   "the first register: in each county the lowest measured incomes, up to its quota (base year)",
                   "首次识别建档:各县市按测算收入由低到高,至分配名额(基年)",
                   {"household.measured_income", "household.true_income", "household.members", "household.weight"},
                   {"household.registered", "household.ever_registered", "year.log_true", "year.log_measured"},
                   {}});
  part.add<Identification>(scenario).add<RecallLogs>();
  return part;
}

}  // namespace tuopin
