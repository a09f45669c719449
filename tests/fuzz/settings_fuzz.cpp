// Any bytes as a scenario, a programme or a region file: read or refused in words; and what was read says the same when
// its effective text is read again.
#include "models/fields.hpp"
#include "tests/fuzz/fuzz_tools.hpp"

namespace tuopin::fuzz {
namespace {

/// `extends` and files lead into a folder of this target's own; a path that leads elsewhere is not followed.
bool stays_at_home(std::string_view text) {
  return text.find("..") == std::string_view::npos && text.find("\"/") == std::string_view::npos &&
         text.find("'/") == std::string_view::npos && text.find('\\') == std::string_view::npos;
}

const std::filesystem::path& home() {
  static const std::filesystem::path folder = [] {
    std::string pattern = (std::filesystem::temp_directory_path() / "tuopin-fuzz-XXXXXX").string();
    const std::filesystem::path made = ::mkdtemp(pattern.data());
    const auto options = std::filesystem::copy_options::recursive;
    std::filesystem::copy(TUOPIN_SOURCE_DIR "/scenarios/hamlet", made, options);
    static std::filesystem::path kept = made;
    std::atexit([] {
      std::error_code ignored;
      std::filesystem::remove_all(kept, ignored);
    });
    return made;
  }();
  return folder;
}

void read_everything(const Settings& settings) {
  settings.for_each_quantity([](const Quantity& q) { must(q.low <= q.value && q.value <= q.high, "range"); });
  const Settings same = settings.with_values([](const Quantity& q) { return q.value; });
  must(same.effective_text() == settings.effective_text(), "values put back are the same text");
}

void try_kind(std::string_view text, const FileKind& kind, const std::filesystem::path& folder) {
  std::vector<Problem> problems;
  const Settings settings = load_settings_text(text, folder, "input.toml", kind, "", problems);
  must_be_readable(problems);
  if (problems.empty()) read_everything(settings);
}

}  // namespace
}  // namespace tuopin::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tuopin;
  if (size == 0) return 0;
  const std::string_view text = fuzz::as_text(data + 1, size - 1);
  if (!fuzz::stays_at_home(text)) return -1;
  switch (data[0] % 3) {  // a: programme, b: region, c: scenario
    case 0: fuzz::try_kind(text, scenario_file(), fuzz::home()); break;
    case 1: fuzz::try_kind(text, programme_file(), fuzz::home() / "programmes"); break;
    default: fuzz::try_kind(text, region_file(), fuzz::home() / "region");
  }
  return 0;
}
