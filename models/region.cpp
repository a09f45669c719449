#include "models/region.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

#include "engine/files/csv.hpp"
#include "engine/files/whole_file.hpp"
#include "models/fields.hpp"
#include "models/limits.hpp"

namespace tuopin {

namespace {

Status status_of(const CsvFile& csv, std::size_t row, std::vector<Problem>& problems) {
  const std::string& word = csv.text(row, "status");
  if (word == "published") return Status::published;
  if (word == "derived") return Status::derived;
  if (word != "assumption")
    problems.push_back(
        {csv.origin(row), "status", "is \"" + word + "\", expected published, derived or assumption", ""});
  return Status::assumption;
}

/// A quantity from a row with value, low, high, unit, source, status.
Quantity quantity_of(const CsvFile& csv, std::size_t row, std::string name, std::vector<Problem>& problems) {
  Quantity q;
  q.name = std::move(name);
  q.value = csv.number(row, "value", problems);
  q.unit = csv.text(row, "unit");
  q.source = csv.text(row, "source");
  q.status = status_of(csv, row, problems);
  q.origin = csv.origin(row);
  q.lower_bound = -1e300;
  q.upper_bound = 1e300;
  q.low = q.high = q.value;
  if (!csv.text(row, "low").empty() && !csv.text(row, "high").empty()) {
    q.low = csv.number(row, "low", problems);
    q.high = csv.number(row, "high", problems);
    q.shape = Shape::triangular;
    if (q.low > q.value || q.value > q.high)  // what is no number has been reported
      problems.push_back({q.origin, q.name, "value lies outside its own range [low, high]", ""});
  }
  return q;
}

int year_of(const CsvFile& csv, std::size_t row, std::vector<Problem>& problems) {
  const std::size_t before = problems.size();
  const double year = csv.number(row, "year", problems);
  if (year >= first_calendar_year && year <= last_calendar_year && year == std::floor(year))
    return static_cast<int>(year);
  if (problems.size() == before && !std::isnan(year))  // what is no number has been reported
    problems.push_back({csv.origin(row), "year", "is \"" + csv.text(row, "year") + "\", expected a year", ""});
  return first_calendar_year;
}

/// Reports more rows of a kind than the limit.
void check_count(std::size_t count, std::size_t most, const char* what, const CsvFile& csv,
                 std::vector<Problem>& problems) {
  if (count > most)
    problems.push_back({{csv.path().string(), 0, 0},
                        "",
                        "holds " + std::to_string(count) + " " + what + ", at most " + std::to_string(most),
                        ""});
}

/// What cannot be read at all has been reported; what it would have held is not missing.
bool unreadable(const CsvFile& csv, std::size_t before, const std::vector<Problem>& problems) {
  return csv.rows() == 0 && problems.size() > before;
}

void read_places(Region& region, std::vector<Problem>& problems) {
  const std::size_t before = problems.size();
  const CsvFile csv(region.settings.file("files.counties"), {"id", "name", "name_zh", "level", "parent"}, {}, problems);
  for (std::size_t row = 0; row < csv.rows(); ++row) {
    Place place{csv.text(row, "id"), csv.text(row, "name"), csv.text(row, "name_zh"), csv.text(row, "level"),
                csv.text(row, "parent")};
    const auto same = [&](const Place& other) { return other.id == place.id; };
    if (same(region.whole) || std::any_of(region.counties.begin(), region.counties.end(), same))
      problems.push_back({csv.origin(row), "id", "names \"" + place.id + "\" a second time", ""});
    else if (!place.parent.empty())
      region.counties.push_back(place);
    else if (region.whole.id.empty())
      region.whole = place;
    else
      problems.push_back(
          {csv.origin(row), "parent",
           "is empty for \"" + place.id + "\" as for \"" + region.whole.id + "\": only one place is the whole region",
           ""});
  }
  check_count(region.counties.size(), max_counties, "counties", csv, problems);
  if (region.counties.empty() && !unreadable(csv, before, problems))
    problems.push_back({{csv.path().string(), 1, 0}, "", "names no county below the region", ""});
}

void read_lines(Region& region, std::vector<Problem>& problems) {
  const std::size_t before = problems.size();
  const CsvFile csv(region.settings.file("files.lines"),
                    {"name", "year", "value", "unit", "source", "status", "low", "high"}, {"note"}, problems);
  for (std::size_t row = 0; row < csv.rows(); ++row) {
    const std::string& name = csv.text(row, "name");
    const int year = year_of(csv, row, problems);
    region.lines[name][year] = quantity_of(csv, row, "line." + name, problems);
  }
  if (unreadable(csv, before, problems)) return;
  for (const char* name : required_lines)
    if (!region.lines.contains(name) || region.lines[name].begin()->first > region.base_year)
      problems.push_back({{csv.path().string(), 1, 0}, name, "has no value for the base year", ""});
}

/// Numbers of a crop: none is negative, shares are at most one, and luck beyond a range ends there, too.
void check_crop(Quantity& q, const std::string& quantity, std::vector<Problem>& problems) {
  struct Most {
    const char* name;
    double most;
  };
  constexpr Most bounds[] = {{"years_to_first_harvest", 100},
                             {"years_to_full_harvest", 100},
                             {"first_harvest_share", 1},
                             {"labour_days", 366},
                             {"price_sd", 3},
                             {"yield_sd", 3}};  // definition: what a crop can be
  for (const auto& [name, most] : bounds) {
    if (quantity != name) continue;
    q.lower_bound = 0;
    q.upper_bound = most;
    for (const double value : {q.value, q.low, q.high})
      if (value < 0 || value > most) {
        problems.push_back({q.origin, q.name, fmt::format("is {:g}, expected 0 to {:g} {}", value, most, q.unit), ""});
        return;
      }
  }
}

void read_crops(Region& region, std::vector<Problem>& problems) {
  if (!region.settings.has("files.crops")) return;
  const CsvFile csv(region.settings.file("files.crops"),
                    {"crop", "name_zh", "quantity", "value", "low", "high", "unit", "source", "status"},
                    {"grade", "note"}, problems);
  for (std::size_t row = 0; row < csv.rows(); ++row) {
    const std::string& name = csv.text(row, "crop");
    auto crop = std::find_if(region.crops.begin(), region.crops.end(), [&](const Crop& c) { return c.name == name; });
    if (crop == region.crops.end()) {
      region.crops.push_back({name, csv.text(row, "name_zh"), {}});
      crop = std::prev(region.crops.end());
    }
    const std::string& quantity = csv.text(row, "quantity");
    Quantity& q = crop->numbers[quantity] = quantity_of(csv, row, "crop." + name + "." + quantity, problems);
    check_crop(q, quantity, problems);
  }
  check_count(region.crops.size(), max_crops, "crops", csv, problems);
  for (const Crop& crop : region.crops)
    for (const char* needed : crop_numbers)
      if (!crop.numbers.contains(needed))
        problems.push_back({{csv.path().string(), 0, 0}, crop.name, std::string("lacks the row ") + needed, ""});
}

void read_crop_shares(Region& region, std::vector<Problem>& problems) {
  if (!region.settings.has("files.crop_shares") || region.counties.empty()) return;
  const CsvFile csv(region.settings.file("files.crop_shares"), {"county", "crop", "share"},
                    {"source", "status", "note"}, problems);
  std::vector<std::string> crops, counties;
  for (const Crop& crop : region.crops) crops.push_back(crop.name);
  for (const Place& place : region.counties) counties.push_back(place.id);
  for (std::size_t row = 0; row < csv.rows(); ++row) {
    const std::string &county = csv.text(row, "county"), &crop = csv.text(row, "crop");
    if (std::find(counties.begin(), counties.end(), county) == counties.end())
      problems.push_back(
          {csv.origin(row), "county", "there is no place \"" + county + "\"", did_you_mean(county, counties)});
    if (std::find(crops.begin(), crops.end(), crop) == crops.end())
      problems.push_back({csv.origin(row), "crop", "there is no crop \"" + crop + "\"", did_you_mean(crop, crops)});
    region.crop_shares[county][crop] = csv.number(row, "share", problems);
    const bool says = !csv.text(row, "status").empty();  // the column may be absent, and then it is a judgement
    region.crop_share_status.push_back(says ? status_of(csv, row, problems) : Status::assumption);
  }
  for (const std::string& county : counties) {
    double sum = 0;
    for (const auto& [crop, share] : region.crop_shares[county]) sum += share;
    if (sum < 0.999 || sum > 1.001)  // definition: rounding of printed shares
      problems.push_back(
          {{csv.path().string(), 0, 0}, county, "crop shares sum to " + std::to_string(sum) + ", expected 1", ""});
  }
}

/// A target that is held against the model names a figure of it, a comparison and a year that is simulated.
void check_target(const Target& target, const Region& region, const Origin& at, std::vector<Problem>& problems) {
  const auto expect_one_of = [&](const char* column, const std::string& word, std::vector<std::string> words) {
    if (std::find(words.begin(), words.end(), word) != words.end()) return;
    std::string list;
    for (const std::string& one : words) list += (list.empty() ? "" : ", ") + one;
    problems.push_back({at, column, "is \"" + word + "\", expected one of " + list, did_you_mean(word, words)});
  };
  expect_one_of("comparison", target.comparison, {"at_most", "at_least", "about"});
  expect_one_of("measure", target.measure.substr(0, target.measure.find(':')),
                {std::begin(target_measures), std::end(target_measures)});
  if (target.year < region.base_year || target.year > region.last_year)
    problems.push_back(
        {at, "year",
         fmt::format("is {}, expected a year of the region: {} to {}", target.year, region.base_year, region.last_year),
         "say in_model = no, with the reason, where the model ends before"});
}

void read_targets(Region& region, std::vector<Problem>& problems) {
  if (region.settings.has("files.targets")) {
    const CsvFile csv(
        region.settings.file("files.targets"),
        {"id", "name", "name_zh", "measure", "year", "value", "comparison", "unit", "phrase", "in_model", "reason"}, {},
        problems);
    for (std::size_t row = 0; row < csv.rows(); ++row) {
      Target target{csv.text(row, "id"),
                    csv.text(row, "name"),
                    csv.text(row, "name_zh"),
                    csv.text(row, "measure"),
                    csv.text(row, "comparison"),
                    csv.text(row, "unit"),
                    csv.text(row, "phrase"),
                    csv.text(row, "reason"),
                    0,
                    0,
                    csv.text(row, "in_model") == "yes"};
      if (target.in_model) {
        const std::size_t before = problems.size();
        target.year = year_of(csv, row, problems);
        target.value = csv.number(row, "value", problems);
        if (problems.size() == before) check_target(target, region, csv.origin(row), problems);
      }
      region.targets.push_back(target);
    }
    check_count(region.targets.size(), max_targets, "targets", csv, problems);
  }
  if (region.settings.has("files.observations")) {
    const CsvFile csv(region.settings.file("files.observations"),
                      {"variable", "year", "value", "unit", "source", "confidence"}, {"note"}, problems);
    for (std::size_t row = 0; row < csv.rows(); ++row)
      region.observations.push_back({csv.text(row, "variable"), csv.text(row, "unit"), csv.text(row, "source"),
                                     csv.text(row, "confidence"), year_of(csv, row, problems),
                                     csv.number(row, "value", problems)});
    check_count(region.observations.size(), max_targets, "observations", csv, problems);
  }
}

}  // namespace

double Crop::number(const std::string& quantity) const { return numbers.at(quantity).value; }

double Region::line(const std::string& name, int year) const {
  const auto series = lines.find(name);
  if (series == lines.end()) throw DataError("the region has no line \"" + name + "\"");
  auto entry = series->second.upper_bound(year);
  if (entry == series->second.begin())
    throw DataError("the line \"" + name + "\" has no value for " + std::to_string(year) + " or before");
  return std::prev(entry)->second.value;
}

Region load_region(const std::filesystem::path& path, std::vector<Problem>& problems) {
  Region region;
  const std::size_t before = problems.size();
  region.settings = load_settings(path, region_file(), "region.", problems);
  if (problems.size() > before) return region;
  region.base_year = static_cast<int>(region.settings.integer("base_year"));
  region.last_year = static_cast<int>(region.settings.integer("last_year"));
  if (region.last_year <= region.base_year)
    problems.push_back({region.settings.origin("last_year"), "last_year", "must lie after base_year", ""});
  read_places(region, problems);
  read_lines(region, problems);
  read_crops(region, problems);
  read_crop_shares(region, problems);
  read_targets(region, problems);
  if (problems.size() > before) return region;
  region.contents = region.settings.effective_text();
  for (const char* table : {"counties", "margins", "lines", "crops", "crop_shares", "targets", "observations"})
    if (const std::string key = std::string("files.") + table; region.settings.has(key))
      region.contents += fmt::format("# {}\n{}\n", key, contents_of(region.settings.file(key)));
  return region;
}

}  // namespace tuopin
