#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "engine/settings/cells.hpp"
#include "engine/settings/units.hpp"
#include "models/population/margin_sums.hpp"
#include "models/population/synthesis.hpp"
#include "models/scenario/limits.hpp"
#include "models/scenario/margin_names.hpp"
#include "models/scenario/tables.hpp"

namespace tuopin {

namespace {

/// Refuses implausibly large populations before synthesis, which happens in memory.
void check_sizes(const SynthesisInput& input, std::vector<Problem>& problems) {
  for (const std::string_view name : {margin::persons, margin::households, margin::villages}) {
    double counties = 0, region = 0;
    for (const auto& [key, margin] : input.margins.rows())
      if (key.first == name) (key.second == input.whole.id ? region : counties) += std::max(margin.value, margin.high);
    const Margin* row = input.margins.find(name, input.whole.id);
    if (!(std::max(region, counties) > max_persons)) continue;
    problems.push_back(
        {row ? row->origin : Origin{}, std::string(name),
         message("is more than the {} persons of which a population can be made", static_cast<long>(max_persons)), ""});
  }
}

/// Checks that margins of money and status are of the base year.
void check_years(const SynthesisInput& input, std::vector<Problem>& problems) {
  for (const auto& [key, margin] : input.margins.rows()) {
    const bool bound = std::find(std::begin(margin::of_base_year), std::end(margin::of_base_year), margin.name) !=
                       std::end(margin::of_base_year);
    if (bound && margin.year != 0 && margin.year != input.base_year)
      problems.push_back({margin.origin, "year",
                          message("{}, {}: {}", margin.name, margin.place,
                                  message("is of {}, expected the base year {}", margin.year, input.base_year)),
                          message("give the figure of the base year, or change base_year in region.toml")});
  }
}

/// The margins that the region's file sets, in place of the table's.
void override_margins(SynthesisInput& input, const Settings& settings, std::vector<Problem>& problems) {
  for (const std::string& name : settings.tables("margin")) {
    const std::string key = "margin." + name, value = key + ".value", counties = key + ".counties";
    const RowField* field = input.margins.table().row(name);
    if (!field || field->shown_only) {
      problems.push_back({settings.origin(key), key, message("is no margin that the synthesis reads"),
                          did_you_mean(name, input.margins.table().row_names())});
      continue;
    }
    if (field->level == Level::county) {
      problems.push_back(
          {settings.origin(key), key, message("is read of counties only, and this is the whole region's"), ""});
      continue;
    }
    const Quantity& quantity = settings.quantity(value);
    Measured m{quantity.value,
               quantity.low,
               quantity.high,
               quantity.low < quantity.high,
               number_of_cell(fmt::format("{}", quantity.value)).rounding,
               ""};
    const std::size_t before = problems.size();
    check_measured(*field, quantity.unit, name, quantity.origin, m, problems);
    for (std::size_t i = before; i < problems.size(); ++i) problems[i].key = value + "." + problems[i].key;
    if (problems.size() > before) continue;
    Margin margin{name,  input.whole.id, m.value,         field->unit,    quantity.source, quantity.status,
                  m.low, m.high,         quantity.origin, input.base_year};
    margin.rounding = m.rounding;
    margin.in_proportion = settings.has(counties);
    input.margins.set(std::move(margin));
  }
}

/// The groups of persons that a region names: margins of their own, in the order of the codes of `ethnicity`.
std::vector<std::string> region_groups(const Settings& settings, std::vector<Problem>& problems) {
  std::vector<std::string> groups;
  if (!settings.has("groups")) return groups;
  const auto refuse = [&](Message what, Message hint) {
    problems.push_back({settings.origin("groups"), "groups", std::move(what), std::move(hint)});
  };
  const auto named = settings.names("groups");
  if (named.size() > margin::most_groups)
    refuse(message("names {} groups, at most {}", named.size(), margin::most_groups),
           message("whoever belongs to none of them is counted as other"));
  for (const std::string& name : named) {
    if (name.empty() || name.find_first_of(" \t\n.,=\"") != std::string::npos || !invisible_character(name).empty())
      refuse(message("holds {}, expected a name without blanks, dots, commas and quotes", visible(name)), "");
    else if (name == "other" || name == "other_ethnicity")
      refuse(message("holds \"{}\": whoever belongs to no group is counted as other", name), message("leave it out"));
    else if (margins_table().row(name))
      refuse(message("holds {}, which is the name of another margin", visible(name)),
             message("give the group another name"));
    else if (std::find(groups.begin(), groups.end(), name) != groups.end())
      refuse(message("holds {} twice", visible(name)), "");
    else if (groups.size() < margin::most_groups)
      groups.push_back(name);
  }
  return groups;
}

/// Reports missing margins, each with the row that would give it.
void check_missing(const SynthesisInput& input, const std::filesystem::path& table, const RefusedRows& refused,
                   std::vector<Problem>& problems) {
  const std::vector<std::string> counties = ids_of(input.counties);
  for (const RowField& field : input.margins.table().rows) {
    const bool said = std::find(refused.known.begin(), refused.known.end(), field.name) != refused.known.end() ||
                      one_may_mean(refused.misspelt, field.name);
    if (!field.required || said) continue;
    const bool some = std::any_of(counties.begin(), counties.end(),
                                  [&](const std::string& county) { return input.margins.own(field.name, county); });
    if (some || input.margins.own(field.name, input.whole.id)) continue;
    problems.push_back(
        {{table.string(), 0, 0},
         "name",
         message("the margin {} is missing: {}, in {}", field.name, in_words(field.meaning), unit_in_words(field.unit)),
         message(field.level == Level::either ? msgid("add a row {},{},…, or one for every county")
                                              : msgid("add a row {},{},…"),
                 field.name, input.whole.id)});
  }
}

}  // namespace

Margins region_margins(const Region& region, std::vector<Problem>& problems, std::vector<Problem>& warnings) {
  const std::size_t before = problems.size();
  SynthesisInput input;
  input.whole = region.whole;
  input.counties = region.counties;
  input.base_year = region.base_year;
  const std::filesystem::path table = region.settings.file("files.margins");
  RefusedRows refused;
  input.margins = read_margins(table, region.whole.id, ids_of(region.counties),
                               region_groups(region.settings, problems), refused, problems, warnings);
  const bool unreadable = input.margins.rows().empty() && problems.size() > before;
  check_years(input, problems);
  override_margins(input, region.settings, problems);
  if (!unreadable) check_missing(input, table, refused, problems);
  check_sizes(input, problems);
  if (problems.size() == before) check_sums(input, problems);
  return input.margins;
}

SynthesisInput synthesis_input(const Region& region, std::vector<Problem>&) {
  SynthesisInput input;
  input.whole = region.whole;
  input.counties = region.counties;
  input.base_year = region.base_year;
  input.seed = static_cast<std::uint64_t>(region.settings.integer("synthesis_seed"));
  input.margins = region.margins;
  return input;
}

}  // namespace tuopin
