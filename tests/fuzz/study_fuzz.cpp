// A study file of odd structure: read or refused in words; what was read can be hashed and shown.
#include "models/main/closing.hpp"
#include "tests/fuzz/odd_hdf5.hpp"
#include "tests/fuzz/samples.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tuopin;
  static const std::string image =
      fuzz::bytes_written([](const auto& path) { write_study(path, fuzz::small_study()); });
  static const std::vector<std::string> names = [] {
    std::vector<std::string> found;
    const Study study = fuzz::small_study();
    for (const Dimension& dimension : study.dimensions) found.push_back(dimension.name);
    for (const Variable& variable : study.variables) found.push_back(variable.name);
    for (const auto& [name, value] : study.attributes) found.push_back(name);
    return fuzz::with_marks(std::move(found));
  }();
  FuzzedDataProvider from(data, size);
  fuzz::OddFile odd(image, names, from);
  odd.change();
  try {
    const Study study = study_in(odd.file(), "input.h5");
    fuzz::must(results_hash(study).size() == 16, "a study has a hash");
    for (const char* language : {"en", "zh"})
      fuzz::must(!closing_text(study, language, 80).empty(), "the end of a run is written");
  } catch (const DataError& error) {
    fuzz::must_be_readable(error.problems());
  }
  return 0;
}
