#include "models/scenario/scenario_checks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "engine/settings/settings_text.hpp"
#include "engine/settings/units.hpp"
#include "models/scenario/limits.hpp"

namespace tuopin {

namespace {

/// One problem for each year of a flow outside `first` to the region's last.
void refuse_years(const Settings& settings, const std::string& path, bool money, int first, const Region& region,
                  std::vector<Problem>& problems) {
  if (!settings.has(path)) return;
  const YearSeries& series = settings.series(path);
  for (const auto& [year, value] : series.values) {
    if (year >= first && year <= region.last_data_year) continue;
    const bool base = year == region.base_year;
    problems.push_back({series.origins.at(year), fmt::format("{}.{}", path, year),
                        base ? message(money ? msgid("gives money in {}, the base year, in which no programme acts")
                                             : msgid("gives places in {}, the base year, in which no programme acts"),
                                       year)
                             : message(money ? msgid("gives money in {}, outside the region's years {} to {}")
                                             : msgid("gives places in {}, outside the region's years {} to {}"),
                                       year, region.base_year, region.last_data_year),
                        message("expected {} to {}", first, region.last_data_year)});
  }
}

/// Refuses entries of a level (`from_year`) that no simulated year uses.
void refuse_entries_without_effect(const Settings& settings, const Region& region, std::vector<Problem>& problems) {
  settings.for_each_series([&](const std::string& path, const YearSeries& series) {
    if (series.flow) return;
    for (auto entry = series.values.begin(); entry != series.values.end(); ++entry) {
      const int year = entry->first;
      const auto next = std::next(entry);
      const bool superseded = next != series.values.end() && next->first <= region.base_year;
      if (!superseded && year <= region.last_data_year) continue;
      problems.push_back({series.origins.at(year), fmt::format("{}.{}", path, year),
                          superseded ? message("is superseded by {} before the base year {}: it changes nothing",
                                               next->first, region.base_year)
                                     : message("comes after the region's years {} to {}: it changes nothing",
                                               region.base_year, region.last_data_year),
                          message("leave it out")});
    }
  });
}

void check_window(const Settings& programme, const Region& region, std::vector<Problem>& problems) {
  const auto [first, last] = programme.window("window");
  if (last <= region.base_year || first > region.last_data_year)
    problems.push_back(
        {programme.origin("window"), "window",
         message("holds no simulated year: the region's are {} to {}", region.base_year + 1, region.last_data_year),
         ""});
  else if (first <= region.base_year || last > region.last_data_year)
    problems.push_back(
        {programme.origin("window"), "window",
         message("is {} to {}, beyond the simulated years {} to {}", first, last, region.base_year + 1,
                 region.last_data_year),
         message("write [{}, {}]", std::max(first, region.base_year + 1), std::min(last, region.last_data_year))});
  for (const std::string& effect : programme.tables("effect")) {
    const std::string path = "effect." + effect + ".top_up_to";
    if (programme.has(path) && programme.series(path).values.begin()->first > first)
      problems.push_back(
          {programme.origin(path), path, message("has no value for {}, the first year of the window", first), ""});
  }
  if (!programme.has("capacity.by_year")) return;
  const YearSeries& capacity = programme.series("capacity.by_year");
  for (const auto& [year, places] : capacity.values) {
    if (places != std::floor(places))
      problems.push_back(
          {capacity.origins.at(year), fmt::format("capacity.by_year.{}", year),
           message("is {}, expected a whole number of {}", places, unit_in_words(programme.text("capacity.unit"))),
           ""});
    if ((year >= first && year <= last) || year <= region.base_year || year > region.last_data_year) continue;
    problems.push_back({capacity.origins.at(year), fmt::format("capacity.by_year.{}", year),
                        message("gives places in {}, outside the window {} to {}", year, first, last), ""});
  }
}

bool is_unlimited(const Settings& settings, const std::string& fund) {
  const std::string path = "funds." + fund + ".unlimited";
  return settings.has(path) && settings.flag(path);
}

}  // namespace

void check_name(const std::string& file, const std::string& name, std::vector<Problem>& problems) {
  std::vector<Problem> unreadable;
  const bool control = std::any_of(name.begin(), name.end(), [](unsigned char c) { return c < ' ' || c == 0x7f; });
  if (control || !is_readable_text(name, "", name.size(), unreadable))
    problems.push_back({{file},
                        "",
                        message("is the name of a scenario, which may hold no control characters and must be UTF-8"),
                        message("give the file another name")});
}

void check_relations(const Scenario& scenario, std::vector<Problem>& problems) {
  const Settings& s = scenario.settings;
  if (!s.has("growth.nominal") && !s.has("growth.mean_income"))
    problems.push_back(
        {s.origin("growth"), "growth", message("give nominal, or mean_income (which is used where both stand)"), ""});
  if (s.has("growth.mean_income") && s.series("growth.mean_income").values.begin()->first > scenario.region->base_year)
    problems.push_back({s.origin("growth.mean_income"), "growth.mean_income",
                        message("has no value for the base year {}", scenario.region->base_year), ""});
  if (!s.flag("shocks.off"))
    for (const char* shock : {"prefecture_sd", "county_sd", "village_sd"})
      if (s.number(std::string("shocks.") + shock) == 0)
        problems.push_back({s.origin("shocks"), std::string("shocks.") + shock,
                            message("is zero: independent luck within a place makes forecasts far too sure"),
                            message("give it, or say off = true with a reason")});
  if (s.number("income.permanent_share") + s.number("income.persistent_share") > 1)
    problems.push_back(
        {s.origin("income"), "income", message("permanent_share + persistent_share is more than 1"), ""});
  for (const std::string& fund : s.tables("funds"))
    if (is_unlimited(s, fund) && s.flag("funds." + fund + ".carry_over"))
      problems.push_back({s.origin("funds." + fund + ".carry_over"), "funds." + fund + ".carry_over",
                          message("changes nothing in a fund without limit"),
                          message("leave it out, or give by_year")});
}

/// The base year is calibrated with the region's lines, for all scenarios.
void refuse_lines_of_the_base_year(const Settings& settings, const Region& region, std::vector<Problem>& problems) {
  for (const std::string name : {"administrative", "allowance"}) {
    const std::string path = "lines." + name;
    if (!settings.has(path)) continue;
    const YearSeries& series = settings.series(path);
    const int first = series.values.begin()->first;
    if (first <= region.base_year)
      problems.push_back({series.origins.at(first), fmt::format("{}.{}", path, first),
                          message("is the line of the base year {} or before, which is the region's in every scenario",
                                  region.base_year),
                          message("expected {} to {}", region.base_year + 1, region.last_data_year)});
  }
}

void check_years(const Scenario& scenario, std::vector<Problem>& problems) {
  const Region& region = *scenario.region;
  if (region.last_data_year == 0) return;  // its file could not be read, which has been said
  refuse_lines_of_the_base_year(scenario.settings, region, problems);
  for (const std::string& fund : scenario.settings.tables("funds"))
    refuse_years(scenario.settings, "funds." + fund + ".by_year", true, region.base_year, region, problems);
  refuse_entries_without_effect(scenario.settings, region, problems);
  for (const Settings& programme : scenario.programmes) {
    refuse_years(programme, "capacity.by_year", false, region.base_year + 1, region, problems);
    refuse_years(programme, "budget.by_year", true, region.base_year + 1, region, problems);
    refuse_entries_without_effect(programme, region, problems);
    check_window(programme, region, problems);
  }
}

void check_funds(Scenario& scenario, std::vector<Problem>& problems) {
  const std::vector<std::string> defined = scenario.settings.tables("funds");
  for (const std::string& fund : defined) {
    const bool drawn_on =
        std::any_of(scenario.programmes.begin(), scenario.programmes.end(),
                    [&](const Settings& programme) { return programme.shares("cost.funding").contains(fund); });
    if (drawn_on) continue;
    std::vector<std::string> others;
    for (const std::string& other : defined)
      if (other != fund) others.push_back(other);
    scenario.warnings.push_back({scenario.settings.origin("funds." + fund), "funds." + fund,
                                 message("is drawn on by no programme of {}", scenario.name),
                                 did_you_mean(fund, others)});
  }
  std::set<std::string> warned;
  for (const Settings& programme : scenario.programmes) {
    for (const auto& [fund, share] : programme.shares("cost.funding")) {
      if (std::find(defined.begin(), defined.end(), fund) != defined.end() || fund == safety_net_name) continue;
      const Origin origin = programme.origin("cost.funding");
      const std::string key = "cost.funding." + fund, near = nearest_name(fund, defined);
      const Message define = message("[funds.{}] unlimited = true in the scenario defines one without limit", fund);
      if (!near.empty()) {
        problems.push_back({origin, key, message("draws on a fund that {} does not define", scenario.name),
                            message("did you mean \"{}\"? {}", near, define)});
      } else if (warned.insert(fund).second) {
        const Message hint = defined.empty() ? define : message("it defines {}; {}", listed(defined), define);
        scenario.warnings.push_back(
            {origin, key, message("draws on a fund that {} does not define: it is without limit", scenario.name),
             hint});
      }
    }
  }
}

}  // namespace tuopin
