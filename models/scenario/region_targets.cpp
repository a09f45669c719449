#include "models/scenario/region_targets.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/settings/cells.hpp"
#include "engine/settings/settings_text.hpp"
#include "engine/settings/units.hpp"
#include "models/scenario/fields.hpp"
#include "models/scenario/limits.hpp"
#include "models/scenario/tables.hpp"

namespace tuopin {

namespace {

/// Checks years, measure, unit and bounds of a target that is compared with the model.
void check_target(Target& target, TableRows& rows, std::size_t row, const Region& region) {
  if (target.year < region.base_year || target.year > region.last_data_year)
    rows.refuse(row, "year",
                message("{}: {}", target.id,
                        message("is {}, expected a year of the region: {} to {}", target.year, region.base_year,
                                region.last_data_year)),
                message("say in_model = no, with the reason, where the model ends before"));
  const std::size_t colon = target.measure.find(':');
  const TargetMeasure* measure = find_measure(region.measures, target.measure);
  if (!measure) {
    std::vector<std::string> names;
    for (const TargetMeasure& one : region.measures) names.push_back(one.name);
    const std::string word = target.measure.substr(0, colon);
    const Message near = did_you_mean(word, names);
    return rows.refuse(row, "measure", message("{}: {}", target.id, message("there is no measure {}", visible(word))),
                       near.empty() ? message("known: {}", quoted_list(names)) : near);
  }
  const std::string& what = measure->names;
  const bool named = colon != std::string::npos && colon + 1 < target.measure.size();
  if (what.empty() ? colon != std::string::npos : !named)
    return rows.refuse(
        row, "measure",
        message("{}: {}", target.id,
                what.empty() ? message("is {}, and {} names nothing", visible(target.measure), measure->name)
                             : message(measure->by_batch() ? msgid("is {}, expected {}:NAME, the name of a batch")
                                                           : msgid("is {}, expected {}:NAME, the name of a programme"),
                                       visible(target.measure), measure->name)));
  if (measure->by_batch()) {
    const std::vector<std::string> batches = batch_names();
    const std::string batch = name_in_measure(target.measure);
    if (std::find(batches.begin(), batches.end(), batch) == batches.end()) {
      const Message near = did_you_mean(batch, batches);
      rows.refuse(row, "measure", message("{}: {}", target.id, message("there is no batch {}", visible(batch))),
                  near.empty() ? message("known: {}", quoted_list(batches)) : near);
    }
  }
  // The unit of a programme's places is compared with the programme later, when its file is known.
  const auto& units = capacity_units();
  const std::string typed = target.unit;
  std::string own = measure->unit;
  if (own.empty())
    for (const std::string& unit : units)
      if (own.empty() && unit_factor(typed, unit)) own = unit;
  const auto factor = own.empty() ? std::nullopt : unit_factor(typed, own);
  if (!factor)
    return rows.refuse(row, "unit",
                       message("{}: {}", target.id,
                               own.empty() ? message("is {}, expected that of the programme's places: persons, "
                                                     "households or posts",
                                                     visible(typed))
                                           : message("is {}, expected {}", visible(typed), unit_in_words(own))),
                       own.empty() ? Message() : why_no_multiple(typed, own));
  const double as_typed = target.value;
  target.value = factor->of(target.value);
  target.unit = own;
  const bool share = measure->is_rate();
  const double least = measure->by_batch() ? -max_margin : 0;  // a batch may have made people poor
  if (target.value < least || target.value > (share ? 1 : max_margin))
    rows.refuse(row, "value",
                message("{}: {}", target.id,
                        message("is {}, expected {}", with_unit(as_typed, typed),
                                with_unit(share ? message("{} to {}", 0, 1) : message("at least {}", 0), own))),
                share && target.value > 1 && target.value <= 100
                    ? message("percent are written as shares: 0.05 for 5%, or with the unit %")
                    : "");
  if (target.base > 0 && !share)
    rows.refuse(row, "base", message("{}: {}", target.id, message("stands beside a figure that is no rate")),
                message("empty the cell"));
}

}  // namespace

void read_targets(Region& region, std::vector<Problem>& problems) {
  if (!region.settings.has("files.targets")) return;
  TableRows rows(region.settings.file("files.targets"), targets_table(), {}, problems);
  for (std::size_t row = 0; row < rows.size() && rows.readable(); ++row) {
    Target target{rows.text(row, "id"),
                  rows.text(row, "name"),
                  rows.text(row, "name_zh"),
                  rows.text(row, "measure"),
                  rows.text(row, "comparison"),
                  rows.text(row, "unit"),
                  rows.text(row, "phrase"),
                  rows.text(row, "reason"),
                  0,
                  0,
                  rows.truth(row, "in_model"),
                  0,
                  rows.origin(row)};
    if (target.in_model && rows.sound(row)) {
      target.year = rows.year(row, "year");
      target.value = rows.number(row, "value");
      if (rows.has(row, "base")) target.base = rows.number(row, "base");
      check_target(target, rows, row, region);
    }
    region.targets.push_back(target);
  }
  check_count(region.targets.size(), max_targets, msgid("holds {} targets, at most {}"), rows.path(), problems);
}

void read_observations(Region& region, std::vector<Problem>& problems) {
  if (!region.settings.has("files.observations")) return;
  const TableRows rows(region.settings.file("files.observations"), observations_table(), {}, problems);
  for (std::size_t row = 0; row < rows.size() && rows.readable(); ++row)
    if (rows.sound(row))
      region.observations.push_back({rows.text(row, "variable"), rows.field(row)->unit, rows.text(row, "source"),
                                     rows.text(row, "confidence"), rows.year(row, "year"), rows.measured(row).value});
  check_count(region.observations.size(), max_targets, msgid("holds {} observations, at most {}"), rows.path(),
              problems);
}

void check_count(std::size_t count, std::size_t most, MessageId what, const std::filesystem::path& path,
                 std::vector<Problem>& problems) {
  if (count > most) problems.push_back({{path.string(), 0, 0}, "", message(what, count, most), ""});
}

}  // namespace tuopin
