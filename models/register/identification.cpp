#include "models/register/identification.hpp"

#include <algorithm>
#include <bit>
#include <utility>

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
void fill_county(World& world, const FirstRegister& columns, std::vector<Candidate>& list, std::int64_t left) {
  std::uint8_t *registered = world[columns.registered], *ever_registered = world[columns.ever_registered];
  // Sort in slices from the bottom: most of the list is never reached.
  for (std::size_t sorted = 0; sorted < list.size() && left > 0;) {
    const std::size_t slice = std::min(list.size(), sorted + 1 + list.size() / 4);
    std::nth_element(list.begin() + static_cast<std::ptrdiff_t>(sorted),
                     list.begin() + static_cast<std::ptrdiff_t>(slice - 1), list.end());
    std::sort(list.begin() + static_cast<std::ptrdiff_t>(sorted), list.begin() + static_cast<std::ptrdiff_t>(slice));
    for (; sorted < slice && left > 0; ++sorted) {
      const std::uint32_t row = list[sorted].row;
      const std::int64_t size = world.ground.persons[row];
      if (size > left) continue;
      registered[row] = ever_registered[row] = 1;
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
  Identification(const FirstRegister& columns, const Settings& scenario)
      : columns_(columns), size_(scenario.has("register.persons") ? scenario.number("register.persons") : -1) {}
  bool acts(const Moment& now) const override { return now.base_year(); }
  void settle(Moment& now, const Team& team) const override {
    identify(now.worlds, columns_, persons_of(now.land(), size_), team);
  }

 private:
  FirstRegister columns_;
  double size_;  ///< persons; negative where the scenario gives none
};

/// Logs of the stored incomes, for blocks whose incomes were made before the barrier.
class RecallLogs : public Year::BlockStep {
 public:
  explicit RecallLogs(Binder& b)
      : true_income_(b.reads<float>("household.true_income")), measured_(b.reads<float>("household.measured_income")),
        log_true_(b.shares<double>("year.log_true")), log_measured_(b.shares<double>("year.log_measured")),
        at_least_one_(b.mine<double>()) {}
  bool acts(const Moment& now) const override { return now.base_year(); }
  void live(Moment::Visit& visit) const override {
    const auto logs = [&](const float* income, double* out) {
      double* at_least_one = visit[at_least_one_];
      for (std::uint32_t i = 0; i < visit.rows(); ++i) at_least_one[i] = std::max(1.0, static_cast<double>(income[i]));
      fixed_log(at_least_one, out, visit.rows());
    };
    logs(visit[true_income_], visit[log_true_]);
    logs(visit[measured_], visit[log_measured_]);
  }

 private:
  Reads<float> true_income_, measured_;
  Temp<double> log_true_, log_measured_, at_least_one_;
};

}  // namespace

void identify(Worlds& worlds, const FirstRegister& columns, std::int64_t persons, const Team& team) {
  const Land& land = *worlds.land;
  const std::vector<std::int64_t>& quotas = land.parts().front()->population->registered_quota;
  const std::vector<std::int64_t> quota = apportion(persons, std::span<const std::int64_t>(quotas));
  team.for_each(land.counties(), [&](std::size_t county, std::size_t) {
    for (World& world : worlds.parts) {  // a county stands in one part
      std::vector<Candidate> candidates;
      const float* measured = std::as_const(world)[columns.measured];
      for (const Block& block : world.ground.blocks) {
        if (block.county != county) continue;
        for (std::uint32_t row = block.begin; row < block.end; ++row)
          candidates.push_back({static_cast<std::uint64_t>(std::bit_cast<std::uint32_t>(measured[row])) << 32 |
                                    world.ground.people.id[row],
                                row});
      }
      fill_county(world, columns, candidates, quota[county]);
    }
  });
}

FirstRegister::FirstRegister(Binder& b)
    : measured(b.reads<float>("household.measured_income")), registered(b.writes<std::uint8_t>("household.registered")),
      ever_registered(b.writes<std::uint8_t>("household.ever_registered")) {
  b.reads_also({"household.members", "household.weight"});
}

Year::Part identification(const StateSchema& schema, YearNeeds& needs, const Settings& scenario) {
  Binder b(schema, needs,
           {"register.identification",
            "the first register: in each county the lowest measured incomes, up to its quota (base year)",
            "首次识别建档:各县市按测算收入由低到高,至分配名额(基年)",
            {},
            {},
            {}});
  Year::Part part;
  part.add<Identification>(FirstRegister(b), scenario).add<RecallLogs>(b);
  part.said = b.end();
  return part;
}

}  // namespace tuopin
