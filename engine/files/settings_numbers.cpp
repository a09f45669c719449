// Values with evidence: quantities, bare numbers, and numbers by year.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "engine/files/settings_data.hpp"
#include "engine/files/settings_text.hpp"

namespace tuopin {

namespace {

constexpr double huge = 1e300;
const char* const flow_and_level =
    "by_year is a flow, zero in every year that is not named; from_year is a level, which holds until the next entry";

const std::map<std::string, Shape>& shapes() {
  static const std::map<std::string, Shape> names{{"fixed", Shape::fixed},
                                                  {"triangular", Shape::triangular},
                                                  {"normal", Shape::normal},
                                                  {"lognormal", Shape::lognormal},
                                                  {"uniform", Shape::uniform}};
  return names;
}

const std::map<std::string, Status>& statuses() {
  static const std::map<std::string, Status> names{
      {"published", Status::published}, {"derived", Status::derived}, {"assumption", Status::assumption}};
  return names;
}

template <typename T>
std::vector<std::string> names_of(const std::map<std::string, T>& map) {
  std::vector<std::string> names;
  for (const auto& [name, value] : map) names.push_back(name);
  return names;
}

bool is_text(const TomlEntry* entry) { return entry && entry->node.kind == TomlNode::Kind::text; }

Status status_of_source(const std::string& source) {
  if (source.empty() || source.starts_with("assumption") || source.starts_with("Assumption")) return Status::assumption;
  return source.starts_with("derived") || source.starts_with("Derived") ? Status::derived : Status::published;
}

/// A four-digit year, or 0.
int year_of(const std::string& key) {
  if (key.size() != 4 || !std::all_of(key.begin(), key.end(), [](char c) { return c >= '0' && c <= '9'; })) return 0;
  const int year = std::stoi(key);
  return year >= 1900 && year <= 2200 ? year : 0;
}

}  // namespace

const std::vector<std::string>& series_keys() {
  static const std::vector<std::string> keys{"relative_range", "shape", "unit", "source", "grade", "status", "reason"};
  return keys;
}

bool stands_beside_its_qualifiers(const Field& field) {
  return is_series(field.kind) && (field.key == "by_year" || field.key == "from_year");
}

bool ValueReader::read_status(const TomlNode& table, const std::string& path, Quantity& quantity) {
  quantity.status = status_of_source(quantity.source);
  const TomlEntry* status = table.find("status");
  if (!status) return true;
  const Field field{"status", FieldKind::choice, "", "", -huge, huge, false, "", names_of(statuses())};
  const auto name = read_choice(field, status->node, path + ".status");
  if (name) quantity.status = statuses().at(std::get<std::string>(*name));
  return name.has_value();
}

bool ValueReader::read_range(const TomlNode& table, const std::string& path, const char* range_key,
                             Quantity& quantity) {
  quantity.low = quantity.high = quantity.value;
  const TomlEntry* range = table.find(range_key);
  const std::string range_path = path + "." + range_key;
  if (range) {
    const TomlNode& node = range->node;
    if (node.kind != TomlNode::Kind::array || node.items.size() != 2 || !node.items[0].is_number() ||
        !node.items[1].is_number()) {
      refuse(node, range_path, fmt::format("is {}, expected [low, high]", node.in_words()), "the 5% and 95% points");
      return false;
    }
    const double low = node.items[0].number, high = node.items[1].number;
    if (!(low < high)) {
      refuse(node, range_path, fmt::format("is [{}, {}], expected [low, high] with low below high", low, high));
      return false;
    }
    if (!(low <= quantity.value && quantity.value <= high)) {
      const bool inherited = node.source != table.source;
      refuse(node, range_path, fmt::format("is [{}, {}], expected it to hold the value {}", low, high, quantity.value),
             inherited ? fmt::format("{} changes the value and not its range", table.source->name) : "");
      return false;
    }
    if (low < quantity.lower_bound || high > quantity.upper_bound) {
      refuse(node, range_path,
             fmt::format("is [{}, {}], expected it within the bounds {} to {}", low, high, quantity.lower_bound,
                         quantity.upper_bound));
      return false;
    }
    quantity.low = low;
    quantity.high = high;
    quantity.shape = Shape::triangular;
  }
  const TomlEntry* shape = table.find("shape");
  if (!shape) return true;
  const Field field{"shape", FieldKind::choice, "", "", -huge, huge, false, "", names_of(shapes())};
  const auto name = read_choice(field, shape->node, path + ".shape");
  if (!name) return false;
  quantity.shape = shapes().at(std::get<std::string>(*name));
  if (quantity.shape != Shape::fixed && !range) {
    refuse(shape->node, path + ".shape",
           fmt::format("is {}, which needs a {}", in_quotes(shortened(shape->node.text)), range_key));
    return false;
  }
  if (quantity.shape == Shape::lognormal && !(quantity.low > 0)) {
    refuse(shape->node, path + ".shape", fmt::format("is \"lognormal\", expected a {} above 0", range_key));
    return false;
  }
  return true;
}

bool ValueReader::read_evidence(const Field& field, const TomlNode& table, const std::string& path,
                                const char* range_key, Quantity& quantity) {
  bool good = true;
  for (const char* key : {"unit", "source", "grade", "reason"}) {
    const TomlEntry* entry = table.find(key);
    if (entry && entry->node.kind != TomlNode::Kind::text) {
      refuse(entry->node, path + "." + key, fmt::format("is {}, expected a text", entry->node.in_words()));
      good = false;
    }
  }
  const TomlEntry *unit = table.find("unit"), *source = table.find("source"), *grade = table.find("grade");
  quantity.unit = field.unit;
  if (is_text(unit) && field.unit.empty()) quantity.unit = unit->node.text;
  if (is_text(unit) && !field.unit.empty() && unit->node.text != field.unit) {
    refuse(unit->node, path,
           fmt::format("unit is {}, expected {}", in_quotes(shortened(unit->node.text)), in_quotes(field.unit)));
    good = false;
  }
  if (is_text(source)) quantity.source = source->node.text;
  if (is_text(grade)) {
    quantity.grade = grade->node.text;
    if (grade->node.text != "A" && grade->node.text != "B" && grade->node.text != "C" && grade->node.text != "D") {
      refuse(grade->node, path + ".grade",
             fmt::format("is {}, expected \"A\", \"B\", \"C\" or \"D\"", in_quotes(shortened(grade->node.text))));
      good = false;
    }
  }
  good = read_range(table, path, range_key, quantity) && good;
  return read_status(table, path, quantity) && good;
}

std::optional<SettingsValue> ValueReader::read_quantity(const Field& field, const TomlNode& node,
                                                        const std::string& path) {
  Quantity quantity;
  quantity.name = prefix_ + path;
  quantity.lower_bound = field.lower;
  quantity.upper_bound = field.upper;
  quantity.origin = node.origin();
  if (node.is_number() && field.kind == FieldKind::number) {
    if (!within_bounds(field, node.number, node, path)) return std::nullopt;
    quantity.value = quantity.low = quantity.high = node.number;
    quantity.unit = field.unit;
    quantity.source = bare_source;
    quantity.grade = bare_grade;
    return quantity;
  }
  if (!node.is_table()) return wrong_type(field, node, path);

  static const std::vector<std::string> keys{"value", "unit", "range", "shape", "source", "grade", "status", "reason"};
  bool good = known_keys(node, path, keys);
  const std::vector<std::string> required = field.kind == FieldKind::quantity
                                                ? std::vector<std::string>{"value", "unit", "source"}
                                                : std::vector<std::string>{"value"};
  for (const std::string& key : required) {
    if (node.find(key)) continue;
    refuse(node, path, fmt::format("has no {}", key), fmt::format("expected {}", expected_in_words(field)));
    good = false;
  }
  const TomlEntry* value = node.find("value");
  if (!value) return std::nullopt;
  if (!value->node.is_number())
    return refuse(value->node, path + ".value", fmt::format("is {}, expected a number", value->node.in_words()));
  if (!within_bounds(field, value->node.number, value->node, path)) return std::nullopt;
  quantity.value = value->node.number;
  good = read_evidence(field, node, path, "range", quantity) && good;

  const TomlEntry* source = node.find("source");
  if (is_text(source) && source->node.text.empty() && field.kind == FieldKind::quantity) {
    refuse(source->node, path + ".source", "is empty", "say \"assumption: …\" where there is none");
    good = false;
  }
  // The source of a base file does not vouch for a value that an extending file has put in its place.
  const TomlEntry* status = node.find("status");
  if (source && source->node.source != value->node.source && (!status || status->node.source != value->node.source)) {
    quantity.status = Status::assumption;
    quantity.source = "assumption: value changed by an extending file; the value replaced: " + quantity.source;
  }
  if (!good) return std::nullopt;
  return quantity;
}

std::optional<std::map<int, double>> ValueReader::read_years(const Field& field, const TomlNode& node,
                                                             const std::string& path) {
  std::map<int, double> values;
  bool good = true;
  for (const TomlEntry& entry : node.entries) {
    const std::string year_path = path + "." + shortened(entry.key);
    const int year = year_of(entry.key);
    if (year == 0) {
      problems_.push_back({entry.origin(), path, fmt::format("{} is not a year", in_quotes(shortened(entry.key))),
                           fmt::format("expected {}", expected_in_words(field))});
      good = false;
    } else if (!entry.node.is_number()) {
      refuse(entry.node, year_path, fmt::format("is {}, expected a number", entry.node.in_words()));
      good = false;
    } else {
      good = within_bounds(field, entry.node.number, entry.node, year_path) && good;
      values[year] = entry.node.number;
    }
  }
  if (good && field.kind == FieldKind::level && values.empty()) {
    refuse(node, path, "names no year", "a level needs a first year from which it holds");
    good = false;
  }
  if (!good) return std::nullopt;
  return values;
}

std::optional<SettingsValue> ValueReader::read_series(const Field& field, const TomlNode& node, const std::string& path,
                                                      const TomlNode& table) {
  const bool flow = field.kind == FieldKind::flow, beside = stands_beside_its_qualifiers(field);
  const char* const key = flow ? "by_year" : "from_year";
  const char* const other = flow ? "from_year" : "by_year";
  if (!node.is_table())
    return wrong_type(
        field, node, path,
        fmt::format("{}{} = {{ 2016 = … }}{}", beside ? "" : field.key + " = { ", key, beside ? "" : " }"));
  const TomlNode* years = &node;
  bool good = true;
  if (!beside) {
    if (const TomlEntry* wrong = node.find(other)) {
      problems_.push_back(
          {wrong->origin(), path, fmt::format("is given as {}, expected {}", other, key), flow_and_level});
      return std::nullopt;
    }
    std::vector<std::string> keys = series_keys();
    keys.insert(keys.begin(), key);
    good = known_keys(node, path, keys);
    const TomlEntry* entry = node.find(key);
    if (!entry) return refuse(node, path, fmt::format("has no {}", key), flow_and_level);
    if (!entry->node.is_table()) return wrong_type(field, entry->node, path + "." + key);
    years = &entry->node;
  }
  const auto values = read_years(field, *years, path);

  YearSeries series;
  series.flow = flow;
  series.origin = node.origin();
  series.factor.name = prefix_ + path;
  series.factor.value = 1;
  series.factor.origin = node.origin();
  // The factor may move no year's value over a bound of the field.
  series.factor.lower_bound = 0;
  series.factor.upper_bound = huge;
  for (const auto& [year, value] : values.value_or(std::map<int, double>{})) {
    if (!(value > 0)) continue;
    if (field.upper < huge) series.factor.upper_bound = std::min(series.factor.upper_bound, field.upper / value);
    if (field.lower > 0) series.factor.lower_bound = std::max(series.factor.lower_bound, field.lower / value);
  }
  const TomlNode& qualifiers = beside ? table : node;
  const std::size_t dot = path.rfind('.');
  const std::string qualifier_path = beside ? (dot == std::string::npos ? "" : path.substr(0, dot)) : path;
  good = read_evidence(field, qualifiers, qualifier_path, "relative_range", series.factor) && good;
  if (!values || !good) return std::nullopt;
  series.values = *values;
  return series;
}

}  // namespace tuopin
