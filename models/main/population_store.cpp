#include "models/main/population_store.hpp"

#include <fmt/format.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "models/main/population_file.hpp"
#include "models/population/population_key.hpp"

namespace tuopin {

namespace {

namespace fs = std::filesystem;

/// The user's cache folder; empty where there is none.
fs::path cache_folder() {
  if (const char* folder = std::getenv("XDG_CACHE_HOME"); folder && *folder) return fs::path(folder) / "tuopin";
  if (const char* home = std::getenv("HOME"); home && *home) return fs::path(home) / ".cache" / "tuopin";
  return {};
}

}  // namespace

PopulationSet provide_populations(const PopulationRequest& request, const ProgressSink& sink, const StopFlag& stop) {
  const auto start = std::chrono::steady_clock::now();
  PopulationSet set;
  set.input_hash = population_key(*request.region);
  const fs::path folder = request.cache ? cache_folder() : fs::path{};
  set.cache_folder = folder.string();
  const auto path_of = [&](int index) { return folder / fmt::format("population-{}-{}.h5", set.input_hash, index); };

  const auto count = static_cast<std::size_t>(request.count);
  set.populations.resize(count);
  set.reports.resize(count);
  std::vector<std::uintmax_t> bytes(count, 0);
  std::vector<std::uint8_t> fetched(count, 0);
  std::vector<Problem> problems;
  const SynthesisInput input = synthesis_input(*request.region, problems);
  if (!problems.empty()) throw DataError(problems);

  // HDF5 is used from one thread only, so files are read before and written after the parallel part.
  for (std::size_t i = 0; i < count; ++i) {
    std::error_code ignored;
    if (folder.empty() || !fs::exists(path_of(static_cast<int>(i)), ignored)) continue;
    try {
      Population kept = fetch_population(path_of(static_cast<int>(i)));
      kept.groups = input.margins.groups();
      set.populations[i] = std::make_shared<const Population>(std::move(kept));
      fetched[i] = 1;
    } catch (const Error&) {
      fs::remove(path_of(static_cast<int>(i)), ignored);  // damaged: made anew
    }
  }
  std::vector<std::size_t> missing;
  for (std::size_t i = 0; i < count; ++i)
    if (!fetched[i]) missing.push_back(i);
  set.from_cache = missing.empty();
  if (!missing.empty()) {
    Progress progress("synthesis", missing.size(), sink);
    try_each(Threads(request.threads, &stop), missing.size(), [&](std::size_t m) {
      const std::size_t i = missing[m];
      set.populations[i] = std::make_shared<const Population>(synthesize(input, static_cast<int>(i), set.reports[i]));
      progress.step();
    });
    if (stop.stopped()) throw Interrupted(message("stopped while synthesising the population"));
    for (const std::size_t i : missing) {
      if (folder.empty()) continue;
      std::error_code ignored;
      fs::create_directories(folder, ignored);
      try {
        keep_population(path_of(static_cast<int>(i)), *set.populations[i]);
        bytes[i] = fs::file_size(path_of(static_cast<int>(i)), ignored);
      } catch (const OutputError&) {
        // A cache that cannot be written costs time, not results.
      }
    }
  }
  for (const std::uintmax_t b : bytes) set.cache_bytes += b;
  set.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return set;
}

}  // namespace tuopin
