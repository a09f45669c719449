#include "models/population/margins.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "engine/base/ids.hpp"
#include "engine/base/luck.hpp"
#include "models/draw.hpp"
#include "models/limits.hpp"

namespace tuopin {

namespace {

Status status_of(const std::string& word, const Origin& origin, std::vector<Problem>& problems) {
  if (word == "published") return Status::published;
  if (word == "derived") return Status::derived;
  if (word != "assumption")
    problems.push_back({origin, "status", "is \"" + word + "\", expected published, derived or assumption", ""});
  return Status::assumption;
}

int year_of_margin(const CsvFile& csv, std::size_t row, std::vector<Problem>& problems) {
  const double year = csv.number(row, "year", problems, true);
  if (std::isnan(year)) return 0;
  if (year >= first_calendar_year && year <= last_calendar_year && year == std::floor(year))
    return static_cast<int>(year);
  problems.push_back({csv.origin(row), "year", fmt::format("is {:g}, expected a year", year), ""});
  return 0;
}

}  // namespace

void check_bounds(const Margin& margin, std::vector<Problem>& problems) {
  const bool signed_one = margin.name.starts_with("correlation_");
  const bool share = margin.unit.starts_with("share") || signed_one;
  const double least = signed_one ? -1 : 0;
  for (const double value : {margin.value, margin.low, margin.high})
    if (value < least || (share && value > 1)) {
      problems.push_back({margin.origin, margin.name,
                          fmt::format("is {:g}, expected {}", value,
                                      signed_one ? "-1 to 1"
                                      : share    ? "0 to 1"
                                                 : "at least 0"),
                          share && value > 1 && value <= 100 ? "percent are written as shares: 0.05 for 5%" : ""});
      return;
    }
}

void Margins::set(Margin margin) {
  std::pair<std::string, std::string> key{margin.name, margin.place};
  rows_.insert_or_assign(std::move(key), std::move(margin));
}

const Margin* Margins::own(std::string_view name, std::string_view place) const {
  const auto row = rows_.find({std::string(name), std::string(place)});
  return row == rows_.end() ? nullptr : &row->second;
}

const Margin* Margins::find(std::string_view name, std::string_view place) const {
  const Margin* margin = own(name, place);
  return margin ? margin : own(name, whole_);
}

double Margins::optional(std::string_view name, std::string_view place) const {
  const Margin* margin = find(name, place);
  return margin ? margin->value : 0.0;
}

double Margins::value(std::string_view name, std::string_view place, std::vector<Problem>& problems) const {
  if (const Margin* margin = find(name, place)) return margin->value;
  std::vector<std::string> names;
  for (const auto& [key, margin] : rows_)
    if (names.empty() || names.back() != key.first) names.push_back(key.first);
  const std::string nearest = nearest_name(name, names);
  const std::string file = rows_.empty() ? "" : rows_.begin()->second.origin.file;
  problems.push_back({{file, 0, 0},
                      std::string(name),
                      "the margin is missing for " + std::string(place),
                      nearest.empty() ? "" : "nearest name: " + nearest});
  return 0.0;
}

Margins Margins::drawn(std::uint64_t seed, int index) const {
  Margins result = *this;
  if (index == 0) return result;
  for (auto& [key, margin] : result.rows_) {
    if (margin.status != Status::assumption || !(margin.low < margin.high)) continue;
    const std::string process = "margin." + margin.name + "." + margin.place;
    const auto replicate = static_cast<std::uint64_t>(index);
    const Luck luck(seed, replicate, hash32(process), 0, Kind::population);
    Quantity quantity;
    quantity.value = margin.value;
    quantity.low = margin.low;
    quantity.high = margin.high;
    quantity.shape = Shape::triangular;
    // A triangle reaches beyond its 5% and 95% points: what cannot be negative, or above one, must not become so.
    quantity.lower_bound = margin.low >= 0 ? 0 : -1e300;
    quantity.upper_bound = margin.unit.starts_with("share") && margin.high <= 1 ? 1 : 1e300;
    margin.value = quantile(quantity, luck.uniform(replicate, 0));
  }
  return result;
}

std::vector<std::string> margin_columns() {
  return {"name", "place", "value", "unit", "source", "status", "low", "high"};
}

std::vector<std::string> optional_margin_columns() { return {"year", "note"}; }

Margins read_margins(const CsvFile& csv, const std::string& whole, const std::vector<std::string>& counties,
                     std::vector<Problem>& problems) {
  Margins margins(whole);
  std::vector<std::string> places = counties;
  places.push_back(whole);
  for (std::size_t row = 0; row < csv.rows(); ++row) {
    Margin margin;
    margin.origin = csv.origin(row);
    margin.name = csv.text(row, "name");
    margin.place = csv.text(row, "place");
    margin.value = csv.number(row, "value", problems);
    margin.unit = csv.text(row, "unit");
    margin.source = csv.text(row, "source");
    margin.status = status_of(csv.text(row, "status"), margin.origin, problems);
    margin.low = csv.number(row, "low", problems, true);
    margin.high = csv.number(row, "high", problems, true);
    if (std::fabs(margin.value) > max_margin) {
      problems.push_back({margin.origin, margin.name, "is larger than any count of a region", ""});
      continue;
    }
    margin.year = year_of_margin(csv, row, problems);
    const bool range = !std::isnan(margin.low) && !std::isnan(margin.high);
    if (!range) margin.low = margin.high = margin.value;
    check_bounds(margin, problems);
    if (range && !std::isnan(margin.value) && !(margin.low <= margin.value && margin.value <= margin.high))
      problems.push_back({margin.origin, margin.name, "value lies outside its own range [low, high]", ""});
    if (std::find(places.begin(), places.end(), margin.place) == places.end())
      problems.push_back(
          {margin.origin, "place", "there is no place \"" + margin.place + "\"", did_you_mean(margin.place, places)});
    if (const Margin* before = margins.own(margin.name, margin.place))
      problems.push_back(
          {margin.origin, margin.name,
           "a second row for " + margin.place + "; the first stands in line " + std::to_string(before->origin.line),
           ""});
    margins.set(std::move(margin));
  }
  return margins;
}

}  // namespace tuopin
