// Sound files to change: the study and the population of a tiny region, as the program itself writes them.
#pragma once

#include "engine/study/study.hpp"
#include "models/main/population_file.hpp"
#include "tests/fuzz/fuzz_tools.hpp"

namespace tuopin::fuzz {

/// The bytes that `write` leaves under the path that it is given.
template <typename Write>
std::string bytes_written(const Write& write) {
  std::string pattern = (std::filesystem::temp_directory_path() / "tuopin-fuzz-XXXXXX").string();
  const std::filesystem::path folder = ::mkdtemp(pattern.data());
  write(folder / "sample.h5");
  std::string bytes = contents_of(folder / "sample.h5");
  std::filesystem::remove_all(folder);
  return bytes;
}

/// Two scenarios, two draws, two years, a target, a batch: something for every table of a summary.
Study small_study();
/// The hamlet.
Population small_population();

/// Names of the objects and attributes of a file, and of what HDF5 and netCDF keep there.
inline std::vector<std::string> with_marks(std::vector<std::string> names) {
  for (const char* mark : {"format", "format_version", "Conventions", "units", "long_name", "_FillValue", "NAME"})
    names.emplace_back(mark);
  return names;
}

}  // namespace tuopin::fuzz
