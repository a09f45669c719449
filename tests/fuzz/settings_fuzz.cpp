// Any bytes as a scenario, a programme or a region file: read or refused in words; and what was read says the same when
// its effective text is read again.
#include <set>

#include "engine/settings/settings_tree.hpp"
#include "models/run/load.hpp"
#include "models/scenario/fields.hpp"
#include "tests/fuzz/fuzz_tools.hpp"

namespace tuopin::fuzz {
namespace {

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

/// The keys whose text is the path of a file, in every kind of file.
const std::set<std::string>& keys_of_paths() {
  static const std::set<std::string> keys = [] {
    std::set<std::string> found{"extends"};
    const auto add = [&](const std::vector<Field>& fields) {
      for (const Field& field : fields)
        if (field.kind == FieldKind::file) found.insert(field.key);
    };
    for (const FileKind* kind :
         {&shipped_file_kinds().scenario, &shipped_file_kinds().programme, &shipped_file_kinds().region.file})
      for (const Section& section : kind->sections) {
        add(section.fields);
        for (const auto& [choice, fields] : section.variants) add(fields);
      }
    return found;
  }();
  return keys;
}

/// Everything lies below home(), without links. A NUL byte would end the path earlier for the system than for us.
bool leads_home(const std::string& text, const std::filesystem::path& folder) {
  if (!text.starts_with('/') && text.find("..") == std::string::npos) return true;
  if (text.find('\0') != std::string::npos) return false;
  const std::string reached = (folder / text).lexically_normal().string() + '/';
  return reached.starts_with(home().string() + '/');
}

bool stays_at_home(const TomlNode& node, const std::filesystem::path& folder) {
  for (const TomlEntry& entry : node.entries) {
    const bool path = entry.node.kind == TomlNode::Kind::text && keys_of_paths().contains(entry.key);
    if (path && !leads_home(entry.node.text, folder)) return false;
    if (!stays_at_home(entry.node, folder)) return false;
  }
  for (const TomlNode& item : node.items)
    if (!stays_at_home(item, folder)) return false;
  return true;
}

/// Files that an input names lie in a folder of this target's own; one that names others is not read. Paths are judged
/// as the parser has read them, so that escapes may stand anywhere. What is no TOML names nothing.
bool stays_at_home(std::string_view text, const std::filesystem::path& folder) {
  std::vector<Problem> problems;
  const auto source = std::make_shared<const TomlSource>(TomlSource{"input.toml", folder});
  const auto tree = parse_toml(text, source, problems);
  return !tree || stays_at_home(*tree, folder);
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
  struct Kind {
    const FileKind& file;
    std::filesystem::path folder;
  };
  static const Kind kinds[] = {{shipped_file_kinds().scenario, fuzz::home()},
                               {shipped_file_kinds().programme, fuzz::home() / "programmes"},
                               {shipped_file_kinds().region.file, fuzz::home() / "region"}};
  const std::string_view text = fuzz::as_text(data + 1, size - 1);
  const Kind& kind = kinds[data[0] % 3];  // a: programme, b: region, c: scenario
  if (!fuzz::stays_at_home(text, kind.folder)) return -1;
  fuzz::try_kind(text, kind.file, kind.folder);
  return 0;
}
