// The first register: the fast and the simple version choose the same households, and none is chosen before a poorer
// one that fits.
#include "models/register/identification.hpp"

#include <rapidcheck.h>

#include "tests/models/worlds.hpp"

namespace tuopin::testing {
namespace {

struct County {
  Population people = empty_population(0, 1, 1);
  std::vector<float> measured;
  std::int64_t persons = 0;
};

/// Two counties with crowded or spread incomes, households of 1 to 60 persons, and a register of any size.
County any_county() {
  const auto seed = *rc::gen::arbitrary<std::uint64_t>();
  const auto households = *rc::gen::element<std::uint32_t>(2, 9, 300, 5000);
  const auto spread = *rc::gen::element(0.0, 0.001, 0.5, 20.0);
  const auto largest = *rc::gen::element<std::uint64_t>(1, 3, 10);
  County c;
  c.people = empty_population(households, 2, 2);
  c.people.persons = Table("persons", 0, codebook::persons());
  std::int64_t all = 0;
  for (std::uint32_t row = 0; row < households; ++row) {
    const auto w = philox4x64({1, row, 0, 0}, seed, 0);
    c.measured.push_back(
        static_cast<float>(2000 * fixed_exp(spread * (static_cast<double>(w[0] >> 40) * 0x1p-24 - 0.5))));
    const auto members = c.people.households.column<std::uint8_t>("members")[row] =
        static_cast<std::uint8_t>(1 + w[1] % largest);
    const auto weight = c.people.households.column<std::uint16_t>("weight")[row] =
        static_cast<std::uint16_t>(1 + w[2] % (largest == 3 ? 6 : 1));
    all += members * weight;
  }
  const auto share = *rc::gen::element(0.0, 0.001, 0.1, 0.6, 1.0, 1.5);
  c.persons = static_cast<std::int64_t>(share * static_cast<double>(all) + 0.5);
  c.people.registered_quota = {1 + static_cast<std::int64_t>(seed % 3), 1};
  return c;
}

using Way = void (*)(Worlds&, const FirstRegister&, std::int64_t, const Team&);

/// Flags by household row.
std::vector<std::uint8_t> registered_by(Way way, const County& c, const ShardedPopulation& sharded,
                                        const Region& region) {
  const auto schema = std::make_shared<const StateSchema>(base_schema());
  YearNeeds needs;
  Binder binder(*schema, needs, {});
  const FirstRegister columns(binder);
  Worlds worlds(sharded, region, schema, 1, 0);
  std::ranges::copy(c.measured,
                    worlds.by_shard.front().state.table(household_level).column<float>("measured_income").begin());
  way(worlds, columns, c.persons, Threads(2));
  const auto registered = worlds.by_shard.front().household<std::uint8_t>("registered");
  EXPECT_TRUE(std::ranges::equal(registered, worlds.by_shard.front().household<std::uint8_t>("ever_registered")));
  return {registered.begin(), registered.end()};
}

TEST(Identification, BinsAndRanksChooseTheSame) {
  const Region region = region_of(2, 2855, 2800, 2016);
  EXPECT_TRUE(rc::check([&] {
    const County c = any_county();
    const ShardedPopulation sharded(c.people, 1, 1);
    const auto by_bins = registered_by(identify, c, sharded, region);
    RC_ASSERT(by_bins == registered_by(identify_by_rank, c, sharded, region));
    std::int64_t persons = 0;
    for (std::size_t row = 0; row < by_bins.size(); ++row)
      persons += by_bins[row] ? sharded.shards().front()->persons[row] : 0;
    RC_ASSERT(persons <= c.persons);
  }));
}

}  // namespace
}  // namespace tuopin::testing
