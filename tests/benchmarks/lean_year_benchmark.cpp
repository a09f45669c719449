// The lean year at full size: person-years a second and core, nanoseconds a household, luck's part of it, bytes a row.
#include <benchmark/benchmark.h>

#include <filesystem>

#include "engine/base/numbers.hpp"
#include "models/catalogue.hpp"
#include "models/codebook.hpp"
#include "models/processes/calibration.hpp"

namespace {

using namespace tuopin;

struct Xiangxi {
  explicit Xiangxi(const char* name) {
    std::vector<Problem> problems;
    scenario = load_scenario(
        std::filesystem::path(TUOPIN_SOURCE_DIR) / "scenarios" / "xiangxi" / (std::string(name) + ".toml"), problems);
    if (!problems.empty()) throw ScenarioError(problems);
    SynthesisReport report;
    population = std::make_unique<Population>(synthesize(synthesis_input(*scenario.region, problems), 0, report));
    land = std::make_unique<Land>(*population, 1, 1);
    calibration = calibrate(*land, scenario.settings, *scenario.region);
  }
  Scenario scenario;
  std::unique_ptr<Population> population;
  std::unique_ptr<Land> land;
  const Ground& ground() const { return *land->parts().front(); }
  Calibration calibration;
};

const Xiangxi& world_of(const char* name) {
  static const Xiangxi baseline("baseline"), plan("plan-2016");
  return std::string_view(name) == "baseline" ? baseline : plan;
}

/// All simulated years of one replicate on one thread.
void lean_years(benchmark::State& state, const char* name) {
  const Xiangxi& x = world_of(name);
  const Region region = drawn(*x.scenario.region, {});
  const Model model(x.scenario, region, x.calibration, {});
  std::vector<const Settings*> settings{&x.scenario.settings};
  std::vector<const std::vector<Settings>*> programmes{&x.scenario.programmes};
  const AccountNames accounts = account_names(settings, programmes);
  std::vector<Scratch> scratch;
  scratch.emplace_back(x.land->largest_block());
  const auto persons = static_cast<double>(x.population->persons.rows());
  double person_years = 0;
  std::uint64_t replicate = 0;
  for (auto _ : state) {
    Worlds worlds(*x.land, region, 1, replicate++);
    Treasury treasury(model.settings(), model.programmes(), accounts, 1, x.land->counties());
    std::vector<std::vector<std::uint8_t>> poor;
    for (int year = region.base_year; year <= region.last_year; ++year) {
      poor.emplace_back(x.ground().rows);
      PovertyHistory history;
      history.poor_now = poor.back();
      if (poor.size() > 1) history.poor_before = poor[poor.size() - 2];
      benchmark::DoNotOptimize(model.live(worlds, year, treasury, {&history, 1}, scratch));
      person_years += persons;
    }
  }
  state.counters["person_years_per_second"] = benchmark::Counter(person_years, benchmark::Counter::kIsRate);
  state.counters["ns_per_household_year"] =
      benchmark::Counter(person_years / persons * static_cast<double>(x.ground().rows) * 1e-9,
                         benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
  state.counters["bytes_per_person"] = static_cast<double>(x.population->persons.bytes()) / persons;
  state.counters["bytes_per_household"] =
      static_cast<double>(x.population->households.bytes()) / static_cast<double>(x.ground().rows) +
      static_cast<double>(Table("", 1, codebook::household_state()).bytes());
}

/// The luck of the lean year alone: one block and six normals a household.
void luck_of_a_year(benchmark::State& state) {
  const Xiangxi& x = world_of("baseline");
  Scratch s(largest_block(x.ground().blocks));
  int year = 2016;
  for (auto _ : state) {
    const Luck luck(1, 0, hash32("household.income"), year++, Kind::household);
    for (const Block& block : x.ground().blocks) {
      luck.fill(x.ground().people.id.subspan(block.begin, block.size()), s.draws.data(), s.stride);
      for (unsigned k = 0; k < 6; ++k) normals_from(s.draws.data() + k * s.stride, s.normal[k].data(), block.size());
      benchmark::DoNotOptimize(s.normal[0].data());
    }
  }
  state.counters["ns_per_household_year"] =
      benchmark::Counter(static_cast<double>(state.iterations()) * static_cast<double>(x.ground().rows) * 1e-9,
                         benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

BENCHMARK_CAPTURE(lean_years, baseline, "baseline")->Unit(benchmark::kMillisecond)->MinTime(4);
BENCHMARK_CAPTURE(lean_years, plan_2016, "plan-2016")->Unit(benchmark::kMillisecond)->MinTime(4);
BENCHMARK(luck_of_a_year)->Unit(benchmark::kMillisecond)->MinTime(1);

}  // namespace
