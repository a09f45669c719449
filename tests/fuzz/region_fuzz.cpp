// Any bytes as one of a region's tables beside the hamlet's others: read or refused in words. Where all of it is read
// and the region is small, its population is made: a margin whatever gives a population or a reason.
#include <fstream>

#include "models/population/synthesis.hpp"
#include "models/run/load.hpp"
#include "models/scenario/margin_names.hpp"
#include "tests/fuzz/fuzz_tools.hpp"

namespace tuopin::fuzz {
namespace {

constexpr const char* tables[] = {"counties.csv",    "margins.csv", "lines.csv",       "crops.csv",
                                  "crop_shares.csv", "targets.csv", "observations.csv"};

/// A copy of the hamlet's region in which one table at a time is replaced.
class Folder {
 public:
  Folder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "tuopin-fuzz-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
    std::filesystem::copy(TUOPIN_SOURCE_DIR "/scenarios/hamlet/region", path_);
    write("observations.csv", "variable,year,value,unit,source,confidence\n");
    write("region.toml", contents_of(path_ / "region.toml") + "observations = \"observations.csv\"\n");
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  void write(const char* name, std::string_view text) const {
    std::ofstream(path_ / name, std::ios::binary).write(text.data(), static_cast<std::streamsize>(text.size()));
  }
  std::filesystem::path region() const { return path_ / "region.toml"; }

 private:
  std::filesystem::path path_;
};

/// Quick enough to make thousands of.
bool is_small(const SynthesisInput& input) {
  double people = 0, villages = 0;
  for (const auto& [key, margin] : input.margins.rows()) {
    if (key.first == margin::persons || key.first == margin::households) people += margin.value;
    if (key.first == margin::villages) villages += margin.value;
  }
  return input.counties.size() < 5 && people < 2000 && villages < 100;
}

void must_be_sound(const Population& p) {
  must(p.persons.rows() >= p.households.rows() && p.households.rows() >= p.villages.rows(), "nobody lives nowhere");
  for (const std::uint32_t row : p.persons.column<std::uint32_t>("household"))
    must(row < p.households.rows(), "persons have households");
}

}  // namespace
}  // namespace tuopin::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tuopin;
  if (size == 0) return 0;
  static const fuzz::Folder folder;
  const char* const name = fuzz::tables[data[0] % std::size(fuzz::tables)];
  static std::string original;
  original = fuzz::contents_of(folder.region().parent_path() / name);
  folder.write(name, fuzz::as_text(data + 1, size - 1));
  std::vector<Problem> problems;
  const Region region = load_region(folder.region(), problems, shipped_file_kinds().region);
  if (problems.empty()) {
    const SynthesisInput input = synthesis_input(region, problems);
    if (problems.empty() && fuzz::is_small(input)) {
      try {
        SynthesisReport report;
        const Population population = synthesize(input, data[0] / std::size(fuzz::tables) % 2, report);
        fuzz::must_be_sound(population);
        fuzz::must(!report.markdown().empty(), "a report is written");
      } catch (const DataError& error) {
        fuzz::must_be_readable(error.problems());
      }
    }
  }
  fuzz::must_be_readable(problems);
  folder.write(name, original);
  return 0;
}
