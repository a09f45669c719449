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

/// The rows of one county, and the first register among them.
class CountyRegister {
 public:
  CountyRegister(World& world, const FirstRegister& columns, std::size_t county)
      : world_(world), measured_(std::as_const(world)[columns.measured]), registered_(world[columns.registered]),
        ever_registered_(world[columns.ever_registered]), county_(county) {}

  /// Registers the lowest measured incomes, households whole, up to `left` persons: bins of income that fit whole need
  /// no order: those alone are ranked where the persons end.
  void fill(std::int64_t left) {
    if (left <= 0) return;
    std::vector<std::int64_t> bins(std::size_t{1} << (32 - bin_shift));
    for_each([&](std::uint32_t row) { bins[bin_of(row)] += world_.ground.persons[row]; });
    std::size_t last = 0;  // bins below fit whole, and leave room
    for (; last < bins.size() && bins[last] < left; ++last) left -= bins[last];
    for_each([&](std::uint32_t row) {
      if (bin_of(row) < last) enter(row);
    });
    left = fill_ranked(left, [&](std::uint32_t row) { return bin_of(row) == last; });
    if (left > 0)  // who is next in rank is too large: the next that fits
      fill_ranked(left, [&](std::uint32_t row) { return bin_of(row) > last && world_.ground.persons[row] <= left; });
  }

  /// The same by rank alone: the plain text of the rule.
  void fill_by_rank(std::int64_t left) {
    fill_ranked(left, [](std::uint32_t) { return true; });
  }

 private:
  static constexpr int bin_shift = 17;  // definition: bins of 1/64 of a power of two

  std::uint32_t bits_of(std::uint32_t row) const { return std::bit_cast<std::uint32_t>(measured_[row]); }
  std::size_t bin_of(std::uint32_t row) const { return bits_of(row) >> bin_shift; }
  void enter(std::uint32_t row) { registered_[row] = ever_registered_[row] = 1; }

  template <typename Body>
  void for_each(const Body& body) const {
    for (const Block& block : world_.ground.blocks)
      if (block.county == county_)
        for (std::uint32_t row = block.begin; row < block.end; ++row) body(row);
  }

  /// Among some rows, by rank alone. Returns the persons that are left.
  template <typename Chosen>
  std::int64_t fill_ranked(std::int64_t left, const Chosen& chosen) {
    std::vector<Candidate> list;
    for_each([&](std::uint32_t row) {
      if (chosen(row)) list.push_back({std::uint64_t{bits_of(row)} << 32 | world_.ground.people.id[row], row});
    });
    // Sort in slices from the bottom: most of a long list is never reached.
    for (std::size_t sorted = 0; sorted < list.size() && left > 0;) {
      const std::size_t slice = std::min(list.size(), sorted + 1 + list.size() / 4);
      const auto at = [&](std::size_t i) { return list.begin() + static_cast<std::ptrdiff_t>(i); };
      std::nth_element(at(sorted), at(slice - 1), list.end());
      std::sort(at(sorted), at(slice));
      for (; sorted < slice && left > 0; ++sorted) {
        const std::int64_t size = world_.ground.persons[list[sorted].row];
        if (size > left) continue;
        enter(list[sorted].row);
        left -= size;
      }
    }
    return left;
  }

  World& world_;
  const float* measured_;
  std::uint8_t *registered_, *ever_registered_;
  std::size_t county_;
};

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

namespace {

/// `fill` the register of each county, whose part of the persons is by quota.
template <typename Fill>
void for_each_county(Worlds& worlds, const FirstRegister& columns, std::int64_t persons, const Team& team,
                     const Fill& fill) {
  const Land& land = *worlds.land;
  const std::vector<std::int64_t>& quotas = land.parts().front()->population->registered_quota;
  const std::vector<std::int64_t> quota = apportion(persons, std::span<const std::int64_t>(quotas));
  team.for_each(land.counties(), [&](std::size_t county, std::size_t) {
    for (World& world : worlds.parts)  // a county stands in one part
      fill(CountyRegister(world, columns, county), quota[county]);
  });
}

}  // namespace

void identify(Worlds& worlds, const FirstRegister& columns, std::int64_t persons, const Team& team) {
  for_each_county(worlds, columns, persons, team, [](CountyRegister county, std::int64_t left) { county.fill(left); });
}

void identify_by_rank(Worlds& worlds, const FirstRegister& columns, std::int64_t persons, const Team& team) {
  for_each_county(worlds, columns, persons, team,
                  [](CountyRegister county, std::int64_t left) { county.fill_by_rank(left); });
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
