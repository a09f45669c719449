// Any bytes as a study or population file, read in a sandboxed process as the program does: whatever they do to HDF5,
// the reader gives a study, a population or a DataError. Reports on standard error come from the sandboxed process.
#include "models/main/closing.hpp"
#include "tests/fuzz/samples.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tuopin;
  static const fuzz::MemoryFile file;
  const std::filesystem::path path = file.holding(fuzz::as_text(data, size));
  try {
    fuzz::must(!closing_text(read_study(path), "en", 80).empty(), "the end of a run is written");
  } catch (const DataError& error) {
    fuzz::must_be_readable(error.problems());
  }
  try {
    static_cast<void>(fetch_population(path));
  } catch (const DataError& error) {
    fuzz::must_be_readable(error.problems());
  }
  return 0;
}
