#include "models/scenario/region.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

#include "engine/files/whole_file.hpp"
#include "engine/settings/cells.hpp"
#include "engine/settings/settings_text.hpp"
#include "models/scenario/fields.hpp"
#include "models/scenario/limits.hpp"
#include "models/scenario/region_targets.hpp"
#include "models/scenario/tables.hpp"

namespace tuopin {

namespace {

/// True for a table that could not be read, which has been reported: its rows must not be reported as missing too.
bool unreadable(const TableRows& rows, std::size_t before, const std::vector<Problem>& problems) {
  return !rows.readable() || (rows.size() == 0 && problems.size() > before);
}

bool holds(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

void show_only(Region& region, const RowField& field, const std::filesystem::path& path) {
  const std::string text = field.name + " (" + path.filename().string() + ")";
  if (field.shown_only && !holds(region.shown_only, text)) region.shown_only.push_back(text);
}

/// False if ids are invalid: then references to places cannot be checked.
bool read_places(Region& region, std::vector<Problem>& problems) {
  const std::size_t before = problems.size();
  TableRows rows(region.settings.file("files.counties"), counties_table(), {}, problems);
  if (unreadable(rows, before, problems)) return false;
  bool sure = true;
  std::vector<std::size_t> below;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    Place place{rows.text(row, "id"), rows.text(row, "name"), rows.text(row, "name_zh"), rows.text(row, "level"),
                rows.text(row, "parent")};
    if (place.name_zh.empty()) place.name_zh = place.name;
    sure = sure && !place.id.empty() && invisible_character(place.id).empty() && made_by_spreadsheet(place.id).empty();
    const auto same = [&](const Place& other) { return other.id == place.id; };
    if (std::any_of(region.counties.begin(), region.counties.end(), same) || same(region.whole)) continue;
    if (!place.parent.empty()) {
      region.counties.push_back(place);
      below.push_back(row);
    } else if (region.whole.id.empty()) {
      region.whole = place;
    } else {
      rows.refuse(
          row, "parent",
          message("is empty for \"{}\" as for \"{}\": only one place is the whole region", place.id, region.whole.id));
    }
  }
  for (const std::size_t row : below)
    if (!region.whole.id.empty() && rows.text(row, "parent") != region.whole.id)
      rows.refuse(
          row, "parent",
          message("is {}, expected the whole region, {}", visible(rows.text(row, "parent")), visible(region.whole.id)));
  if (region.whole.id.empty())
    problems.push_back(
        {{rows.path().string(), 1, 0}, "parent", message("is empty in no row: none is the whole region"), ""});
  check_count(region.counties.size(), max_counties, msgid("holds {} counties, at most {}"), rows.path(), problems);
  if (region.counties.empty())
    problems.push_back({{rows.path().string(), 1, 0}, "", message("names no county below the region"), ""});
  return sure && !region.whole.id.empty() && !region.counties.empty();
}

/// Reports rows for years in which a line is never used.
void check_line_years(const std::string& name, const std::map<int, Quantity>& years, const Region& region,
                      std::vector<Problem>& problems) {
  const auto after_base = years.upper_bound(region.base_year);
  for (auto entry = years.begin(); entry != years.end(); ++entry) {
    const auto& [year, quantity] = *entry;
    if (year > region.last_data_year)
      problems.push_back({quantity.origin, "year",
                          message("{}, {}: {}", name, year,
                                  message("is after {}, the last year of the region", region.last_data_year)),
                          message("nothing would read this row: leave it out, or change last_year in region.toml")});
    else if (year < region.base_year && std::next(entry) != after_base)
      problems.push_back({quantity.origin, "year",
                          message("{}, {}: {}", name, year,
                                  message("is before {}, the base year of the region, and {} has a row, too",
                                          region.base_year, std::next(entry)->first)),
                          message("nothing would read this row: leave it out, or change base_year in region.toml")});
  }
}

/// Warns of a line that is less than a fifth, or more than five times, of its neighbouring years.
void ask_about_lines(Region& region, const std::string& name, const std::map<int, Quantity>& years) {
  constexpr double odd = 5;
  const auto unlike = [](double a, double b) { return a > odd * b || b > odd * a; };
  for (auto entry = years.begin(); entry != years.end() && years.size() > 1; ++entry) {
    const double value = entry->second.value;
    const bool before = entry == years.begin() || unlike(value, std::prev(entry)->second.value);
    const bool after = std::next(entry) == years.end() || unlike(value, std::next(entry)->second.value);
    if (!before || !after) continue;
    const auto& [year, other] = entry == years.begin() ? *std::next(entry) : *std::prev(entry);
    region.warnings.push_back(
        {entry->second.origin, "value",
         message("{}, {}: {}", name, entry->first, message("is {}, where {} has {}", value, year, other.value)),
         message("is the unit the one that was meant?")});
  }
}

void read_lines(Region& region, std::vector<Problem>& problems) {
  const std::size_t before = problems.size();
  const TableRows rows(region.settings.file("files.lines"), lines_table(), {}, problems);
  std::vector<std::string> refused;
  for (std::size_t row = 0; row < rows.size() && rows.readable(); ++row) {
    const RowField* field = rows.field(row);
    if (field && !rows.sound(row)) refused.push_back(field->name);
    if (!field || !rows.sound(row)) continue;
    region.lines[field->name].emplace(rows.year(row, "year"), quantity_of(rows, row, "line." + field->name));
    show_only(region, *field, rows.path());
  }
  for (const auto& [name, years] : region.lines) {
    ask_about_lines(region, name, years);
    if (!lines_table().row(name)->shown_only) check_line_years(name, years, region, problems);
  }
  if (unreadable(rows, before, problems)) return;
  for (const char* name : required_lines)
    if (!holds(refused, name) && !one_may_mean(rows.misspelt(), name) &&
        (!region.lines.contains(name) || region.lines[name].begin()->first > region.base_year))
      problems.push_back({{rows.path().string(), 1, 0},
                          name,
                          message("has no value for the base year, {}, or before", region.base_year),
                          message("add a row {},{},…", name, region.base_year)});
}

void read_crops(Region& region, std::vector<Problem>& problems) {
  if (!region.settings.has("files.crops")) return;
  TableRows rows(region.settings.file("files.crops"), crops_table(), {}, problems);
  std::map<std::string, std::vector<std::string>> refused, misspelt;  // by crop
  std::map<std::string, std::size_t> first;
  for (std::size_t row = 0; row < rows.size() && rows.readable(); ++row) {
    const std::string &name = rows.text(row, "crop"), &name_zh = rows.text(row, "name_zh");
    if (name.empty()) continue;
    auto crop = std::find_if(region.crops.begin(), region.crops.end(), [&](const Crop& c) { return c.name == name; });
    if (crop == region.crops.end()) {
      region.crops.push_back({name, name_zh, {}});
      crop = std::prev(region.crops.end());
      first[name] = row;
    }
    if (name_zh != crop->name_zh)
      rows.refuse(row, "name_zh",
                  message("{} is {}, and {} in line {}", name, visible(name_zh), visible(crop->name_zh),
                          rows.origin(first[name]).line),
                  message("a crop has one name"));
    const RowField* field = rows.field(row);
    if (!field || !rows.sound(row)) {
      (field ? refused : misspelt)[name].push_back(rows.text(row, "quantity"));
      continue;
    }
    crop->numbers.emplace(field->name, quantity_of(rows, row, "crop." + name + "." + field->name));
    show_only(region, *field, rows.path());
  }
  check_count(region.crops.size(), max_crops, msgid("holds {} crops, at most {}"), rows.path(), problems);
  for (const Crop& crop : region.crops)
    for (const std::string& needed : crop_numbers())
      if (!crop.numbers.contains(needed) && !holds(refused[crop.name], needed) &&
          !one_may_mean(misspelt[crop.name], needed))
        problems.push_back({rows.origin(first[crop.name]), crop.name, message("lacks the row {}", needed), ""});
}

void read_crop_shares(Region& region, std::vector<Problem>& problems) {
  if (!region.settings.has("files.crop_shares")) return;
  std::vector<std::string> crops, counties;
  for (const Crop& crop : region.crops) crops.push_back(crop.name);
  for (const Place& place : region.counties) counties.push_back(place.id);
  const std::size_t before = problems.size();
  const TableRows rows(region.settings.file("files.crop_shares"), crop_shares_table(),
                       {{"place", counties}, {"crop", crops}}, problems);
  std::map<std::string, std::vector<Message>> figures;
  for (std::size_t row = 0; row < rows.size() && rows.readable(); ++row) {
    const std::string &county = rows.text(row, "county"), &crop = rows.text(row, "crop");
    if (!rows.sound(row)) continue;
    const double share = rows.number(row, "share");
    region.crop_shares[county].emplace(crop, share);
    std::vector<Message>& parts = figures[county];
    if (!parts.empty()) parts.push_back(Message::verbatim(", "));
    parts.push_back(message("{} ({}, line {})", share, crop, rows.origin(row).line));
    region.crop_share_status.push_back(rows.status(row));
  }
  if (problems.size() > before) return;  // what was refused is missing in its sum, too
  for (const std::string& county : counties) {
    double sum = 0;
    for (const auto& [crop, share] : region.crop_shares[county]) sum += share;
    if (std::fabs(sum - 1) <= 1e-6) continue;  // definition: adding up what was typed
    int line = 0;
    for (std::size_t row = 0; row < rows.size() && line == 0; ++row)
      if (rows.text(row, "county") == county) line = rows.origin(row).line;
    problems.push_back({{rows.path().string(), line, 0},
                        "share",
                        line ? message("{}: {}", county,
                                       message("the crop shares sum to {}, expected 1: {}", fmt::format("{:.7g}", sum),
                                               Message::together(figures[county])))
                             : message("{} has no crop shares: they sum to 0, expected 1", county),
                        ""});
  }
}

/// Keys of the files that a region names: the program's own tables, then those that mechanisms bring.
std::vector<std::string> keys_of_files(const Region& region) {
  std::vector<std::string> keys;
  const auto add = [&](const std::string& table) {
    if (const std::string key = "files." + table; region.settings.has(key)) keys.push_back(key);
  };
  for (const TableKind* table : region_tables()) add(table->name);
  for (const auto& [name, table] : region.tables) add(name);
  return keys;
}

/// Those that mechanisms bring.
void read_tables(Region& region, const std::vector<TableKind>& kinds, std::vector<Problem>& problems) {
  TableNames names;
  for (const Place& place : region.counties) names["place"].push_back(place.id);
  for (const Crop& crop : region.crops) names["crop"].push_back(crop.name);
  for (const TableKind& kind : kinds)
    if (const std::string key = "files." + kind.name; region.settings.has(key))
      region.tables.emplace(kind.name, RegionTable(region.settings.file(key), kind, names, problems));
}

}  // namespace

std::vector<std::filesystem::path> Region::files() const {
  std::vector<std::filesystem::path> paths;
  for (const std::string& key : keys_of_files(*this)) paths.push_back(settings.file(key));
  return paths;
}

std::vector<std::string> crop_numbers() {
  std::vector<std::string> names;
  for (const RowField& field : crops_table().rows)
    if (!field.shown_only) names.push_back(field.name);
  return names;
}

double Crop::number(const std::string& quantity) const { return numbers.at(quantity).value; }

double Region::line(const std::string& name, int year) const {
  const auto series = lines.find(name);
  if (series == lines.end()) throw DataError(message("the region has no line \"{}\"", name));
  auto entry = series->second.upper_bound(year);
  if (entry == series->second.begin())
    throw DataError(message("the line \"{}\" has no value for {} or before", name, year));
  return std::prev(entry)->second.value;
}

Region until(const Region& region, int last_year) {
  Region result = region;
  result.last_year = last_year;
  if (last_year != region.last_year) result.contents += fmt::format("# simulated until {}\n", last_year);
  for (Target& target : result.targets)
    if (target.in_model && target.year > last_year) {
      target.in_model = false;
      target.reason = fmt::format("after {0}, the last simulated year 晚于模拟末年{0}年", last_year);
    }
  return result;
}

Region load_region(const std::filesystem::path& path, std::vector<Problem>& problems, const RegionKind& kind) {
  Region region;
  region.measures = kind.measures;
  const std::size_t before = problems.size();
  region.settings = load_settings(path, kind.file, "region.", problems);
  if (problems.size() > before) return region;
  region.base_year = static_cast<int>(region.settings.integer("base_year"));
  region.last_year = region.last_data_year = static_cast<int>(region.settings.integer("last_year"));
  if (region.last_year <= region.base_year)
    problems.push_back({region.settings.origin("last_year"), "last_year", message("must lie after base_year"), ""});
  else if (const char* key = "default_last_year"; region.settings.has(key)) {
    region.last_year = static_cast<int>(region.settings.integer(key));
    if (region.last_year <= region.base_year || region.last_year > region.last_data_year)
      problems.push_back(
          {region.settings.origin(key), key,
           message("is {}, expected {} to {}", region.last_year, region.base_year + 1, region.last_data_year),
           message("the years after base_year, up to last_year")});
  }
  region.default_last_year = region.last_year;
  const bool places = read_places(region, problems);
  read_lines(region, problems);
  read_crops(region, problems);
  if (places) read_crop_shares(region, problems);
  read_targets(region, problems);
  read_observations(region, problems);
  if (places) region.margins = region_margins(region, problems, region.warnings);
  for (const auto& [key, margin] : region.margins.rows())
    show_only(region, *region.margins.table().row(margin.name), region.settings.file("files.margins"));
  if (places) read_tables(region, kind.tables, problems);
  if (problems.size() > before) return region;
  region.contents = region.settings.effective_text();
  for (const std::string& key : keys_of_files(region))
    region.contents += fmt::format("# {}\n{}\n", key, contents_of(region.settings.file(key)));
  return region;
}

}  // namespace tuopin
