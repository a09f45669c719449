#include "models/main/population_store.hpp"

#include <fmt/format.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "engine/base/ids.hpp"
#include "engine/files/study.hpp"
#include "models/codebook.hpp"

namespace tuopin {

namespace {

namespace fs = std::filesystem;

std::string contents_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// The user's cache folder; empty where there is none.
fs::path cache_folder() {
  if (const char* folder = std::getenv("XDG_CACHE_HOME"); folder && *folder) return fs::path(folder) / "tuopin";
  if (const char* home = std::getenv("HOME"); home && *home) return fs::path(home) / ".cache" / "tuopin";
  return {};
}

std::map<std::string, std::vector<ColumnSpec>> codebooks() {
  return {{"persons", codebook::persons()},
          {"households", codebook::households()},
          {"villages", codebook::villages()},
          {"counties", codebook::counties()}};
}

void keep(const fs::path& path, const Population& p) {
  TableFile file;
  file.attributes = {{"content", std::string("synthetic population of tuopin: no real person")},
                     {"index", static_cast<std::int64_t>(p.index)},
                     {"true_poverty_rate", p.true_poverty_rate},
                     {"mean_income", p.mean_income}};
  std::string quotas;
  for (const std::int64_t quota : p.registered_quota) quotas += std::to_string(quota) + " ";
  file.attributes["registered_quota"] = quotas;
  file.tables = {p.persons, p.households, p.villages, p.counties};
  file.texts = {{"counties/name", p.county_names},
                {"counties/name_en", p.county_names_en},
                {"counties/name_zh", p.county_names_zh}};
  write_tables(path, file);
}

std::shared_ptr<const Population> fetch(const fs::path& path) {
  TableFile file = read_tables(path, codebooks());
  auto p = std::make_shared<Population>();
  for (Table& table : file.tables) {
    if (table.name() == "persons")
      p->persons = std::move(table);
    else if (table.name() == "households")
      p->households = std::move(table);
    else if (table.name() == "villages")
      p->villages = std::move(table);
    else if (table.name() == "counties")
      p->counties = std::move(table);
  }
  p->index = static_cast<int>(std::get<std::int64_t>(file.attributes.at("index")));
  p->true_poverty_rate = std::get<double>(file.attributes.at("true_poverty_rate"));
  p->mean_income = std::get<double>(file.attributes.at("mean_income"));
  const std::string& quotas = std::get<std::string>(file.attributes.at("registered_quota"));
  for (std::size_t begin = 0, end; (end = quotas.find(' ', begin)) != std::string::npos; begin = end + 1)
    p->registered_quota.push_back(std::stoll(quotas.substr(begin, end - begin)));
  p->county_names = file.texts.at("counties/name");
  p->county_names_en = file.texts.at("counties/name_en");
  p->county_names_zh = file.texts.at("counties/name_zh");
  return p;
}

}  // namespace

std::string population_key(const Region& region) {
  std::string text = region.settings.effective_text() + "\n" + TUOPIN_SYNTHESIS_CODE + "\n";
  for (const char* file : {"files.counties", "files.margins"}) text += contents_of(region.settings.file(file)) + "\n";
  return fmt::format("{:016x}", hash64(text));
}

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
      set.populations[i] = fetch(path_of(static_cast<int>(i)));
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
    parallel_for(missing.size(), request.threads, &stop, [&](std::size_t m, int) {
      const std::size_t i = missing[m];
      set.populations[i] = std::make_shared<const Population>(synthesize(input, static_cast<int>(i), set.reports[i]));
      progress.step();
    });
    if (stop.stopped()) throw Interrupted("stopped while synthesising the population");
    for (const std::size_t i : missing) {
      if (folder.empty()) continue;
      std::error_code ignored;
      fs::create_directories(folder, ignored);
      try {
        keep(path_of(static_cast<int>(i)), *set.populations[i]);
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
