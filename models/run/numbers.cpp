#include "models/run/numbers.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace tuopin {

namespace {

/// Offices that a region names, by the beginnings of the names of numbers that they would know.
std::map<std::string, Text> offices_of(const Region& region) {
  std::map<std::string, Text> offices;
  for (const std::string& name : region.settings.tables("office")) {
    const std::string key = "office." + name;
    for (const std::string& beginning : region.settings.names(key + ".knows"))
      offices.emplace(beginning, region.settings.translated(key + ".title"));
  }
  return offices;
}

class Numbers {
 public:
  explicit Numbers(const Region& region) : region_(region), offices_(offices_of(region)) {}

  void add_settings(const Settings& settings, NumberKind kind, const std::string& scenario) {
    std::map<std::string, bool> series;
    settings.for_each_series([&](const std::string&, const YearSeries& of) { series[of.factor.name] = true; });
    const auto add_one = [&](const Quantity& quantity, bool by_default) {
      NumberUsed number{quantity, kind, 0, series.contains(quantity.name), by_default, {}};
      add(std::move(number), scenario);
    };
    settings.for_each_quantity([&](const Quantity& quantity) { add_one(quantity, false); });
    settings.for_each_default([&](const Quantity& quantity) { add_one(quantity, true); });
  }

  void add_region(const Scenario& scenario) {
    for (const char* name : required_lines)
      for (const auto& [year, quantity] : region_.lines.at(name))
        if (year <= region_.last_year) {
          NumberUsed number{quantity, NumberKind::line, year, false, false, {}};
          if (year <= region_.base_year)
            number.quantity.shape = Shape::fixed;  // never drawn: the level of income is calibrated on it
          add(std::move(number), scenario.name);
        }
    if (std::any_of(scenario.programmes.begin(), scenario.programmes.end(), grants_plots)) add_crops(scenario.name);
    for (const auto& [name, table] : region_.tables)
      for (const Quantity& quantity : table.quantities())
        add({quantity, NumberKind::table, 0, false, false, {}}, scenario.name);
    for (const auto& [key, margin] : region_.margins.rows())
      if (!region_.margins.table().row(key.first)->shown_only) add_margin(margin, scenario.name);
  }

  std::vector<NumberUsed> release() { return std::move(numbers_); }

 private:
  static void fix(Quantity& quantity) {
    quantity.shape = Shape::fixed;
    quantity.low = quantity.high = quantity.value;
  }

  void add_crops(const std::string& scenario) {
    for (const Crop& crop : region_.crops)
      for (const std::string& name : crop_numbers())
        add({crop.numbers.at(name), NumberKind::crop, 0, false, false, {}}, scenario);
    std::size_t row = 0;
    for (const Status status : region_.crop_share_status) {
      Quantity quantity;
      quantity.name = "crop_share";
      quantity.unit = "share";
      quantity.status = status;
      // The header is the first line of the table.
      quantity.origin = {region_.settings.file("files.crop_shares").string(), static_cast<int>(++row) + 1, 0};
      add({quantity, NumberKind::crop_share, 0, false, false, {}}, scenario);
    }
  }

  void add_margin(const Margin& margin, const std::string& scenario) {
    Quantity quantity;
    quantity.name = "margin." + margin.name + "." + margin.place;
    quantity.value = margin.value;
    quantity.unit = margin.unit;
    quantity.low = margin.low;
    quantity.high = margin.high;
    quantity.shape = Shape::triangular;
    quantity.source = margin.source;
    quantity.status = margin.status;
    quantity.origin = margin.origin;
    if (margin.status != Status::assumption || !(margin.low < margin.high)) fix(quantity);
    add({quantity, NumberKind::margin, 0, false, false, {}}, scenario);
  }

  void add(NumberUsed number, const std::string& scenario) {
    const Quantity& quantity = number.quantity;
    const Origin none, &at = number.by_default ? none : quantity.origin;  // a default is the same in every file
    const auto [known, is_new] = places_.try_emplace({quantity.name, number.year, at.file, at.line}, numbers_.size());
    if (is_new) {
      if (number.quantity.office.en.empty()) number.quantity.office = office_of(quantity.name);
      numbers_.push_back(std::move(number));
    }
    std::vector<std::string>& users = numbers_[known->second].scenarios;
    if (users.empty() || users.back() != scenario) users.push_back(scenario);
  }

  /// The office of the longest beginning of the name, at a dot.
  Text office_of(std::string name) const {
    for (;;) {
      if (const auto found = offices_.find(name); found != offices_.end()) return found->second;
      const std::size_t dot = name.rfind('.');
      if (dot == std::string::npos) return {};
      name.resize(dot);
    }
  }

  const Region& region_;
  std::map<std::string, Text> offices_;
  std::vector<NumberUsed> numbers_;
  std::map<std::tuple<std::string, int, std::string, int>, std::size_t> places_;
};

}  // namespace

const char* to_text(NumberKind kind) {
  switch (kind) {
    case NumberKind::scenario: return "scenario";
    case NumberKind::programme: return "programme";
    case NumberKind::line: return "line";
    case NumberKind::crop: return "crop";
    case NumberKind::crop_share: return "crop_share";
    case NumberKind::table: return "table";
    case NumberKind::margin: return "margin";
  }
  return "";
}

std::vector<NumberUsed> numbers_of(const std::vector<const Scenario*>& scenarios) {
  Numbers numbers(*scenarios.front()->region);
  for (const Scenario* scenario : scenarios)
    numbers.add_settings(scenario->settings, NumberKind::scenario, scenario->name);
  for (const Scenario* scenario : scenarios)
    for (const Settings& programme : scenario->programmes)
      numbers.add_settings(programme, NumberKind::programme, scenario->name);
  for (const Scenario* scenario : scenarios) numbers.add_region(*scenario);
  return numbers.release();
}

}  // namespace tuopin
