// Settings as a value: getters, drawn copies, and the canonical text that is hashed and stored.
#include "engine/settings/settings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "engine/settings/settings_data.hpp"
#include "engine/settings/settings_text.hpp"

namespace tuopin {

namespace {

/// A missing key or one of another kind is a defect of the caller, who can ask has() first.
template <typename T>
const T& value_of(const SettingsEntry* entry, std::string_view path) {
  if (!entry) throw std::logic_error(fmt::format("settings hold no {}", path));
  const T* value = std::get_if<T>(&entry->value);
  if (!value) throw std::logic_error(fmt::format("setting {} is of another kind", path));
  return *value;
}

const char* name_of(Shape shape) {
  switch (shape) {
    case Shape::fixed: return "fixed";
    case Shape::triangular: return "triangular";
    case Shape::normal: return "normal";
    case Shape::lognormal: return "lognormal";
    case Shape::uniform: return "uniform";
  }
  return "";
}

const char* name_of(Status status) {
  switch (status) {
    case Status::published: return "published";
    case Status::derived: return "derived";
    case Status::assumption: return "assumption";
  }
  return "";
}

/// `name = text` pairs that say all of a quantity but its value.
std::vector<std::string> evidence_in_toml(const Quantity& quantity, const char* range_key) {
  std::vector<std::string> pairs;
  const bool as_typed = !quantity.typed.unit.empty() && std::string_view(range_key) == "range";
  const double low = as_typed ? quantity.typed.low : quantity.low,
               high = as_typed ? quantity.typed.high : quantity.high;
  const std::string& unit = quantity.typed.unit.empty() ? quantity.unit : quantity.typed.unit;
  if (!quantity.grade.empty()) pairs.push_back("grade = " + in_quotes(quantity.grade));
  if (quantity.low != quantity.high)
    pairs.push_back(fmt::format("{} = [{}, {}]", range_key, toml_float(low), toml_float(high)));
  pairs.push_back(fmt::format("shape = {}", in_quotes(name_of(quantity.shape))));
  pairs.push_back("source = " + in_quotes(quantity.source));
  pairs.push_back(fmt::format("status = {}", in_quotes(name_of(quantity.status))));
  if (!unit.empty()) pairs.push_back("unit = " + in_quotes(unit));
  return pairs;
}

std::string years_in_toml(const YearSeries& series) {
  std::vector<std::string> pairs;
  const bool as_typed = !series.factor.typed.unit.empty();
  for (const auto& [year, value] : as_typed ? series.typed_values : series.values)
    pairs.push_back(fmt::format("{} = {}", year, toml_float(series.factor.value * value)));
  return pairs.empty() ? "{}" : fmt::format("{{ {} }}", fmt::join(pairs, ", "));
}

struct InToml {
  std::string operator()(const std::string& text) const { return in_quotes(text); }
  std::string operator()(const Text& text) const {
    return fmt::format("{{ en = {}, zh = {} }}", in_quotes(text.en), in_quotes(text.zh));
  }
  std::string operator()(bool flag) const { return flag ? "true" : "false"; }
  std::string operator()(long integer) const { return fmt::format("{}", integer); }
  std::string operator()(const Quantity& quantity) const {
    return fmt::format("{{ {}, value = {} }}", fmt::join(evidence_in_toml(quantity, "range"), ", "),
                       toml_float(quantity.typed.unit.empty() ? quantity.value : quantity.typed.value));
  }
  std::string operator()(const YearSeries& series) const {
    return fmt::format("{{ {} = {}, {} }}", series.flow ? "by_year" : "from_year", years_in_toml(series),
                       fmt::join(evidence_in_toml(series.factor, "relative_range"), ", "));
  }
  std::string operator()(const std::vector<std::string>& names) const { return "[" + quoted_list(names) + "]"; }
  std::string operator()(const std::pair<int, int>& window) const {
    return fmt::format("[{}, {}]", window.first, window.second);
  }
  std::string operator()(const std::map<std::string, double>& shares) const {
    std::vector<std::string> pairs;
    for (const auto& [name, share] : shares)
      pairs.push_back(fmt::format("{} = {}", in_quotes(name), toml_float(share)));
    return fmt::format("{{ {} }}", fmt::join(pairs, ", "));
  }
  std::string operator()(const std::filesystem::path& file) const { return in_quotes(file.filename().string()); }
};

}  // namespace

double YearSeries::at(int year) const {
  if (flow) {
    const auto entry = values.find(year);
    return entry == values.end() ? 0.0 : factor.value * entry->second;
  }
  const auto after = values.upper_bound(year);
  if (after == values.begin())
    throw ScenarioError(
        {Problem{origin, factor.name,
                 values.empty() ? message("has no value for {}", year)
                                : message("has no value for {}: it holds from {} on", year, values.begin()->first),
                 message("add an entry for {} or earlier", year)}});
  return factor.value * std::prev(after)->second;
}

const SettingsEntry* Settings::Data::find(std::string_view wanted) const {
  const auto found = index.find(wanted);
  return found == index.end() ? nullptr : &entries[found->second];
}

void Settings::Data::add(SettingsEntry entry) {
  index[entry.path] = entries.size();
  entries.push_back(std::move(entry));
}

Settings::Settings() : data_(std::make_shared<Data>()) {}
Settings::Settings(const Settings&) = default;
Settings::Settings(Settings&&) noexcept = default;
Settings& Settings::operator=(Settings other) {
  data_.swap(other.data_);
  return *this;
}
Settings::~Settings() = default;

bool Settings::has(std::string_view path) const { return data_->find(path) != nullptr; }
const std::string& Settings::text(std::string_view path) const {
  return value_of<std::string>(data_->find(path), path);
}
Text Settings::translated(std::string_view path) const { return value_of<Text>(data_->find(path), path); }
bool Settings::flag(std::string_view path) const { return value_of<bool>(data_->find(path), path); }
long Settings::integer(std::string_view path) const { return value_of<long>(data_->find(path), path); }
double Settings::number(std::string_view path) const { return quantity(path).value; }
const Quantity& Settings::quantity(std::string_view path) const { return value_of<Quantity>(data_->find(path), path); }
const YearSeries& Settings::series(std::string_view path) const {
  return value_of<YearSeries>(data_->find(path), path);
}
std::vector<std::string> Settings::names(std::string_view path) const {
  return value_of<std::vector<std::string>>(data_->find(path), path);
}
std::pair<int, int> Settings::window(std::string_view path) const {
  return value_of<std::pair<int, int>>(data_->find(path), path);
}
std::map<std::string, double> Settings::shares(std::string_view path) const {
  return value_of<std::map<std::string, double>>(data_->find(path), path);
}
std::filesystem::path Settings::file(std::string_view path) const {
  return value_of<std::filesystem::path>(data_->find(path), path);
}

Origin Settings::origin(std::string_view path) const {
  if (const SettingsEntry* entry = data_->find(path)) return entry->origin;
  // A missing key is reported at the line of its table.
  for (std::string table(path);;) {
    if (const auto found = data_->table_origins.find(table); found != data_->table_origins.end()) return found->second;
    if (table.empty()) return {data_->path.string(), 0, 0};
    const std::size_t dot = table.rfind('.');
    table.resize(dot == std::string::npos ? 0 : dot);
  }
}

std::vector<std::string> Settings::tables(std::string_view path) const {
  const auto found = data_->tables.find(path);
  return found == data_->tables.end() ? std::vector<std::string>{} : found->second;
}

std::vector<std::filesystem::path> Settings::folders(std::string_view path) const {
  std::vector<std::filesystem::path> folders;
  const SettingsEntry* const entry = data_->find(path);
  const TomlSource* source = entry && entry->source ? entry->source.get() : data_->source.get();
  for (; source; source = source->base.get()) folders.push_back(source->folder);
  return folders;
}

std::vector<std::filesystem::path> Settings::bases() const {
  std::vector<std::filesystem::path> bases;
  if (!data_->source) return bases;
  for (const TomlSource* source = data_->source->base.get(); source; source = source->base.get())
    bases.emplace_back(source->name);
  return bases;
}

const std::vector<Problem>& Settings::warnings() const { return data_->warnings; }

const std::filesystem::path& Settings::path() const { return data_->path; }
std::string Settings::stem() const { return data_->path.stem().string(); }

void Settings::for_each_quantity(const std::function<void(const Quantity&)>& visit) const {
  for (const SettingsEntry& entry : data_->entries) {
    if (!entry.given) continue;  // a default comes from the program and is not evidence given by the file
    if (const auto* quantity = std::get_if<Quantity>(&entry.value)) visit(*quantity);
    if (const auto* series = std::get_if<YearSeries>(&entry.value)) visit(series->factor);
  }
}

void Settings::for_each_default(const std::function<void(const Quantity&)>& visit) const {
  for (const SettingsEntry& entry : data_->entries)
    if (const auto* quantity = std::get_if<Quantity>(&entry.value); quantity && !entry.given) visit(*quantity);
}

void Settings::for_each_series(const std::function<void(const std::string& path, const YearSeries&)>& visit) const {
  for (const SettingsEntry& entry : data_->entries)
    if (const auto* series = std::get_if<YearSeries>(&entry.value)) visit(entry.path, *series);
}

Settings Settings::with_values(const std::function<double(const Quantity&)>& value_of) const {
  auto data = std::make_shared<Data>(*data_);
  for (SettingsEntry& entry : data->entries) {
    if (!entry.given) continue;
    if (auto* quantity = std::get_if<Quantity>(&entry.value)) {
      const double typed_value = std::exchange(quantity->value, value_of(*quantity));
      if (quantity->value != typed_value) quantity->typed = {};  // a drawn value is not the typed one
    }
    if (auto* series = std::get_if<YearSeries>(&entry.value)) series->factor.value = value_of(series->factor);
  }
  Settings settings;
  settings.data_ = std::move(data);
  return settings;
}

std::string Settings::effective_text() const {
  std::map<std::string, std::string> lines;
  for (const SettingsEntry& entry : data_->entries) {
    if (entry.for_readers) continue;
    const auto* series = std::get_if<YearSeries>(&entry.value);
    const std::size_t dot = entry.path.rfind('.');
    const std::string key = dot == std::string::npos ? entry.path : entry.path.substr(dot + 1);
    if (!series || (key != "by_year" && key != "from_year")) {
      lines[entry.path] = entry.shown.empty() ? std::visit(InToml{}, entry.value) : in_quotes(entry.shown);
      continue;
    }
    // Its qualifiers stand beside it; those that are fields themselves speak for themselves.
    lines[entry.path] = years_in_toml(*series);
    const std::string table = entry.path.substr(0, entry.path.size() - key.size());
    for (const std::string& pair : evidence_in_toml(series->factor, "relative_range")) {
      const std::size_t equals = pair.find(" = ");
      const std::string path = table + pair.substr(0, equals);
      if (!data_->find(path)) lines[path] = pair.substr(equals + 3);
    }
  }
  std::string text;
  for (const auto& [path, value] : lines) text += path + " = " + value + "\n";
  return text;
}

}  // namespace tuopin
