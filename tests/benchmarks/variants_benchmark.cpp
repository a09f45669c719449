// A thousand variants of the plan that differ in one capacity of 2018: what making them ready costs, and that the years
// before are simulated once, in the memory of a few worlds.
#include <malloc.h>
#include <unistd.h>

#include <fstream>
#include <numeric>

#include "models/population/synthesis.hpp"
#include "models/run/prefixes.hpp"
#include "models/run/variants.hpp"
#include "tests/benchmarks/xiangxi_year.hpp"

namespace tuopin::benchmarks {
namespace {

std::vector<Scenario> variants_of_the_plan(int count) {
  std::vector<Variant> variants;
  for (int v = 0; v < count; ++v)
    variants.push_back(
        {"v" + std::to_string(v), {{"relocation.capacity.by_year.2018", std::to_string(20'000 + 10 * v)}}, {}});
  return varied(scenario_of("plan-2016"), variants);
}

std::vector<Course> courses_of(std::vector<Scenario> scenarios) {
  Digester digester;
  std::vector<Course> courses;
  for (Scenario& scenario : scenarios) courses.push_back(digester.course(std::move(scenario)));
  return courses;
}

double resident_megabytes() {
  std::ifstream statm("/proc/self/statm");
  double pages = 0, resident = 0;
  statm >> pages >> resident;
  return resident * static_cast<double>(::sysconf(_SC_PAGESIZE)) / 1048576;
}

/// Of each path its poor persons by year.
class Poor : public TrajectoryObserver {
 public:
  void year_simulated(const Trajectory&, std::span<const std::size_t>) override {
    most_megabytes = std::max(most_megabytes, resident_megabytes());
  }
  void ended(const Trajectory& trajectory, std::size_t path) override {
    paths.resize(std::max(paths.size(), path + 1));
    for (const auto& year : trajectory.results())
      for (const PlaceSums& place : year->places) paths[path].push_back(place.poor[0][0]);
  }
  std::vector<std::vector<std::int64_t>> paths;
  double most_megabytes = 0;
};

void setting_up(benchmark::State& state) {
  for (auto _ : state) {
    const std::vector<Course> courses = courses_of(variants_of_the_plan(static_cast<int>(state.range(0))));
    std::vector<std::size_t> paths(courses.size());
    std::iota(paths.begin(), paths.end(), 0);
    state.counters["years"] = static_cast<double>(years_simulated(courses, paths));
  }
}
BENCHMARK(setting_up)->Name("variants/set_up")->Arg(1000)->Unit(benchmark::kMillisecond);

void living(benchmark::State& state) {
  const auto population = std::make_shared<const Population>(population_of(static_cast<double>(state.range(0))));
  const double share =
      static_cast<double>(population->persons.rows()) / static_cast<double>(whole_population().persons.rows());
  for (auto _ : state) {
    state.PauseTiming();
    const std::vector<Course> courses = courses_of(variants_of_the_plan(static_cast<int>(state.range(1))));
    Context context(courses[0].scenario->region, {population}, {share}, 1);
    context.prepare({courses[0]}, 1, Threads(), {}, StopFlag{});
    std::vector<std::size_t> paths(courses.size());
    std::iota(paths.begin(), paths.end(), 0);
    const Threads team;
    Workers workers(context.sharded(0), team);
    const auto draw = context.draw(DrawAddress{});
    ::malloc_trim(0);
    const double before = resident_megabytes();
    Poor poor;
    state.ResumeTiming();
    const WalkRecord record = walk(context, courses, paths, draw, 0, workers, poor);
    state.counters["years_simulated"] = static_cast<double>(record.years_simulated);
    state.counters["worlds"] = static_cast<double>(record.most_worlds);
    state.counters["MB_more"] = poor.most_megabytes - before;
    state.counters["person_years/s"] = benchmark::Counter(
        static_cast<double>(record.years_simulated * population->persons.rows()), benchmark::Counter::kIsRate);
  }
}
BENCHMARK(living)
    ->Name("variants/simulated")
    ->Args({100'000, 1000})
    ->Args({2'000'000, 5})
    ->Iterations(1)
    ->Unit(benchmark::kSecond);

}  // namespace
}  // namespace tuopin::benchmarks
