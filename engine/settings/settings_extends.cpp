// Combines a file and the files that it extends into one tree. Symbolic links are resolved before relative paths are.
#include <fmt/format.h>

#include <algorithm>

#include "engine/settings/settings_text.hpp"
#include "engine/settings/settings_tree.hpp"

namespace tuopin {

namespace {

namespace fs = std::filesystem;

/// The folder to which relative paths of a file refer: for a symbolic link, that of its target.
fs::path real_folder(const fs::path& path) {
  std::error_code error;
  const fs::path real = fs::canonical(path, error), plain = fs::absolute(path, error).lexically_normal();
  return error || real == plain ? path.parent_path() : real.parent_path();
}

class FileChain {
 public:
  FileChain(const FileKind& kind, std::vector<Problem>& problems, std::vector<Problem>& warnings)
      : kind_(kind), problems_(problems), warnings_(warnings) {}

  std::optional<TomlNode> read_file(const fs::path& path) {
    const auto text = read_text_file(path, max_settings_bytes, problems_);
    if (!text) return std::nullopt;
    return read_text(*text, {path.string(), real_folder(path), nullptr}, path);
  }

  std::optional<TomlNode> read_text(std::string_view text, TomlSource described, const fs::path& path) {
    const auto source = std::make_shared<TomlSource>(std::move(described));
    auto node = parse_toml(text, source, problems_);
    if (!node) return std::nullopt;
    std::error_code error;
    files_.push_back(fs::weakly_canonical(path, error));
    auto result = with_base(std::move(*node), *source);
    files_.pop_back();
    return result;
  }

 private:
  std::nullopt_t refuse(const TomlNode& node, Message what, Message hint = "") {
    problems_.push_back({node.origin(), "extends", std::move(what), std::move(hint)});
    return std::nullopt;
  }

  std::string circle_in_words(const fs::path& again) const {
    std::string words;
    for (auto link = std::find(files_.begin(), files_.end(), again); link != files_.end(); ++link)
      words += link->filename().string() + " → ";
    return words + again.filename().string();
  }

  /// The child laid over its base.
  std::optional<TomlNode> with_base(TomlNode child, TomlSource& source) {
    const auto entry =
        std::find_if(child.entries.begin(), child.entries.end(), [](const TomlEntry& e) { return e.key == "extends"; });
    if (entry == child.entries.end()) return child;
    const TomlNode named = entry->node;
    if (named.kind != TomlNode::Kind::text)
      return refuse(named, message("is {}, expected {}", named.in_words(), message("the path of a file as text")));
    const fs::path base_path = source.folder / named.text;
    std::error_code error;
    if (!fs::exists(base_path, error))
      return refuse(named, message("no such file: {}", in_quotes(shortened(named.text))), did_you_mean_file(base_path));
    const fs::path canonical = fs::weakly_canonical(base_path, error);
    if (std::find(files_.begin(), files_.end(), canonical) != files_.end())
      return refuse(named, message("goes round in a circle: {}", circle_in_words(canonical)));
    if (files_.size() >= static_cast<std::size_t>(max_settings_depth))
      return refuse(named, message("more than {} files extend one another", max_settings_depth));

    child.entries.erase(entry);
    auto base = read_file(base_path.lexically_normal());
    if (!base) return std::nullopt;
    source.base = base->source;
    lay_over(*base, std::move(child), kind_, problems_, warnings_);
    return base;
  }

  const FileKind& kind_;
  std::vector<Problem>& problems_;
  std::vector<Problem>& warnings_;
  std::vector<fs::path> files_;  ///< those being read, outermost first
};

}  // namespace

const TomlEntry* TomlNode::find(std::string_view key) const {
  const auto entry = std::find_if(entries.begin(), entries.end(), [&](const TomlEntry& e) { return e.key == key; });
  return entry == entries.end() ? nullptr : &*entry;
}

Message TomlNode::in_words() const {
  switch (kind) {
    case Kind::table: return message("a table");
    case Kind::array: return is_array_of_tables() ? message("an array of tables") : message("a list");
    case Kind::text: return message("the text {}", in_quotes(shortened(text)));
    case Kind::integer: return message("the integer {}", integer);
    case Kind::number: return message("the number {}", number);
    case Kind::flag: return Message::verbatim(flag ? "true" : "false");
    case Kind::date: return message("a date or time");
  }
  return "";
}

std::optional<TomlNode> read_toml_file(const fs::path& path, const FileKind& kind, std::vector<Problem>& problems,
                                       std::vector<Problem>& warnings) {
  return FileChain(kind, problems, warnings).read_file(path);
}

std::optional<TomlNode> read_toml_text(std::string_view text, const fs::path& folder, const std::string& name,
                                       const FileKind& kind, std::vector<Problem>& problems,
                                       std::vector<Problem>& warnings) {
  return FileChain(kind, problems, warnings).read_text(text, {name, folder, nullptr}, folder / name);
}

}  // namespace tuopin
