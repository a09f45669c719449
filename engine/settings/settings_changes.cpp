// Changing keys in memory: the changes become a small tree, which is applied to the file's tree like a file that
// extends it. Everything that is not changed stays, in tables and within the values of keys.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "engine/settings/settings_data.hpp"
#include "engine/settings/settings_text.hpp"

namespace tuopin {

namespace {

std::vector<std::string> parts_of(const std::string& key) {
  std::vector<std::string> parts{""};
  for (const char c : key)
    if (c == '.')
      parts.emplace_back();
    else
      parts.back() += c;
  return parts;
}

/// True where one key is the other, or stands inside its value.
bool overlap(const std::string& a, const std::string& b) {
  return a == b || a.starts_with(b + ".") || b.starts_with(a + ".");
}

/// The table `name` in another, made where it is not there.
TomlNode& table_in(TomlNode& table, const std::string& name) {
  for (TomlEntry& entry : table.entries)
    if (entry.key == name) return entry.node;
  table.entries.push_back({name, {}, 0, 0});
  table.entries.back().node.source = table.source;
  return table.entries.back().node;
}

class Changes {
 public:
  Changes(const TomlNode& tree, const FileKind& kind, const std::string& said_in, std::vector<Problem>& problems)
      : tree_(tree), kind_(kind), problems_(problems) {
    TomlSource source;
    source.name = said_in;
    if (tree.source) source.folder = tree.source->folder;
    over_.source = std::make_shared<const TomlSource>(std::move(source));
  }

  void add(const SettingsChange& change) {
    std::vector<Problem> unreadable;
    const auto value = parse_toml("value = " + change.value, over_.source, unreadable);
    if (!value || value->entries.size() != 1 || value->entries.front().key != "value") {
      const Message why = unreadable.empty() ? message("is more than one value") : unreadable.front().message;
      return refuse(change.key, message("{}: {}", in_quotes(shortened(change.value)), why),
                    unreadable.empty() ? message("a value as a file gives it: 0.3, \"text\", [2016, 2018]")
                                       : unreadable.front().hint);
    }
    const auto place = place_of(change.key);
    if (!place) return;
    put(*place, value->entries.front().node);
    if (std::none_of(tables_.begin(), tables_.end(),
                     [&](const ChangedTable& known) { return known.names == place->table.names; }))
      tables_.push_back(place->table);
  }

  TomlNode& over() { return over_; }
  const std::vector<ChangedTable>& tables() const { return tables_; }

 private:
  struct Place {
    ChangedTable table;
    std::vector<std::string> key;  ///< in the table; further names stand inside its value
    bool has_value = false;        ///< the file gives a table as its value
  };

  void refuse(const std::string& key, Message what, Message hint) {
    problems_.push_back({Origin{over_.source->name}, key, std::move(what), std::move(hint)});
  }

  bool is_field(const std::string& section, const std::string& key) const {
    const auto has = [&](const std::vector<Field>& fields) {
      return std::any_of(fields.begin(), fields.end(), [&](const Field& field) { return field.key == key; });
    };
    return std::any_of(kind_.sections.begin(), kind_.sections.end(), [&](const Section& of) {
      return of.path == section && (has(of.fields) || std::any_of(of.variants.begin(), of.variants.end(),
                                                                  [&](const auto& more) { return has(more.second); }));
    });
  }

  std::optional<Place> place_of(const std::string& path) {
    const std::vector<std::string> parts = parts_of(path);
    if (std::any_of(parts.begin(), parts.end(), [](const std::string& part) { return part.empty(); })) {
      refuse(path, message("unknown key: a part of its name is empty"), "");
      return std::nullopt;
    }
    Place place;
    const TomlNode* table = &tree_;
    std::size_t at = 0;
    for (; at < parts.size() && !is_field(place.table.section, parts[at]); ++at) {
      const std::string& section = place.table.section;
      const std::string below = section.empty() ? parts[at] : section + "." + parts[at];
      const TomlEntry* const entry = table ? table->find(parts[at]) : nullptr;
      const bool named = !section.empty() && is_section_path(kind_, section + ".*");
      if (named && !is_section_path(kind_, below) && !(entry && entry->node.is_table())) {
        std::vector<std::string> names;
        for (const TomlEntry& other : table ? table->entries : std::vector<TomlEntry>{}) names.push_back(other.key);
        const Message hint = did_you_mean(parts[at], names);
        refuse(path, message("there is no table {} to change", in_quotes(shortened(parts[at]))),
               hint.empty() && !names.empty() ? message("known here: {}", quoted_list(names)) : hint);
        return std::nullopt;
      }
      if (!named && !is_section_path(kind_, below)) break;
      place.table.section = is_section_path(kind_, below) ? below : section + ".*";
      place.table.names.push_back(parts[at]);
      table = entry && entry->node.is_table() ? &entry->node : nullptr;
    }
    if (at == parts.size()) {
      refuse(path, message("is a table, expected a key in it"), "");
      return std::nullopt;
    }
    place.key.assign(parts.begin() + static_cast<std::ptrdiff_t>(at), parts.end());
    const TomlEntry* const value = table ? table->find(place.key.front()) : nullptr;
    place.has_value = value && value->node.is_table() && is_field(place.table.section, place.key.front());
    return place;
  }

  void put(const Place& place, const TomlNode& value) {
    TomlNode* node = &over_;
    for (const std::string& name : place.table.names) node = &table_in(*node, name);
    for (std::size_t i = 0; i < place.key.size(); ++i) {
      node = &table_in(*node, place.key[i]);
      const bool goes_on = i + 1 < place.key.size();
      if (i > 0 || !goes_on || !place.has_value || node->find("merge")) continue;
      TomlNode& merge = table_in(*node, "merge");  // keeps entries that are not repeated
      merge.kind = TomlNode::Kind::flag;
      merge.flag = true;
    }
    *node = value;
    forget_lines(*node);
  }

  /// Removes line numbers: a change in memory is in no line of a file.
  static void forget_lines(TomlNode& node) {
    node.line = node.column = 0;
    for (TomlNode& item : node.items) forget_lines(item);
    for (TomlEntry& entry : node.entries) {
      entry.line = entry.column = 0;
      forget_lines(entry.node);
    }
  }

  const TomlNode& tree_;
  const FileKind& kind_;
  std::vector<Problem>& problems_;
  TomlNode over_;
  std::vector<ChangedTable> tables_;
};

}  // namespace

std::string ChangedTable::path() const { return fmt::format("{}", fmt::join(names, ".")); }

void Settings::Data::take_over(const Data& again, const std::set<std::string>& table_paths) {
  const std::vector<SettingsEntry> before = std::exchange(entries, {});
  index.clear();
  for (const SettingsEntry& entry : before) {
    const std::size_t dot = entry.path.rfind('.');
    const bool replaced = table_paths.contains(dot == std::string::npos ? "" : entry.path.substr(0, dot));
    if (const SettingsEntry* const now = replaced ? again.find(entry.path) : &entry) add(*now);
  }
  for (const SettingsEntry& entry : again.entries)
    if (!find(entry.path)) add(entry);
  for (const auto& [table, origin] : again.table_origins) table_origins[table] = origin;
  for (const Problem& warning : again.warnings)
    if (std::none_of(warnings.begin(), warnings.end(),
                     [&](const Problem& known) { return to_text(known) == to_text(warning); }))
      warnings.push_back(warning);
}

Settings Settings::with_changes(const std::vector<SettingsChange>& changes, const FileKind& kind,
                                const std::string& said_in, std::vector<Problem>& problems) const {
  if (changes.empty()) return *this;
  if (!data_->tree) throw std::logic_error("settings that were never read have no keys to change");
  const std::size_t before = problems.size();
  Changes over(*data_->tree, kind, said_in, problems);
  for (std::size_t i = 0; i < changes.size(); ++i) {
    const auto same = std::find_if(changes.begin(), changes.begin() + static_cast<std::ptrdiff_t>(i),
                                   [&](const SettingsChange& other) { return overlap(other.key, changes[i].key); });
    if (same != changes.begin() + static_cast<std::ptrdiff_t>(i))
      problems.push_back({Origin{said_in}, changes[i].key, message("is said twice, beside {}", same->key), ""});
    else
      over.add(changes[i]);
  }
  std::vector<Problem> warnings;
  TomlNode tree = *data_->tree;
  if (problems.size() == before) lay_over(tree, std::move(over.over()), kind, problems, warnings);
  if (problems.size() > before) return *this;
  return read_again(*this, std::move(tree), over.tables(), kind, std::move(warnings), problems);
}

}  // namespace tuopin
