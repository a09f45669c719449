// Values of plain fields: texts, flags, integers, names, windows, shares, files. Each error says what was expected.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "engine/files/limits.hpp"
#include "engine/settings/settings_data.hpp"
#include "engine/settings/settings_text.hpp"

namespace tuopin {

namespace {

constexpr double share_tolerance = 1e-6 + 1e-12;  // three thirds of six digits are 1e-6 short, and roundings more

}  // namespace

bool is_series(FieldKind kind) { return kind == FieldKind::flow || kind == FieldKind::level; }

Message expected_in_words(const Field& field) {
  const bool unitless = field.unit.empty() || field.unit == "1";
  switch (field.kind) {
    case FieldKind::text: return message("a text");
    case FieldKind::translated: return message("a text or { en = \"…\", zh = \"…\" }");
    case FieldKind::flag: return message("true or false");
    case FieldKind::integer: return message("an integer");
    case FieldKind::number:
      return unitless ? message("a number") : message("a number in {}", unit_in_words(field.unit));
    case FieldKind::quantity:
      return Message::together({Message::verbatim("{ value = …, unit = "),
                                unit_in_quotes(field.unit.empty() ? "…" : field.unit),
                                Message::verbatim(", source = \"…\" }")});
    case FieldKind::flow: return message("numbers by year such as {}", "{ 2016 = 1.0 }");
    case FieldKind::level: return message("numbers from a year on such as {}", "{ 2016 = 1.0 }");
    case FieldKind::rule: return message("a rule as text");
    case FieldKind::names: return message("a list of names");
    case FieldKind::window: return message("[first year, last year]");
    case FieldKind::choice:
      return field.choices.size() == 1 ? Message::verbatim(quoted_list(field.choices))
                                       : message("one of {}", quoted_list(field.choices));
    case FieldKind::shares: return message("shares by name such as {}", "{ central = 0.8, county = 0.2 }");
    case FieldKind::file: return message("the path of a file as text");
  }
  return "";
}

std::nullopt_t ValueReader::refuse(const TomlNode& node, const std::string& path, Message what, Message hint) {
  problems_.push_back({node.origin(), path, std::move(what), std::move(hint)});
  return std::nullopt;
}

std::nullopt_t ValueReader::wrong_type(const Field& field, const TomlNode& node, const std::string& path,
                                       Message hint) {
  return refuse(node, path, message("is {}, expected {}", node.in_words(), expected_in_words(field)), std::move(hint));
}

bool ValueReader::within_bounds(const Field& field, double value, const TomlNode& node, const std::string& path,
                                const Message& typed) {
  const Message in_own_unit = with_unit(value, field.unit);
  const Message number = typed.empty() ? in_own_unit : message("{} ({})", typed, in_own_unit);
  if (!std::isfinite(value)) {
    refuse(node, path, message("is {}, expected {}", number, message("a finite number")));
    return false;
  }
  if (value >= field.lower && value <= field.upper) return true;
  const bool open_below = field.lower <= -1e300, open_above = field.upper >= 1e300;
  const Message bounds = open_above   ? message("at least {}", field.lower)
                         : open_below ? message("at most {}", field.upper)
                                      : message("{} to {}", field.lower, field.upper);
  refuse(node, path, message("is {}, expected {}", number, with_unit(bounds, field.unit)));
  return false;
}

bool ValueReader::known_keys(const TomlNode& table, const std::string& path, const std::vector<std::string>& keys) {
  bool all_known = true;
  for (const TomlEntry& entry : table.entries) {
    if (std::find(keys.begin(), keys.end(), entry.key) != keys.end()) continue;
    if (entry.key == "merge") {
      problems_.push_back({entry.origin(), path + ".merge", merge_left_over, merge_hint});
      all_known = false;
      continue;
    }
    Message hint = did_you_mean(entry.key, keys);
    const bool half_a_range = entry.key == "low" || entry.key == "high";
    if (half_a_range && std::find(keys.begin(), keys.end(), "range") != keys.end())
      hint = message("range = [low, high]");
    if (hint.empty()) hint = message("known here: {}", quoted_list(keys));
    problems_.push_back({entry.origin(), path + "." + shortened(entry.key), message("unknown key"), std::move(hint)});
    all_known = false;
  }
  return all_known;
}

std::optional<SettingsValue> ValueReader::read(const Field& field, const TomlNode& node, const std::string& path,
                                               const TomlNode& table) {
  switch (field.kind) {
    case FieldKind::text:
    case FieldKind::rule:
      if (node.kind != TomlNode::Kind::text) return wrong_type(field, node, path);
      if (field.required && node.text.find_first_not_of(" \t\r\n") == std::string::npos)
        return refuse(node, path, message("is empty"), field.meaning);
      return node.text;
    case FieldKind::flag:
      if (node.kind != TomlNode::Kind::flag) return wrong_type(field, node, path);
      return node.flag;
    case FieldKind::choice: return read_choice(field, node, path);
    case FieldKind::translated: return read_translated(field, node, path);
    case FieldKind::integer: return read_integer(field, node, path);
    case FieldKind::names: return read_names(field, node, path);
    case FieldKind::window: return read_window(field, node, path);
    case FieldKind::shares: return read_shares(field, node, path);
    case FieldKind::file: return read_file(field, node, path);
    case FieldKind::number:
    case FieldKind::quantity: return read_quantity(field, node, path);
    case FieldKind::flow:
    case FieldKind::level: return read_series(field, node, path, table);
  }
  return std::nullopt;
}

std::optional<SettingsValue> ValueReader::read_choice(const Field& field, const TomlNode& node,
                                                      const std::string& path) {
  const auto& choices = field.choices;
  if (node.kind != TomlNode::Kind::text) return wrong_type(field, node, path);
  if (const auto unit = field.counts ? counted_unit(node.text, choices) : std::nullopt) return unit->first;
  if (std::find(choices.begin(), choices.end(), node.text) == choices.end())
    return refuse(node, path, message("is {}, expected {}", in_quotes(shortened(node.text)), expected_in_words(field)),
                  did_you_mean(node.text, choices));
  return node.text;
}

std::optional<SettingsValue> ValueReader::read_translated(const Field& field, const TomlNode& node,
                                                          const std::string& path) {
  if (node.kind == TomlNode::Kind::text) return Text{node.text, node.text};
  if (!node.is_table()) return wrong_type(field, node, path);
  if (!known_keys(node, path, {"en", "zh"})) return std::nullopt;
  Text text;
  for (const auto& [key, target] : {std::pair{"en", &text.en}, std::pair{"zh", &text.zh}}) {
    const TomlEntry* entry = node.find(key);
    if (!entry)
      return refuse(node, path, message("has no text {}", key), message("a plain text stands for both languages"));
    if (entry->node.kind != TomlNode::Kind::text)
      return refuse(entry->node, path + "." + key,
                    message("is {}, expected {}", entry->node.in_words(), message("a text")));
    *target = entry->node.text;
  }
  return text;
}

std::optional<SettingsValue> ValueReader::read_integer(const Field& field, const TomlNode& node,
                                                       const std::string& path) {
  if (node.kind != TomlNode::Kind::integer) return wrong_type(field, node, path);
  if (!within_bounds(field, node.number, node, path)) return std::nullopt;
  return static_cast<long>(node.integer);
}

std::optional<SettingsValue> ValueReader::read_names(const Field& field, const TomlNode& node,
                                                     const std::string& path) {
  if (node.kind != TomlNode::Kind::array || node.is_array_of_tables()) return wrong_type(field, node, path);
  std::vector<std::string> names;
  std::set<std::string> seen;
  bool good = true;
  for (const TomlNode& item : node.items) {
    if (item.kind != TomlNode::Kind::text) {
      refuse(item, path, message("holds {}, expected {}", item.in_words(), message("a name as text")));
      good = false;
    } else if (!seen.insert(item.text).second) {
      refuse(item, path, message("holds {} twice", in_quotes(shortened(item.text))));
      good = false;
    } else if (!field.choices.empty() &&
               std::find(field.choices.begin(), field.choices.end(), item.text) == field.choices.end()) {
      refuse(item, path,
             message("holds {}, expected {}", in_quotes(shortened(item.text)),
                     message("one of {}", quoted_list(field.choices))),
             did_you_mean(item.text, field.choices));
      good = false;
    } else {
      names.push_back(item.text);
    }
  }
  if (!good) return std::nullopt;
  return names;
}

std::optional<SettingsValue> ValueReader::read_window(const Field& field, const TomlNode& node,
                                                      const std::string& path) {
  const auto is_year = [](const TomlNode& item) {
    return item.kind == TomlNode::Kind::integer && item.integer >= first_possible_year &&
           item.integer <= last_possible_year;
  };
  if (node.kind != TomlNode::Kind::array || node.items.size() != 2) return wrong_type(field, node, path);
  for (const TomlNode& item : node.items)
    if (!is_year(item)) return refuse(item, path, message("holds {}, expected {}", item.in_words(), message("a year")));
  const int first = static_cast<int>(node.items[0].integer), last = static_cast<int>(node.items[1].integer);
  if (first > last)
    return refuse(node, path, message("is [{}, {}], expected the first year before the last", first, last));
  return std::pair{first, last};
}

std::optional<SettingsValue> ValueReader::read_shares(const Field& field, const TomlNode& node,
                                                      const std::string& path) {
  if (!node.is_table()) return wrong_type(field, node, path);
  std::map<std::string, double> shares;
  double sum = 0;
  for (const TomlEntry& entry : node.entries) {
    if (entry.key == "merge" && entry.node.kind == TomlNode::Kind::flag)
      return refuse(entry.node, path + ".merge", merge_left_over, merge_hint);
    if (!entry.node.is_number() || !(entry.node.number >= 0 && entry.node.number <= 1))
      return refuse(entry.node, path + "." + shortened(entry.key),
                    message("is {}, expected {}", entry.node.in_words(), message("a share from 0 to 1")));
    shares[entry.key] = entry.node.number;
    sum += entry.node.number;
  }
  if (std::fabs(sum - 1) > share_tolerance)
    return refuse(node, path, message("shares sum to {}, expected 1", fmt::format("{:.12g}", sum)),
                  node.entries.empty() ? message("give each fund its share")
                                       : message("nothing is rescaled: give shares that add up"));
  return shares;
}

std::optional<SettingsValue> ValueReader::read_file(const Field& field, const TomlNode& node, const std::string& path) {
  if (node.kind != TomlNode::Kind::text) return wrong_type(field, node, path);
  std::error_code error;
  const auto file = std::filesystem::absolute(node.source->folder / node.text, error).lexically_normal();
  const auto status = std::filesystem::status(file, error);
  if (status.type() == std::filesystem::file_type::not_found)
    return refuse(node, path, message("no such file: {}", in_quotes(shortened(node.text))), did_you_mean_file(file));
  if (!std::filesystem::is_regular_file(status))
    return refuse(node, path, message("{} is not a file", in_quotes(shortened(node.text))));
  return file;
}

}  // namespace tuopin
