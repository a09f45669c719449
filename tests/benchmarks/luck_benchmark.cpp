// Nanoseconds of luck and of the fixed functions, per element, over a block that stays in the nearest cache.
#include <benchmark/benchmark.h>

#include <vector>

#include "engine/base/luck.hpp"
#include "engine/money/allocation.hpp"

namespace {

using namespace tuopin;

constexpr std::size_t rows = 2048;

struct Block {
  std::vector<std::uint32_t> ids = std::vector<std::uint32_t>(rows), draws = std::vector<std::uint32_t>(8 * rows);
  std::vector<double> normals = std::vector<double>(rows), out = std::vector<double>(rows);
  Luck luck{42, 7, hash32("household.income"), 2016, Kind::household};
  Block() {
    for (std::uint32_t i = 0; i < rows; ++i) ids[i] = 7919 * i + 3;
    luck.fill(ids, draws.data(), rows);
    normals_from(draws.data(), normals.data(), rows);
  }
};

/// Reports CPU seconds per element.
void count(benchmark::State& state, std::size_t per_pass) {
  state.SetItemsProcessed(static_cast<std::int64_t>(per_pass) * state.iterations());
  state.counters["each"] = benchmark::Counter(static_cast<double>(per_pass) * static_cast<double>(state.iterations()),
                                              benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

void luck_block(benchmark::State& state) {
  Block b;
  for (auto _ : state) {
    b.luck.fill(b.ids, b.draws.data(), rows);
    benchmark::ClobberMemory();
  }
  count(state, rows);
}

void normal(benchmark::State& state) {
  Block b;
  for (auto _ : state) {
    if (state.range(0))
      normals_from(b.draws.data(), b.out.data(), rows);
    else
      normals_one_by_one(b.draws.data(), b.out.data(), rows);
    benchmark::ClobberMemory();
  }
  count(state, rows);
}

void exponential(benchmark::State& state) {
  Block b;
  for (auto _ : state) {
    fixed_exp(b.normals.data(), b.out.data(), rows);
    benchmark::ClobberMemory();
  }
  count(state, rows);
}

void logarithm(benchmark::State& state) {
  Block b;
  fixed_exp(b.normals.data(), b.normals.data(), rows);
  for (auto _ : state) {
    fixed_log(b.normals.data(), b.out.data(), rows);
    benchmark::ClobberMemory();
  }
  count(state, rows);
}

/// Thirty per cent of the claims of a region's households are granted, in eight pools.
void allocation(benchmark::State& state) {
  constexpr std::uint32_t households = 594'000;
  const Block b;
  std::vector<Claim> claims;
  for (std::uint32_t i = 0; i < households; ++i)
    claims.push_back({ranking_key(8 + b.luck.normal(i, 0), b.luck.draw(i, 1)), i, i, i * 8 / households, 1, 1000});
  const std::vector<Pool> pools(8, {households * 3 / 80, std::int64_t{1} << 60});
  for (auto _ : state) {
    std::vector<Pool> left = pools;
    benchmark::DoNotOptimize(state.range(0) ? allocate(claims, left) : allocate_by_sorting(claims, left));
  }
  count(state, households);
}

BENCHMARK(luck_block);
BENCHMARK(normal)->ArgName("fast")->Arg(1)->Arg(0);
BENCHMARK(exponential);
BENCHMARK(logarithm);
BENCHMARK(allocation)->ArgName("fast")->Arg(1)->Arg(0)->Unit(benchmark::kMillisecond);

}  // namespace
