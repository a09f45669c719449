#include "models/register/identification.hpp"

#include <algorithm>
#include <bit>
#include <utility>

#include "engine/base/numbers.hpp"
#include "engine/money/budgets.hpp"

namespace tuopin {

namespace {

// The bits of positive floats have the order of their values, so a rank is one unsigned key: income bits, then id.
struct Candidate {
  std::uint64_t key;
  std::uint32_t row;
  bool operator<(const Candidate& other) const { return key < other.key; }
};

/// Makes the first register of one county.
class CountyRegister {
 public:
  CountyRegister(World& world, const FirstRegister& columns, std::size_t county)
      : world_(world), measured_(std::as_const(world)[columns.measured]), registered_(world[columns.registered]),
        ever_registered_(world[columns.ever_registered]), county_(county) {}

  /// Registers the households with the lowest measured incomes, whole, up to `left` persons. Income bins that fit as a
  /// whole need no sorting; only the bin in which the quota ends is ranked.
  void fill(std::int64_t left) {
    if (left <= 0) return;
    std::vector<std::int64_t> bins(std::size_t{1} << (32 - bin_shift));
    for_each([&](std::uint32_t row) { bins[bin_of(row)] += world_.shard.persons[row]; });
    std::size_t last = 0;  // all bins below `last` fit
    for (; last < bins.size() && bins[last] < left; ++last) left -= bins[last];
    for_each([&](std::uint32_t row) {
      if (bin_of(row) < last) enter(row);
    });
    left = fill_ranked(left, [&](std::uint32_t row) { return bin_of(row) == last; });
    if (left > 0)  // the next households in rank are too large: take later ones that fit
      fill_ranked(left, [&](std::uint32_t row) { return bin_of(row) > last && world_.shard.persons[row] <= left; });
  }

  /// The same by sorting everybody: a simple version for tests.
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
    for (const Block& block : world_.shard.blocks)
      if (block.county == county_)
        for (std::uint32_t row = block.begin; row < block.end; ++row) body(row);
  }

  /// Registers by rank among the chosen rows. Returns the persons still left.
  template <typename Chosen>
  std::int64_t fill_ranked(std::int64_t left, const Chosen& chosen) {
    std::vector<Candidate> list;
    for_each([&](std::uint32_t row) {
      if (chosen(row)) list.push_back({std::uint64_t{bits_of(row)} << 32 | world_.shard.people.id[row], row});
    });
    // Sort in slices from the lowest incomes up, because most of a long list is never needed.
    for (std::size_t sorted = 0; sorted < list.size() && left > 0;) {
      const std::size_t slice = std::min(list.size(), sorted + 1 + list.size() / 4);
      const auto at = [&](std::size_t i) { return list.begin() + static_cast<std::ptrdiff_t>(i); };
      std::nth_element(at(sorted), at(slice - 1), list.end());
      std::sort(at(sorted), at(slice));
      for (; sorted < slice && left > 0; ++sorted) {
        const std::int64_t size = world_.shard.persons[list[sorted].row];
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

/// Persons on the first register: the sum of the quotas, or the scenario's own size, scaled to the simulated share.
std::int64_t persons_of(const ShardedPopulation& sharded, double size) {
  if (size >= 0) return static_cast<std::int64_t>(size * sharded.share() + 0.5);
  std::int64_t persons = 0;
  for (const std::int64_t quota : sharded.shards().front()->population->registered_quota) persons += quota;
  return persons;
}

class Identification : public Year::Barrier {
 public:
  Identification(const FirstRegister& columns, const Settings& scenario)
      : columns_(columns), size_(scenario.has("register.persons") ? scenario.number("register.persons") : -1) {}
  bool acts(const Moment& now) const override { return now.base_year(); }
  void apply(Moment& now, const Team& team) const override {
    identify(now.worlds, columns_, persons_of(now.sharded(), size_), team);
  }

 private:
  FirstRegister columns_;
  double size_;  ///< persons; negative where the scenario gives none
};

/// Recomputes the logs of incomes after the barrier: scratch values of steps before it are no longer valid.
class RecallLogs : public Year::BlockStep {
 public:
  explicit RecallLogs(Binder& b)
      : true_income_(b.reads<float>("household.true_income")), measured_(b.reads<float>("household.measured_income")),
        log_true_(b.shares<double>("year.log_true")), log_measured_(b.shares<double>("year.log_measured")),
        at_least_one_(b.mine<double>()) {}
  bool acts(const Moment& now) const override { return now.base_year(); }
  void run(Moment::Visit& visit) const override {
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

/// Calls `fill` for each county with its number of persons, distributed by quota.
template <typename Fill>
void for_each_county(Worlds& worlds, const FirstRegister& columns, std::int64_t persons, const Team& team,
                     const Fill& fill) {
  const ShardedPopulation& sharded = *worlds.sharded;
  const std::vector<std::int64_t>& quotas = sharded.shards().front()->population->registered_quota;
  const std::vector<std::int64_t> quota = apportion(persons, std::span<const std::int64_t>(quotas));
  team.for_each(sharded.counties(), [&](std::size_t county, std::size_t) {
    for (World& world : worlds.by_shard)  // each county is in one shard
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
            msgid("the first register: in each county the lowest measured incomes, up to its quota (base year)")});
  Year::Part part;
  part.add<Identification>(FirstRegister(b), scenario).add<RecallLogs>(b);
  part.said = b.end();
  return part;
}

}  // namespace tuopin
