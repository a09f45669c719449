// Values with evidence: quantities, bare numbers, and numbers by year.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "engine/settings/settings_data.hpp"
#include "engine/settings/settings_text.hpp"

namespace tuopin {

namespace {

constexpr double huge = 1e300;
constexpr double outlier_factor = 1000;
constexpr MessageId flow_and_level = msgid(
    "by_year is a flow, zero in every year that is not named; from_year is a level, which holds until the next entry");

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
  const auto begins = [&](std::initializer_list<std::string_view> words) {
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return source.starts_with(word); });
  };
  if (source.empty() || begins({"assumption", "Assumption", "假设"})) return Status::assumption;
  return begins({"derived", "Derived", "推算"}) ? Status::derived : Status::published;
}

/// A four-digit year, or 0.
int year_of(const std::string& key) {
  if (key.size() != 4 || !std::all_of(key.begin(), key.end(), [](char c) { return c >= '0' && c <= '9'; })) return 0;
  const int year = std::stoi(key);
  return year >= 1900 && year <= 2200 ? year : 0;
}

}  // namespace

std::optional<std::pair<std::string, UnitFactor>> counted_unit(const std::string& typed,
                                                               const std::vector<std::string>& choices) {
  for (const std::string& choice : choices)
    if (const auto factor = unit_factor(typed, choice)) return std::pair{choice, *factor};
  return std::nullopt;
}

std::optional<UnitFactor> field_unit_factor(const Field& field, const std::string& typed) {
  if (typed == field.unit) return UnitFactor{};
  if (field.kind != FieldKind::flow) return unit_factor(typed, field.unit);
  if (is_per_person(typed)) return std::nullopt;
  if (const auto factor = unit_factor(typed, field.unit)) return factor;
  const std::string_view own = field.unit, yearly = "/year";
  return own.ends_with(yearly) ? unit_factor(typed, own.substr(0, own.size() - yearly.size())) : std::nullopt;
}

const std::vector<std::string>& series_keys() {
  static const std::vector<std::string> keys{"relative_range", "shape",  "unit",   "source",
                                             "grade",          "status", "reason", "office"};
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

bool ValueReader::read_range(const TomlNode& table, const std::string& path, const char* range_key, UnitFactor factor,
                             Quantity& quantity) {
  quantity.low = quantity.high = quantity.value;
  quantity.typed.low = quantity.typed.high = quantity.typed.value;
  const TomlEntry* range = table.find(range_key);
  const bool ranges_value = std::string_view(range_key) == "range";
  const std::string range_path = path + "." + range_key;
  if (range) {
    const TomlNode& node = range->node;
    if (node.kind != TomlNode::Kind::array || node.items.size() != 2 || !node.items[0].is_number() ||
        !node.items[1].is_number()) {
      const bool half = node.kind == TomlNode::Kind::array && node.items.size() == 1 && node.items[0].is_number();
      refuse(node, range_path, message("is {}, expected [low, high]", half ? message("half a range") : node.in_words()),
             message("the 5% and 95% points; where only one is known, leave {} out", range_key));
      return false;
    }
    const double typed_low = node.items[0].number, typed_high = node.items[1].number;
    const double low = factor.of(typed_low), high = factor.of(typed_high);
    if (!(low < high)) {
      refuse(node, range_path, message("is [{}, {}], expected [low, high] with low below high", typed_low, typed_high),
             message("where there is no range, leave {} out", range_key));
      return false;
    }
    if (!(low <= quantity.value && quantity.value <= high)) {
      const bool inherited = node.source != table.source;
      refuse(node, range_path,
             message("is [{}, {}], expected it to hold the value {}", typed_low, typed_high,
                     quantity.typed.unit.empty() || !ranges_value ? quantity.value : quantity.typed.value),
             inherited      ? message("{} changes the value and not its range", table.source->name)
             : ranges_value ? message("move the range with the value, or leave the range out")
                            : message("it multiplies every year: give it around 1, or leave it out"));
      return false;
    }
    if (low < quantity.lower_bound || high > quantity.upper_bound) {
      refuse(node, range_path,
             message("is [{}, {}], expected it within the bounds {} to {}", low, high, quantity.lower_bound,
                     quantity.upper_bound),
             typed_low == low && typed_high == high ? "" : message("typed as [{}, {}]", typed_low, typed_high));
      return false;
    }
    quantity.low = low;
    quantity.high = high;
    quantity.typed.low = typed_low;
    quantity.typed.high = typed_high;
    quantity.shape = Shape::triangular;
  }
  return read_shape(table, path, range_key, quantity);
}

bool ValueReader::read_shape(const TomlNode& table, const std::string& path, const char* range_key,
                             Quantity& quantity) {
  const TomlEntry *shape = table.find("shape"), *range = table.find(range_key);
  if (!shape) return true;
  const Field field{"shape", FieldKind::choice, "", "", -huge, huge, false, "", names_of(shapes())};
  const auto name = read_choice(field, shape->node, path + ".shape");
  if (!name) return false;
  quantity.shape = shapes().at(std::get<std::string>(*name));
  if (quantity.shape != Shape::fixed && !range) {
    refuse(shape->node, path + ".shape",
           message("is {}, which needs a {}", in_quotes(shortened(shape->node.text)), range_key));
    return false;
  }
  if (quantity.shape == Shape::lognormal && !(quantity.low > 0)) {
    refuse(shape->node, path + ".shape", message("is \"lognormal\", expected a {} above 0", range_key));
    return false;
  }
  return true;
}

std::optional<UnitFactor> ValueReader::read_unit(const Field& field, const TomlNode& table, const std::string& path,
                                                 Quantity& quantity) {
  const TomlEntry* const unit = table.find("unit");
  quantity.unit = field.unit;
  if (!unit) return UnitFactor{};
  if (!is_text(unit)) {
    refuse(unit->node, path + ".unit", message("is {}, expected {}", unit->node.in_words(), message("a text")));
    return std::nullopt;
  }
  const std::string& typed = unit->node.text;
  if (field.unit.empty()) {  // a count: the unit is a choice of the table, which has read it; else any unit
    const auto count = is_series(field.kind) ? counted_unit(typed, counted) : std::nullopt;
    quantity.unit = count ? count->first : typed;
    if (count && quantity.unit != typed) quantity.typed.unit = typed;
    return count ? count->second : UnitFactor{};
  }
  const auto factor = field_unit_factor(field, typed);
  if (!factor) {
    Message why = why_no_multiple(typed, field.unit);
    if (why.empty() && field.kind == FieldKind::flow && is_per_person(typed))
      why = message("these numbers are sums of a year, not of a head");
    const TomlEntry* const value = table.find("value");
    const bool number = value && value->node.is_number();
    if (Message year = twelve_months(number ? std::optional(value->node.number) : std::nullopt, typed, field.unit);
        !year.empty())
      why = Message::together({why, why.empty() ? Message() : msgid("; "), year});
    refuse(unit->node, path,
           message("unit is {}, expected {}", in_quotes(shortened(typed)), unit_in_quotes(field.unit)), why);
    return std::nullopt;
  }
  if (typed != field.unit) quantity.typed.unit = typed;
  return factor;
}

bool ValueReader::read_evidence(const TomlNode& table, const std::string& path, const char* range_key,
                                UnitFactor factor, Quantity& quantity) {
  bool good = true;
  for (const char* key : {"source", "grade", "reason"}) {
    const TomlEntry* entry = table.find(key);
    if (entry && entry->node.kind != TomlNode::Kind::text) {
      refuse(entry->node, path + "." + key, message("is {}, expected {}", entry->node.in_words(), message("a text")));
      good = false;
    }
  }
  const TomlEntry *source = table.find("source"), *grade = table.find("grade");
  if (is_text(source)) quantity.source = source->node.text;
  if (is_text(grade)) {
    quantity.grade = grade->node.text;
    if (grade->node.text != "A" && grade->node.text != "B" && grade->node.text != "C" && grade->node.text != "D") {
      refuse(grade->node, path + ".grade",
             message("is {}, expected \"A\", \"B\", \"C\" or \"D\"", in_quotes(shortened(grade->node.text))));
      good = false;
    }
  }
  if (const TomlEntry* office = table.find("office")) {
    const Field field{"office", FieldKind::translated, "", "", -huge, huge, false, "", {}};
    const auto name = read_translated(field, office->node, path + ".office");
    if (name) quantity.office = std::get<Text>(*name);
    good = name.has_value() && good;
  }
  good = read_range(table, path, range_key, factor, quantity) && good;
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

  static const std::vector<std::string> keys{"value", "unit",   "range",  "shape", "source",
                                             "grade", "status", "reason", "office"};
  bool good = known_keys(node, path, keys);
  const std::vector<std::string> required = field.kind == FieldKind::quantity
                                                ? std::vector<std::string>{"value", "unit", "source"}
                                                : std::vector<std::string>{"value"};
  for (const std::string& key : required) {
    if (node.find(key)) continue;
    const Message all = message("expected {}", expected_in_words(field));
    refuse(node, path, message("has no {}", key),
           node.replaces.empty() ? all
                                 : message("it replaces the whole of {}; expected {}, or merge = true in it",
                                           node.replaces, expected_in_words(field)));
    good = false;
  }
  const TomlEntry* value = node.find("value");
  if (!value) return std::nullopt;
  if (!value->node.is_number())
    return refuse(value->node, path + ".value",
                  message("is {}, expected {}", value->node.in_words(), message("a number")));
  const auto factor = read_unit(field, node, path, quantity);
  const double typed = value->node.number;
  const Message words = quantity.typed.unit.empty() ? "" : with_unit(typed, quantity.typed.unit);
  if (factor && !within_bounds(field, factor->of(typed), value->node, path, words)) return std::nullopt;
  quantity.value = factor ? factor->of(typed) : typed;
  quantity.typed.value = typed;
  if (!factor) quantity.lower_bound = -huge, quantity.upper_bound = huge;  // bounds are judged in the field's unit
  good = read_evidence(node, path, "range", factor.value_or(UnitFactor{}), quantity) && factor && good;

  const TomlEntry* source = node.find("source");
  if (is_text(source) && source->node.text.empty() && field.kind == FieldKind::quantity) {
    refuse(source->node, path + ".source", message("is empty"), message("say \"assumption: …\" where there is none"));
    good = false;
  }
  // The source given in a base file does not apply to a value that an extending file has replaced.
  const TomlEntry* status = node.find("status");
  if (source && source->node.source != value->node.source && (!status || status->node.source != value->node.source)) {
    quantity.status = Status::assumption;
    quantity.source = "assumption: value changed by an extending file; the value replaced: " + quantity.source;
  }
  if (!good) return std::nullopt;
  return quantity;
}

bool ValueReader::read_years(const Field& field, const TomlNode& node, const std::string& path, UnitFactor factor,
                             YearSeries& series) {
  const std::string& unit = series.factor.typed.unit;
  bool good = true;
  for (const TomlEntry& entry : node.entries) {
    const std::string year_path = path + "." + shortened(entry.key);
    const int year = year_of(entry.key);
    if (entry.key == "merge") {
      problems_.push_back({entry.origin(), year_path, merge_left_over, merge_hint});
      good = false;
    } else if (year == 0) {
      problems_.push_back({entry.origin(), path, message("{} is not a year", in_quotes(shortened(entry.key))),
                           message("expected {}", expected_in_words(field))});
      good = false;
    } else if (!entry.node.is_number()) {
      refuse(entry.node, year_path, message("is {}, expected {}", entry.node.in_words(), message("a number")));
      good = false;
    } else {
      const double typed = entry.node.number, value = factor.of(typed);
      const Message words = unit.empty() ? "" : with_unit(typed, unit);
      good = within_bounds(field, value, entry.node, year_path, words) && good;
      series.values[year] = value;
      series.typed_values[year] = typed;
      series.origins[year] = entry.origin();
    }
  }
  if (good && field.kind == FieldKind::level && series.values.empty()) {
    refuse(node, path, message("names no year"), message("a level needs a first year from which it holds"));
    good = false;
  }
  return good;
}

void ValueReader::ask_about_outliers(const YearSeries& series, const std::string& path, const std::string& unit) {
  std::vector<std::pair<int, double>> years;
  for (const auto& [year, value] : series.typed_values)
    if (value != 0) years.emplace_back(year, std::fabs(value));
  if (years.size() < 2) return;
  std::vector<double> sorted;
  for (const auto& [year, value] : years) sorted.push_back(value);
  std::sort(sorted.begin(), sorted.end());
  const double middle = sorted[sorted.size() / 2];  // of two, the larger: a slip more often leaves zeros out
  const auto apart = [](double a, double b) { return a >= outlier_factor * b || b >= outlier_factor * a; };
  for (std::size_t i = 0; i < years.size(); ++i) {
    const auto [year, value] = years[i];
    const bool before = i == 0 || apart(value, years[i - 1].second);
    const bool after = i + 1 == years.size() || apart(value, years[i + 1].second);
    if (!before || !after || !apart(value, middle)) continue;
    const auto& near = i == 0 ? years[1] : years[i - 1];
    warnings_.push_back(
        {series.origins.at(year), fmt::format("{}.{}", path, year),
         message("is {} where {} is {}: is the unit the same?", with_unit(series.typed_values.at(year), unit),
                 near.first, series.typed_values.at(near.first)),
         message("a thousandfold step from all its neighbours is most often a slip")});
  }
}

std::optional<SettingsValue> ValueReader::read_series(const Field& field, const TomlNode& node, const std::string& path,
                                                      const TomlNode& table) {
  const bool flow = field.kind == FieldKind::flow, beside = stands_beside_its_qualifiers(field);
  const char* const key = flow ? "by_year" : "from_year";
  const char* const other = flow ? "from_year" : "by_year";
  if (!node.is_table())
    return wrong_type(field, node, path,
                      Message::verbatim(fmt::format("{}{} = {{ 2016 = … }}{}", beside ? "" : field.key + " = { ", key,
                                                    beside ? "" : " }")));
  const TomlNode* years = &node;
  bool good = true;
  if (!beside) {
    if (const TomlEntry* wrong = node.find(other)) {
      problems_.push_back({wrong->origin(), path, message("is given as {}, expected {}", other, key), flow_and_level});
      return std::nullopt;
    }
    std::vector<std::string> keys = series_keys();
    keys.insert(keys.begin(), key);
    good = known_keys(node, path, keys);
    const TomlEntry* entry = node.find(key);
    if (!entry) return refuse(node, path, message("has no {}", key), flow_and_level);
    if (!entry->node.is_table()) return wrong_type(field, entry->node, path + "." + key);
    years = &entry->node;
  }
  YearSeries series;
  series.flow = flow;
  series.origin = node.origin();
  series.factor.name = prefix_ + path;
  series.factor.value = 1;
  series.factor.origin = node.origin();
  // The factor may move no year's value over a bound of the field.
  series.factor.lower_bound = 0;
  series.factor.upper_bound = huge;
  const TomlNode& qualifiers = beside ? table : node;
  const std::size_t dot = path.rfind('.');
  const std::string qualifier_path = beside ? (dot == std::string::npos ? "" : path.substr(0, dot)) : path;
  const auto factor = read_unit(field, qualifiers, qualifier_path, series.factor);
  Field unbounded = field;  // numbers in a wrong unit are not judged by their size
  if (!factor) unbounded.lower = -huge, unbounded.upper = huge;
  good = read_years(unbounded, *years, path, factor.value_or(UnitFactor{}), series) && factor && good;
  for (const auto& [year, value] : series.values) {
    if (!(value > 0) || !good) continue;
    if (field.upper < huge) series.factor.upper_bound = std::min(series.factor.upper_bound, field.upper / value);
    if (field.lower > 0) series.factor.lower_bound = std::max(series.factor.lower_bound, field.lower / value);
  }
  good = read_evidence(qualifiers, qualifier_path, "relative_range", {}, series.factor) && good;
  if (!good) return std::nullopt;
  const std::string& typed_unit = series.factor.typed.unit;
  ask_about_outliers(series, path, typed_unit.empty() ? series.factor.unit : typed_unit);
  return series;
}

}  // namespace tuopin
