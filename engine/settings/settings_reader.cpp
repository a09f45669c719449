// The check of a file against its field table: every key known, every required one there, defaults filled in.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "engine/settings/settings_data.hpp"
#include "engine/settings/settings_text.hpp"

namespace tuopin {

namespace {

constexpr std::size_t max_problems = 200;

std::string joined(const std::string& path, const std::string& key) { return path.empty() ? key : path + "." + key; }

bool is_plain_name(const std::string& name) {
  return !name.empty() && name.size() <= 64 && std::all_of(name.begin(), name.end(), [](unsigned char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
}

/// The default of a field as a node without an origin.
TomlNode default_node(const Field& field) {
  std::vector<Problem> problems;
  const auto source = std::make_shared<const TomlSource>(TomlSource{"default", ""});
  const auto tree = parse_toml("x = " + field.default_text, source, problems);
  if (!tree) throw std::logic_error(fmt::format("default of {}: {}", field.key, to_text(problems.front())));
  TomlNode node = tree->entries.front().node;
  return node;
}

}  // namespace

class SettingsReader {
 public:
  SettingsReader(const FileKind& kind, const std::string& quantity_prefix, std::vector<Problem>& problems)
      : kind_(kind), problems_(problems), values_(quantity_prefix, problems, data_->warnings) {
    data_->quantity_prefix = quantity_prefix;
  }

  static const Settings::Data& data_of(const Settings& settings) { return *settings.data_; }
  /// What the reading of the tree asks about comes first.
  std::vector<Problem>& warnings() { return data_->warnings; }

  Settings read(const std::filesystem::path& path, const std::optional<TomlNode>& tree) {
    data_->path = path;
    if (tree) {
      data_->source = tree->source;
      data_->tree = std::make_shared<const TomlNode>(*tree);
      root_ = {path.string(), 1, 0};
      before_ = problems_.size();
      read_evidence_of_bare_numbers(*tree);
      read_table(*tree, "", "");
      report_missing_tables();
      fill_absent_tables();
      std::stable_sort(problems_.begin() + static_cast<std::ptrdiff_t>(before_), problems_.end(),
                       [](const Problem& a, const Problem& b) {
                         return a.origin.file == b.origin.file && a.origin.line < b.origin.line;
                       });
    }
    return finished();
  }

  /// Reads some tables of a changed tree; the rest is `base` as it was.
  Settings read_again(const Settings::Data& base, TomlNode tree, const std::vector<ChangedTable>& tables) {
    before_ = problems_.size();
    read_evidence_of_bare_numbers(tree);
    std::set<std::string> changed;
    for (const ChangedTable& table : tables) {
      if (table.path() == "evidence") return read(base.path, tree);  // the grade of every bare number
      const TomlNode* node = &tree;
      for (const std::string& name : table.names) node = &node->find(name)->node;
      TomlNode own = *node;
      std::erase_if(own.entries, [&](const TomlEntry& entry) {
        return is_table_path(joined(table.section, entry.key)) ||
               (!table.section.empty() && is_table_path(table.section + ".*"));
      });
      root_ = own.origin();
      read_table(own, table.path(), table.section);
      changed.insert(table.path());
    }
    const std::shared_ptr<Settings::Data> again = std::exchange(data_, std::make_shared<Settings::Data>(base));
    data_->tree = std::make_shared<const TomlNode>(std::move(tree));
    data_->take_over(*again, changed);
    return finished();
  }

 private:
  Settings finished() const {
    Settings settings;
    settings.data_ = data_;
    return settings;
  }

  const Section* section_of(const std::string& pattern) const {
    const auto found = std::find_if(kind_.sections.begin(), kind_.sections.end(),
                                    [&](const Section& section) { return section.path == pattern; });
    return found == kind_.sections.end() ? nullptr : &*found;
  }

  bool is_table_path(const std::string& pattern) const { return is_section_path(kind_, pattern); }

  /// Names of the tables that may stand in a table: "" → {"growth", "effect", …}.
  std::vector<std::string> table_names(const std::string& pattern) const {
    const std::string start = pattern.empty() ? "" : pattern + ".";
    std::vector<std::string> names;
    for (const Section& section : kind_.sections) {
      if (!section.path.starts_with(start) || section.path.size() == start.size()) continue;
      const std::string name = section.path.substr(start.size(), section.path.find('.', start.size()) - start.size());
      if (name != "*" && std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
    return names;
  }

  void report(Origin origin, std::string key, Message what, Message hint = "") {
    problems_.push_back({std::move(origin), std::move(key), std::move(what), std::move(hint)});
  }

  void read_evidence_of_bare_numbers(const TomlNode& root) {
    const TomlEntry* evidence = root.find("evidence");
    if (!section_of("evidence") || !evidence || !evidence->node.is_table()) return;
    values_.bare_source = "the file's [evidence]";
    const TomlEntry* grade = evidence->node.find("grade");
    if (grade && grade->node.text.size() == 1) values_.bare_grade = grade->node.text;
  }

  /// The fields of a table: those of its section and, where a choice selects more, those of the choice. Nothing when
  /// that choice is missing or wrong: then the other keys cannot be judged.
  std::optional<std::vector<Field>> fields_of(const Section& section, const TomlNode& table, const std::string& path) {
    std::vector<Field> fields = section.fields;
    if (section.discriminator.empty()) return fields;
    std::vector<std::string> variants;
    for (const auto& [name, more] : section.variants) variants.push_back(name);
    const auto known = std::find_if(fields.begin(), fields.end(),
                                    [&](const Field& field) { return field.key == section.discriminator; });
    const Field field = known != fields.end() ? *known : Field{section.discriminator,
                                                               FieldKind::choice,
                                                               msgid("what it does"),
                                                               "",
                                                               -1e300,
                                                               1e300,
                                                               true,
                                                               "",
                                                               variants};
    if (known == fields.end()) fields.insert(fields.begin(), field);
    const TomlEntry* entry = table.find(section.discriminator);
    if (!entry) {
      report_missing(field, table.origin(), path);
      for (const TomlEntry& other : table.entries)
        if (!nearest_name(other.key, {field.key}).empty())
          report(other.origin(), joined(path, shortened(other.key)), message("unknown key"),
                 did_you_mean(other.key, {field.key}));
      return std::nullopt;
    }
    const auto variant = section.variants.find(entry->node.text);
    if (entry->node.kind != TomlNode::Kind::text || variant == section.variants.end()) {
      values_.read(field, entry->node, joined(path, field.key), table);
      return std::nullopt;
    }
    for (const Field& more : variant->second)
      if (more.key != section.discriminator) fields.push_back(more);
    return fields;
  }

  void read_table(const TomlNode& table, const std::string& path, const std::string& pattern) {
    seen_.insert(pattern);
    data_->table_origins[path] = path.empty() ? root_ : table.origin();
    const Section* section = section_of(pattern);
    std::optional<std::vector<Field>> fields{std::vector<Field>{}};
    if (section) fields = fields_of(*section, table, path);
    if (!fields) return;
    values_.counted.clear();
    for (const Field& field : *fields)
      if (field.counts) values_.counted = field.choices;
    for (const TomlEntry& entry : table.entries) {
      if (problems_.size() - before_ >= max_problems) return;  // probably a file of another kind: reading stops
      read_entry(entry, table, *fields, path, pattern);
    }
    complete(*fields, table, path);
    if (section) check_reason(*fields, table, path);
    check_one_of_two(*fields, table, path);
  }

  void read_entry(const TomlEntry& entry, const TomlNode& table, const std::vector<Field>& fields,
                  const std::string& path, const std::string& pattern) {
    const std::string here = joined(path, shortened(entry.key)), child_pattern = joined(pattern, entry.key);
    const auto field =
        std::find_if(fields.begin(), fields.end(), [&](const Field& known) { return known.key == entry.key; });
    if (field != fields.end()) {
      if (entry.node.is_array_of_tables()) return refuse_array_of_tables(entry, here);
      if (auto value = values_.read(*field, entry.node, here, table)) {
        const auto* choice = field->counts ? std::get_if<std::string>(&*value) : nullptr;
        const std::string shown = choice && *choice != entry.node.text ? entry.node.text : "";
        data_->add({here, field->kind, std::move(*value), origin_of(*field, entry.node), true, shown, entry.node.source,
                    field->for_readers});
      }
      return;
    }
    if (is_table_path(child_pattern)) return read_sub_table(entry, here, child_pattern);
    if (is_table_path(pattern + ".*") && !pattern.empty()) {
      if (!is_plain_name(entry.key))
        return report(entry.origin(), here, message("is not a plain name"),
                      message("letters, digits, _ and -, at most 64"));
      data_->tables[path].push_back(entry.key);
      return read_sub_table(entry, here, pattern + ".*");
    }
    if (qualifies_a_series(entry.key, fields)) return;
    if (entry.key == "merge") return report(entry.origin(), here, merge_left_over, merge_hint);
    refuse_unknown(entry, fields, here, pattern);
  }

  void read_sub_table(const TomlEntry& entry, const std::string& path, const std::string& pattern) {
    if (entry.node.is_array_of_tables()) return refuse_array_of_tables(entry, path);
    if (!entry.node.is_table())
      return report(entry.node.origin(), path, message("is {}, expected a table [{}]", entry.node.in_words(), path));
    read_table(entry.node, path, pattern);
  }

  void refuse_array_of_tables(const TomlEntry& entry, const std::string& path) {
    report(entry.node.origin(), path, message("is an array of tables, expected named tables"),
           message("name each one, such as [{}.first]: a file that extends this one can then change it", path));
  }

  static bool qualifies_a_series(const std::string& key, const std::vector<Field>& fields) {
    return std::find(series_keys().begin(), series_keys().end(), key) != series_keys().end() &&
           std::any_of(fields.begin(), fields.end(), stands_beside_its_qualifiers);
  }

  void refuse_unknown(const TomlEntry& entry, const std::vector<Field>& fields, const std::string& path,
                      const std::string& pattern) {
    for (const Field& field : fields) {
      if (!stands_beside_its_qualifiers(field)) continue;
      if (entry.key == (field.kind == FieldKind::flow ? "from_year" : "by_year"))
        return report(
            entry.origin(), path, message("is given where {} is meant", field.key),
            message("by_year is a flow, zero in every year that is not named; from_year is a level, which holds until "
                    "the next entry"));
    }
    std::vector<std::string> names = table_names(pattern);
    for (const Field& field : fields) names.push_back(field.key);
    const Message home = home_of(entry.key);
    Message hint = home.empty() ? did_you_mean(entry.key, names) : home;
    if (hint.empty() && !names.empty()) hint = message("known here: {}", quoted_list(names));
    // A quantity is written as a table but counts as a key.
    const bool is_key = !entry.node.is_table() || !home.empty() || entry.node.find("value") != nullptr ||
                        entry.node.find("by_year") != nullptr || entry.node.find("from_year") != nullptr;
    report(entry.origin(), path, is_key ? message("unknown key") : message("unknown table"), hint);
  }

  /// `it belongs in [income]` for a key that some other table knows, or "".
  Message home_of(const std::string& key) const {
    const auto has = [&](const std::vector<Field>& fields) {
      return std::any_of(fields.begin(), fields.end(), [&](const Field& field) { return field.key == key; });
    };
    for (const Section& section : kind_.sections) {
      const bool named = section.path.ends_with(".*");
      const std::string table = named ? section.path.substr(0, section.path.size() - 1) + "NAME" : section.path;
      if (has(section.fields))
        return table.empty() ? message("it belongs at the top of the file, before the first table")
                             : message("it belongs in [{}]", table);
      for (const auto& [variant, fields] : section.variants)
        if (has(fields))
          return message("it belongs in [{}] with {} = {}", table, section.discriminator, in_quotes(variant));
    }
    return "";
  }

  void report_missing(const Field& field, Origin origin, const std::string& path) {
    report(std::move(origin), joined(path, field.key), message("is missing, expected {}", expected_in_words(field)),
           field.meaning);
  }

  /// Reports required fields that are not there and fills in the defaults of the others.
  void complete(const std::vector<Field>& fields, const TomlNode& table, const std::string& path) {
    for (const Field& field : fields) {
      if (table.find(field.key)) continue;
      const bool other_kind =
          stands_beside_its_qualifiers(field) && table.find(field.kind == FieldKind::flow ? "from_year" : "by_year");
      const bool replaced = std::any_of(fields.begin(), fields.end(), [&](const Field& other) {
        const TomlEntry* flag = other.instead_of == field.key ? table.find(other.key) : nullptr;
        return flag && flag->node.kind == TomlNode::Kind::flag && flag->node.flag;
      });
      if (field.required && !other_kind && !replaced) report_missing(field, data_->table_origins[path], path);
      if (!field.default_text.empty()) add_default(field, path);
    }
  }

  void add_default(const Field& field, const std::string& path) {
    const TomlNode node = default_node(field);
    const std::string here = joined(path, field.key);
    const std::size_t before = problems_.size();
    auto value = values_.read(field, node, here, TomlNode{});
    if (!value || problems_.size() != before)
      throw std::logic_error(fmt::format("the default of {} is not valid", here));
    if (auto* quantity = std::get_if<Quantity>(&*value)) {
      quantity->source = "the default";
      quantity->grade.clear();
      quantity->origin = data_->table_origins[path];
    }
    data_->add({here, field.kind, std::move(*value), data_->table_origins[path], false, "", nullptr});
  }

  /// A part that is left out must say why: `off = true` needs `reason`.
  void check_reason(const std::vector<Field>& fields, const TomlNode& table, const std::string& path) {
    const bool asks = std::any_of(fields.begin(), fields.end(), [](const Field& f) { return f.key == "off"; }) &&
                      std::any_of(fields.begin(), fields.end(), [](const Field& f) { return f.key == "reason"; });
    const TomlEntry *off = table.find("off"), *reason = table.find("reason");
    if (!asks || !off || off->node.kind != TomlNode::Kind::flag || !off->node.flag) return;
    if (!reason || reason->node.text.empty())
      report(off->node.origin(), joined(path, "off"), message("is true without a reason"),
             message("reason = \"…\" beside it is needed"));
  }

  /// A flag and what it stands in place of are never both given.
  void check_one_of_two(const std::vector<Field>& fields, const TomlNode& table, const std::string& path) {
    for (const Field& field : fields) {
      const TomlEntry* flag = field.instead_of.empty() ? nullptr : table.find(field.key);
      if (!flag || flag->node.kind != TomlNode::Kind::flag || !flag->node.flag || !table.find(field.instead_of))
        continue;
      report(flag->origin(), joined(path, field.key), message("is true beside {}", field.instead_of),
             message("give either {} or {} = true", field.instead_of, field.key));
    }
  }

  void report_missing_tables() {
    for (const Section& section : kind_.sections) {
      if (!section.required || section.path.empty() || seen_.contains(section.path)) continue;
      if (section.path.find(".*.") != std::string::npos) continue;
      const bool named = section.path.ends_with(".*");
      const std::string path = named ? section.path.substr(0, section.path.size() - 2) : section.path;
      report(root_, path,
             named ? message("is missing, expected at least one table such as [{}.first]", path)
                   : message("is missing, expected a table [{}]", path),
             section.meaning);
    }
  }

  void fill_absent_tables() {
    for (const Section& section : kind_.sections) {
      if (seen_.contains(section.path) || section.path.find('*') != std::string::npos) continue;
      data_->table_origins[section.path] = root_;
      for (const Field& field : section.fields)
        if (!field.default_text.empty()) add_default(field, section.path);
    }
  }

  /// A rule starts after its opening quote, so that a column inside it adds up.
  static Origin origin_of(const Field& field, const TomlNode& node) {
    Origin origin = node.origin();
    if (field.kind == FieldKind::rule) ++origin.column;
    return origin;
  }

  const FileKind& kind_;
  std::vector<Problem>& problems_;
  std::shared_ptr<Settings::Data> data_ = std::make_shared<Settings::Data>();
  ValueReader values_;
  std::set<std::string> seen_;
  std::size_t before_ = 0;  ///< problems that were there before this file
  Origin root_;
};

bool is_section_path(const FileKind& kind, const std::string& path) {
  return std::any_of(kind.sections.begin(), kind.sections.end(), [&](const Section& section) {
    return section.path == path || section.path.starts_with(path + ".");
  });
}

Settings read_again(const Settings& base, TomlNode tree, const std::vector<ChangedTable>& tables, const FileKind& kind,
                    std::vector<Problem> warnings, std::vector<Problem>& problems) {
  const std::size_t before = problems.size();
  SettingsReader reader(kind, SettingsReader::data_of(base).quantity_prefix, problems);
  reader.warnings() = std::move(warnings);
  Settings again = reader.read_again(SettingsReader::data_of(base), std::move(tree), tables);
  return problems.size() > before ? base : again;
}

Settings load_settings(const std::filesystem::path& path, const FileKind& kind, const std::string& quantity_prefix,
                       std::vector<Problem>& problems) {
  SettingsReader reader(kind, quantity_prefix, problems);
  const auto tree = read_toml_file(path, kind, problems, reader.warnings());
  return reader.read(path, tree);
}

Settings load_settings_text(std::string_view text, const std::filesystem::path& folder, const std::string& name,
                            const FileKind& kind, const std::string& quantity_prefix, std::vector<Problem>& problems) {
  SettingsReader reader(kind, quantity_prefix, problems);
  const auto tree = read_toml_text(text, folder, name, kind, problems, reader.warnings());
  return reader.read(name, tree);
}

}  // namespace tuopin
