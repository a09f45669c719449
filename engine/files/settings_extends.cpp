// One tree out of a file and the files that it extends: tables are merged, everything else is replaced by the child.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "engine/files/settings_text.hpp"
#include "engine/files/settings_tree.hpp"

namespace tuopin {

namespace {

namespace fs = std::filesystem;

void merge_into(TomlNode& base, TomlNode&& child) {
  std::map<std::string, std::size_t> places;
  for (const TomlEntry& entry : base.entries) places.emplace(entry.key, places.size());
  for (TomlEntry& entry : child.entries) {
    const auto place = places.find(entry.key);
    if (place == places.end()) {
      base.entries.push_back(std::move(entry));
      continue;
    }
    TomlEntry* const same = &base.entries[place->second];
    same->line = entry.line;
    same->column = entry.column;
    if (same->node.is_table() && entry.node.is_table())
      merge_into(same->node, std::move(entry.node));
    else
      same->node = std::move(entry.node);
  }
  base.source = child.source;
  base.line = child.line;
  base.column = child.column;
}

std::string chain_in_words(const std::vector<fs::path>& chain, const fs::path& again) {
  std::string words;
  for (auto link = std::find(chain.begin(), chain.end(), again); link != chain.end(); ++link)
    words += link->filename().string() + " → ";
  return words + again.filename().string();
}

std::optional<TomlNode> read_file(const fs::path& path, std::vector<fs::path>& chain, std::vector<Problem>& problems);

/// The child laid over its base. `chain` holds the files that are being read, outermost first.
std::optional<TomlNode> with_base(TomlNode child, std::vector<fs::path>& chain, std::vector<Problem>& problems) {
  const auto entry =
      std::find_if(child.entries.begin(), child.entries.end(), [](const TomlEntry& e) { return e.key == "extends"; });
  if (entry == child.entries.end()) return child;
  const Origin origin = entry->node.origin();
  const auto refuse = [&](std::string message, std::string hint = "") {
    problems.push_back({origin, "extends", std::move(message), std::move(hint)});
    return std::nullopt;
  };
  if (entry->node.kind != TomlNode::Kind::text)
    return refuse(fmt::format("is {}, expected the path of a file as text", entry->node.in_words()));
  const fs::path base_path = child.source->folder / entry->node.text;
  std::error_code error;
  if (!fs::exists(base_path, error))
    return refuse(fmt::format("no such file: {}", in_quotes(shortened(entry->node.text))),
                  did_you_mean_file(base_path));
  const fs::path canonical = fs::weakly_canonical(base_path, error);
  if (std::find(chain.begin(), chain.end(), canonical) != chain.end())
    return refuse(fmt::format("goes round in a circle: {}", chain_in_words(chain, canonical)));
  if (chain.size() >= static_cast<std::size_t>(max_settings_depth))
    return refuse(fmt::format("more than {} files extend one another", max_settings_depth));

  child.entries.erase(entry);
  auto base = read_file(base_path.lexically_normal(), chain, problems);
  if (base) merge_into(*base, std::move(child));
  return base;
}

std::optional<TomlNode> read_file(const fs::path& path, std::vector<fs::path>& chain, std::vector<Problem>& problems) {
  const auto text = read_text_file(path, max_settings_bytes, problems);
  if (!text) return std::nullopt;
  const auto source = std::make_shared<const TomlSource>(TomlSource{path.string(), path.parent_path()});
  auto node = parse_toml(*text, source, problems);
  if (!node) return std::nullopt;
  std::error_code error;
  chain.push_back(fs::weakly_canonical(path, error));
  auto result = with_base(std::move(*node), chain, problems);
  chain.pop_back();
  return result;
}

}  // namespace

const TomlEntry* TomlNode::find(std::string_view key) const {
  const auto entry = std::find_if(entries.begin(), entries.end(), [&](const TomlEntry& e) { return e.key == key; });
  return entry == entries.end() ? nullptr : &*entry;
}

std::string TomlNode::in_words() const {
  switch (kind) {
    case Kind::table: return "a table";
    case Kind::array: return is_array_of_tables() ? "an array of tables" : "a list";
    case Kind::text: return fmt::format("the text {}", in_quotes(shortened(text)));
    case Kind::integer: return fmt::format("the integer {}", integer);
    case Kind::number: return fmt::format("the number {}", number);
    case Kind::flag: return flag ? "true" : "false";
    case Kind::date: return "a date or time";
  }
  return "";
}

std::optional<TomlNode> read_toml_file(const fs::path& path, std::vector<Problem>& problems) {
  std::vector<fs::path> chain;
  return read_file(path, chain, problems);
}

std::optional<TomlNode> read_toml_text(std::string_view text, const fs::path& folder, const std::string& name,
                                       std::vector<Problem>& problems) {
  auto node = parse_toml(text, std::make_shared<const TomlSource>(TomlSource{name, folder}), problems);
  if (!node) return std::nullopt;
  std::error_code error;
  std::vector<fs::path> chain{fs::weakly_canonical(folder / name, error)};
  return with_base(std::move(*node), chain, problems);
}

}  // namespace tuopin
