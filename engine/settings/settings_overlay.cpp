// Applies a file to the one that it extends: sections are merged key by key; the value of a key is replaced as a whole.
#include <fmt/format.h>

#include <algorithm>

#include "engine/settings/settings_data.hpp"
#include "engine/settings/settings_text.hpp"
#include "engine/settings/settings_tree.hpp"

namespace tuopin {

namespace {

bool is_true(const TomlEntry* entry) { return entry && entry->node.kind == TomlNode::Kind::flag && entry->node.flag; }

TomlEntry* entry_of(TomlNode& table, std::string_view key) {
  const auto entry =
      std::find_if(table.entries.begin(), table.entries.end(), [&](const TomlEntry& e) { return e.key == key; });
  return entry == table.entries.end() ? nullptr : &*entry;
}

void drop(TomlNode& table, std::string_view key) {
  std::erase_if(table.entries, [&](const TomlEntry& entry) { return entry.key == key; });
}

/// Removes `merge` from a value, or from the years in it, and returns whether it was true. If it is not a flag it stays
/// and is refused when values are read (a fund that is called merge keeps its share).
bool take_merge(TomlNode& value) {
  if (!value.is_table()) return false;
  bool merge = false;
  const auto take = [&](TomlNode& table) {
    const TomlEntry* const entry = table.find("merge");
    if (!entry || entry->node.kind != TomlNode::Kind::flag) return;
    merge = merge || entry->node.flag;
    drop(table, "merge");
  };
  take(value);
  for (const char* years : {"by_year", "from_year"})
    if (TomlEntry* const entry = entry_of(value, years); entry && entry->node.is_table()) take(entry->node);
  return merge;
}

/// The years of a series in which it is not zero.
std::vector<std::string> years_with_numbers(const TomlNode& years) {
  std::vector<std::string> names;
  for (const TomlEntry& entry : years.entries)
    if (entry.node.is_number() && entry.node.number != 0) names.push_back(entry.key);
  std::sort(names.begin(), names.end());
  return names;
}

std::string short_name(const TomlNode& node) {
  return node.source ? std::filesystem::path(node.source->name).filename().string() : "";
}

class Overlay {
 public:
  Overlay(const FileKind& kind, std::vector<Problem>& problems, std::vector<Problem>& warnings)
      : kind_(kind), problems_(problems), warnings_(warnings) {}

  /// `pattern` is the path in the field table ("effect.*"), `path` the one in the file ("effect.post").
  void sections(TomlNode& base, TomlNode&& child, const std::string& pattern, const std::string& path) {
    const std::vector<const Field*> fields = fields_at(pattern);
    stand_in_for_others(base, child, fields);
    series_beside_qualifiers(base, child, fields, path);
    for (TomlEntry& entry : child.entries) {
      TomlEntry* const same = entry_of(base, entry.key);
      if (!same) {
        base.entries.push_back(std::move(entry));
        continue;
      }
      const std::string here = path.empty() ? entry.key : path + "." + entry.key;
      const auto field =
          std::find_if(fields.begin(), fields.end(), [&](const Field* f) { return f->key == entry.key; });
      const bool tables = same->node.is_table() && entry.node.is_table();
      same->line = entry.line;
      same->column = entry.column;
      if (field != fields.end())
        value(same->node, std::move(entry.node), **field, here);
      else if (const auto section = section_pattern(pattern, entry.key); tables && section)
        sections(same->node, std::move(entry.node), *section, here);
      else
        same->node = std::move(entry.node);
    }
    base.source = child.source;
    base.line = child.line;
    base.column = child.column;
  }

 private:
  /// Fields of a section, those of all its variants included.
  std::vector<const Field*> fields_at(const std::string& pattern) const {
    std::vector<const Field*> fields;
    for (const Section& section : kind_.sections) {
      if (section.path != pattern) continue;
      for (const Field& field : section.fields) fields.push_back(&field);
      for (const auto& [name, more] : section.variants)
        for (const Field& field : more) fields.push_back(&field);
    }
    return fields;
  }

  std::optional<std::string> section_pattern(const std::string& pattern, const std::string& key) const {
    for (const std::string& candidate :
         {pattern.empty() ? key : pattern + "." + key, pattern.empty() ? std::string("*") : pattern + ".*"})
      for (const Section& section : kind_.sections)
        if (section.path == candidate || section.path.starts_with(candidate + ".")) return candidate;
    return std::nullopt;
  }

  static bool is_field(const std::vector<const Field*>& fields, const std::string& key) {
    return std::any_of(fields.begin(), fields.end(), [&](const Field* field) { return field->key == key; });
  }

  static void drop_qualifiers(TomlNode& table, const std::vector<const Field*>& fields) {
    for (const std::string& qualifier : series_keys())
      if (!is_field(fields, qualifier)) drop(table, qualifier);
  }

  /// `all = true` takes the place of an inherited by_year, and a by_year that of an inherited all = true.
  static void stand_in_for_others(TomlNode& base, const TomlNode& child, const std::vector<const Field*>& fields) {
    for (const Field* field : fields) {
      if (field->instead_of.empty()) continue;
      const TomlEntry *flag = child.find(field->key), *other = child.find(field->instead_of);
      if (is_true(flag) && !other && base.find(field->instead_of)) {
        drop(base, field->instead_of);
        drop_qualifiers(base, fields);
      }
      if (other && !flag) drop(base, field->key);
    }
  }

  /// Numbers by year whose unit, range and source stand beside them in the section.
  void series_beside_qualifiers(TomlNode& base, TomlNode& child, const std::vector<const Field*>& fields,
                                const std::string& path) {
    for (const Field* field : fields) {
      if (!stands_beside_its_qualifiers(*field)) continue;
      TomlEntry *const own = entry_of(child, field->key), *const inherited = entry_of(base, field->key);
      if (field->unit.empty()) one_count(base, child, fields, path, own && !is_true(child.find("merge")));
      if (!inherited || !inherited->node.is_table()) continue;  // a `merge` that is left over is refused later
      const TomlEntry* const beside = child.find("merge");
      bool merge = is_true(beside);
      if (beside && beside->node.kind == TomlNode::Kind::flag && own) drop(child, "merge");
      TomlEntry* const years = entry_of(child, field->key);
      if (!years || !years->node.is_table()) continue;
      merge = take_merge(years->node) || merge;
      const std::string here = path + "." + field->key;
      if (merge) {
        same_unit(base, child, field->unit, here);
        plain_merge(inherited->node, std::move(years->node));
      } else {
        note_years(inherited->node, years->node, *field, here);
        value(inherited->node, std::move(years->node), *field, here);
        inherited->line = years->line;
        inherited->column = years->column;
        drop_qualifiers(base, fields);
      }
      drop(child, field->key);
    }
  }

  /// What one key holds.
  void value(TomlNode& base, TomlNode&& child, const Field& field, const std::string& path) {
    const bool tables = base.is_table() && child.is_table();
    if (tables && take_merge(child)) {
      same_unit(base, child, field.unit, path);
      return plain_merge(base, std::move(child));
    }
    if (tables && field.kind == FieldKind::flow && !stands_beside_its_qualifiers(field)) {
      const TomlEntry *before = base.find("by_year"), *now = child.find("by_year");
      if (before && now && before->node.is_table() && now->node.is_table())
        note_years(before->node, now->node, field, path);
    }
    if (field.kind == FieldKind::names) note_names(base, child, path);
    const std::string replaced = short_name(base);
    base = std::move(child);
    base.replaces = replaced;
  }

  static void plain_merge(TomlNode& base, TomlNode&& child) {
    for (TomlEntry& entry : child.entries) {
      TomlEntry* const same = entry_of(base, entry.key);
      if (!same) {
        base.entries.push_back(std::move(entry));
        continue;
      }
      same->line = entry.line;
      same->column = entry.column;
      if (same->node.is_table() && entry.node.is_table())
        plain_merge(same->node, std::move(entry.node));
      else
        same->node = std::move(entry.node);
    }
    base.source = child.source;
    base.line = child.line;
    base.column = child.column;
  }

  void note_years(const TomlNode& before, const TomlNode& now, const Field& field, const std::string& path) {
    if (field.kind != FieldKind::flow) return;
    std::vector<std::string> zero;
    for (const std::string& year : years_with_numbers(before))
      if (!now.find(year)) zero.push_back(year);
    if (zero.empty()) return;
    warnings_.push_back({now.origin(), path,
                         message(zero.size() == 1 ? msgid("replaces the whole series of {}: {} becomes zero")
                                                  : msgid("replaces the whole series of {}: {} become zero"),
                                 short_name(before), fmt::format("{}", fmt::join(zero, ", "))),
                         message("merge = true beside the years keeps those that are not said again")});
  }

  /// A list that names some and not others may have been meant as an addition; an empty one can only be meant.
  void note_names(const TomlNode& before, const TomlNode& now, const std::string& path) {
    if (now.items.empty()) return;
    std::vector<std::string> left_out;
    for (const TomlNode& name : before.items)
      if (std::none_of(now.items.begin(), now.items.end(), [&](const TomlNode& n) { return n.text == name.text; }))
        left_out.push_back(name.text);
    if (left_out.empty()) return;
    warnings_.push_back({now.origin(), path,
                         message("replaces the list of {} and drops {}", short_name(before), listed(left_out)),
                         message("a list is not joined to the inherited one: name again what is to stay")});
  }

  /// Numbers that are joined must be in one unit.
  void same_unit(const TomlNode& base, const TomlNode& child, const std::string& own, const std::string& path) {
    const TomlEntry *before = base.find("unit"), *now = child.find("unit");
    if (own.empty() || !now || now->node.kind != TomlNode::Kind::text) return;
    const std::string unit = before && before->node.kind == TomlNode::Kind::text ? before->node.text : own;
    const auto factor = unit_factor(now->node.text, unit);
    if (factor && factor->is_one()) return;
    problems_.push_back({now->node.origin(), path,
                         message("merge = true joins numbers in {} with numbers in {} of {}",
                                 in_quotes(shortened(now->node.text)), in_quotes(shortened(unit)), short_name(base)),
                         message("give both in one unit")});
  }

  /// A count in another multiple (persons, 万人) would change the meaning of the years that are inherited.
  void one_count(const TomlNode& base, const TomlNode& child, const std::vector<const Field*>& fields,
                 const std::string& path, bool replaced) {
    for (const Field* field : fields) {
      const TomlEntry *before = base.find(field->key), *now = child.find(field->key);
      if (!field->counts || replaced || !before || !now) continue;
      const auto was = counted_unit(before->node.text, field->choices),
                 is = counted_unit(now->node.text, field->choices);
      if (!was || !is || was->second.of(1) == is->second.of(1)) continue;
      problems_.push_back({now->node.origin(), path + "." + field->key,
                           message("is {}, where the years of {} are in {}", in_quotes(shortened(now->node.text)),
                                   short_name(base), in_quotes(shortened(before->node.text))),
                           message("give the numbers by year again in the new unit")});
    }
  }

  const FileKind& kind_;
  std::vector<Problem>& problems_;
  std::vector<Problem>& warnings_;
};

}  // namespace

void lay_over(TomlNode& base, TomlNode&& child, const FileKind& kind, std::vector<Problem>& problems,
              std::vector<Problem>& warnings) {
  Overlay(kind, problems, warnings).sections(base, std::move(child), "", "");
}

}  // namespace tuopin
