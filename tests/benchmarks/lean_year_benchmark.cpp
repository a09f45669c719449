// The lean year: person-years a second and core, cost against population, nanoseconds by part, and a floor beneath it.
#include "engine/base/normals.hpp"
#include "tests/benchmarks/xiangxi_year.hpp"

namespace tuopin::benchmarks {
namespace {

const Calibration& calibration() {
  static const Calibration found = calibration_of("baseline");
  return found;
}

void count(benchmark::State& state, const Xiangxi& x) {
  const double years = static_cast<double>(state.iterations()) * x.years();
  using benchmark::Counter;
  state.counters["person_years_per_second"] = Counter(years * x.persons(), Counter::kIsRate);
  state.counters["seconds_per_household_year"] =
      Counter(years * static_cast<double>(x.shard().rows), Counter::kIsRate | Counter::kInvert);
}

/// All years of one replicate on one thread, whole population; then nanoseconds a household-year by part.
void lean_years(benchmark::State& state, const char* name) {
  Xiangxi x(name, whole_population(), calibration());
  Stopwatch watch;
  x.simulate_year();
  for (auto _ : state) x.simulate_year();
  count(state, x);
  state.counters["bytes_per_person"] = static_cast<double>(x.population.persons.bytes()) / x.persons();
  state.counters["bytes_per_household"] =
      static_cast<double>(x.population.households.bytes()) / static_cast<double>(x.shard().rows) +
      static_cast<double>(Table("", 1, codebook::household_state()).bytes());
  x.work.watches[0] = &watch;
  constexpr int times = 5;
  for (int i = 0; i < times; ++i) x.simulate_year();
  for (const auto& [part, seconds] : watch.seconds())
    state.counters["ns: " + part] = seconds * 1e9 / (times * x.years() * static_cast<double>(x.shard().rows));
}

/// The plan over more and more people: the cost of a person-year must not grow.
void population_sizes(benchmark::State& state) {
  Xiangxi x("plan-2016", population_of(static_cast<double>(state.range(0))), calibration());
  x.simulate_year();
  for (auto _ : state) x.simulate_year();
  count(state, x);
  state.counters["persons"] = x.persons();
}

/// Room for the luck of a block.
struct Normals {
  explicit Normals(std::size_t n) : rows(n), draws(8 * n) {
    for (auto& column : normal) column.resize(n);
  }
  std::size_t rows;
  std::vector<std::uint32_t> draws;
  std::vector<double> normal[6];
};

/// The luck of a year's incomes alone: one block and six normals a household. That of the safety net, of repairs and of
/// the review is not in it: only some households draw it.
void luck_of_incomes(benchmark::State& state) {
  const Xiangxi x("baseline", whole_population(), calibration());
  Normals s(x.sharded.largest_block());
  int year = 2016;
  for (auto _ : state) {
    const Luck luck(1, 0, hash32("household.income"), year++, Kind::household);
    for (const Block& block : x.shard().blocks) {
      luck.fill(x.shard().people.id.subspan(block.begin, block.size()), s.draws.data(), s.rows);
      for (unsigned k = 0; k < 6; ++k) normals_from(s.draws.data() + k * s.rows, s.normal[k].data(), block.size());
      benchmark::DoNotOptimize(s.normal[0].data());
    }
  }
  state.counters["seconds_per_household_year"] =
      benchmark::Counter(static_cast<double>(state.iterations()) * static_cast<double>(x.shard().rows),
                         benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

/// Reads every byte of a table's block; what is written is one more than what was there.
template <typename Touch>
void touch(const Table& table, const Block& block, const Touch& values_of_block) {
  for (const ColumnSpec& spec : table.specs())
    std::visit([&](const auto& values) { values_of_block(values.data() + block.begin, block.size()); },
               table.data(spec.name));
}

/// A floor of a year without programmes: the luck of its incomes, every byte of a household read once and every byte of
/// its state written once, in a bare loop over the same blocks. The luck that only some households draw (safety net,
/// repairs, review) is left out, so the true floor lies a little higher.
void floor_of_a_year(benchmark::State& state) {
  Xiangxi x("baseline", whole_population(), calibration());
  Worlds worlds(x.sharded, x.region, x.model.schema(), 1, 0);
  World& world = worlds.by_shard.front();
  Normals s(x.sharded.largest_block());
  std::uint64_t sum = 0;
  int year = 2016;
  for (auto _ : state) {
    const Luck luck(1, 0, hash32("household.income"), year++, Kind::household);
    for (const Block& block : x.shard().blocks) {
      luck.fill(x.shard().people.id.subspan(block.begin, block.size()), s.draws.data(), s.rows);
      for (unsigned k = 0; k < 6; ++k) normals_from(s.draws.data() + k * s.rows, s.normal[k].data(), block.size());
      benchmark::DoNotOptimize(s.normal[0].data());
      touch(x.population.households, block, [&](const auto* values, std::uint32_t n) {
        for (std::uint32_t i = 0; i < n; ++i) sum += static_cast<std::uint64_t>(values[i]);
      });
      touch(world.state.table(household_level), block, [&](const auto* values, std::uint32_t n) {
        auto* out = const_cast<std::remove_const_t<std::remove_pointer_t<decltype(values)>>*>(values);
        for (std::uint32_t i = 0; i < n; ++i) out[i] = static_cast<std::remove_reference_t<decltype(*out)>>(out[i] + 1);
      });
    }
    benchmark::DoNotOptimize(sum);
    benchmark::ClobberMemory();
  }
  state.counters["seconds_per_household_year"] =
      benchmark::Counter(static_cast<double>(state.iterations()) * static_cast<double>(x.shard().rows),
                         benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

BENCHMARK_CAPTURE(lean_years, baseline, "baseline")->Unit(benchmark::kMillisecond)->MinTime(2);
BENCHMARK_CAPTURE(lean_years, plan_2016, "plan-2016")->Unit(benchmark::kMillisecond)->MinTime(2);
BENCHMARK(population_sizes)
    ->Arg(10'000)
    ->Arg(30'000)
    ->Arg(100'000)
    ->Arg(300'000)
    ->Arg(1'000'000)
    ->Arg(2'400'000)
    ->Arg(10'000'000)
    ->Unit(benchmark::kMillisecond)
    ->MinTime(1);
BENCHMARK(luck_of_incomes)->Unit(benchmark::kMillisecond)->MinTime(1);
BENCHMARK(floor_of_a_year)->Unit(benchmark::kMillisecond)->MinTime(1);

}  // namespace
}  // namespace tuopin::benchmarks
