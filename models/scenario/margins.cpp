#include "models/scenario/margins.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "engine/base/ids.hpp"
#include "engine/base/luck.hpp"
#include "engine/settings/cells.hpp"
#include "models/scenario/draw.hpp"
#include "models/scenario/margin_names.hpp"
#include "models/scenario/tables.hpp"

namespace tuopin {

namespace {

/// A margin as it is drawn.
Quantity quantity_of(const Margin& margin) {
  Quantity quantity;
  quantity.value = margin.value;
  quantity.low = margin.low;
  quantity.high = margin.high;
  quantity.shape = Shape::triangular;
  // A triangular distribution extends beyond its 5% and 95% points: keep non-negative margins and shares in range.
  quantity.lower_bound = margin.low >= 0 ? 0 : -1e300;
  quantity.upper_bound = margin.unit.starts_with("share") && margin.high <= 1 ? 1 : 1e300;
  return quantity;
}

}  // namespace

Margins::Margins(std::string whole, std::vector<std::string> groups)
    : whole_(std::move(whole)), groups_(std::move(groups)),
      table_(groups_.empty() ? nullptr : std::make_shared<const TableKind>(margins_table(groups_))) {}

const TableKind& Margins::table() const { return table_ ? *table_ : margins_table(); }

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
                      message("the margin is missing for {}", place),
                      nearest.empty() ? "" : message("nearest name: {}", nearest)});
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
    margin.value = quantile(quantity_of(margin), luck.uniform(replicate, 0));
  }
  return result;
}

Margins Margins::placed(const std::map<std::string, double, std::less<>>& positions) const {
  Margins result = *this;
  for (auto& [key, margin] : result.rows_) {
    const auto at = positions.find("margin." + margin.name + "." + margin.place);
    if (at != positions.end()) margin.value = value_at(quantity_of(margin), at->second);
  }
  return result;
}

bool Margins::by_county(std::string_view name, const std::vector<std::string>& counties) const {
  return !counties.empty() && std::all_of(counties.begin(), counties.end(),
                                          [&](const std::string& county) { return own(name, county) != nullptr; });
}

Margins read_margins(const std::filesystem::path& path, const std::string& whole,
                     const std::vector<std::string>& counties, const std::vector<std::string>& groups,
                     RefusedRows& refused, std::vector<Problem>& problems, std::vector<Problem>& warnings) {
  Margins margins(whole, groups);
  std::vector<std::string> places = counties;
  places.push_back(whole);
  const std::size_t before = problems.size();
  TableRows rows(path, margins.table(), {{"place", places}}, problems);
  for (std::size_t i = before; i < problems.size(); ++i)
    if (problems[i].key == "name" && problems[i].hint.empty() &&
        is_one_of(problems[i].message, {msgid("there is no margin {}")}))
      problems[i].hint = message("a group of persons is named in region.toml: groups = [\"…\"]");
  refused.misspelt = rows.misspelt();
  for (std::size_t row = 0; row < rows.size() && rows.readable(); ++row) {
    const RowField* field = rows.field(row);
    const std::string& place = rows.text(row, "place");
    if (field && !field->shown_only && rows.sound(row)) {
      if (field->level == Level::region && place != whole)
        rows.refuse(row, "place",
                    message("is {}, but {} is read of the whole region only", visible(place), field->name),
                    message("give it for {}, or leave it out", whole));
      if (field->name == margin::ethnic_correlation && groups.empty())
        rows.refuse(row, "name", message("{} is read of a region's groups only, and it names none", field->name),
                    message("leave it out, or name them: groups = [\"…\"] in region.toml"));
      if (field->level == Level::county && place == whole)
        rows.refuse(row, "place", message("is {}, but {} is read of counties only", visible(place), field->name),
                    message("give it for every county, or leave it out"));
    }
    if (!field || !rows.sound(row)) {
      if (field) refused.known.push_back(field->name);
      continue;
    }
    const Measured& m = rows.measured(row);
    const Status status = rows.status(row);
    if (status != Status::assumption && m.low < m.high)
      warnings.push_back({rows.origin(row), "low",
                          message("{}: {}", rows.name(row),
                                  message("has a range, and a figure that is no assumption is never drawn from it")),
                          message("empty low and high, or say assumption")});
    Margin margin{field->name, place, m.value, field->unit,      rows.text(row, "source"),
                  status,      m.low, m.high,  rows.origin(row), rows.year(row, "year")};
    margin.rounding = m.rounding;
    margins.set(std::move(margin));
  }
  return margins;
}

}  // namespace tuopin
