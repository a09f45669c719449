#include "models/scenario.hpp"

#include <algorithm>

#include "engine/base/luck.hpp"
#include "engine/files/settings_text.hpp"
#include "models/draw.hpp"
#include "models/fields.hpp"
#include "models/limits.hpp"
#include "models/programme/programme.hpp"
#include "models/programme/treasury.hpp"
#include "models/tables.hpp"

namespace tuopin {

namespace {

std::vector<std::string> programme_names_beside(const std::filesystem::path& folder) {
  std::vector<std::string> stems;
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(folder, ignored))
    if (entry.path().extension() == ".toml") stems.push_back(entry.path().stem().string());
  std::sort(stems.begin(), stems.end());
  return stems;
}

void load_programmes(Scenario& scenario, std::vector<Problem>& problems) {
  const auto folder = scenario.settings.path().parent_path() / "programmes";
  std::vector<std::string> seen;
  const std::vector<std::string> names = scenario.settings.names("programmes");
  const auto keep_free = [&](const char* key) {
    problems.push_back({scenario.settings.origin(key), key,
                        std::string("uses the name \"") + safety_net_name + "\", which is the old safety net's own",
                        "give it another name"});
  };
  for (const std::string& fund : scenario.settings.tables("funds"))
    if (fund == safety_net_name) keep_free("funds");
  const auto too_many = [&](const char* key, std::size_t count, std::size_t most) {
    problems.push_back({scenario.settings.origin(key), key,
                        "names " + std::to_string(count) + ", at most " + std::to_string(most) + " are served", ""});
  };
  if (names.size() > max_programmes) return too_many("programmes", names.size(), max_programmes);
  if (const std::size_t funds = scenario.settings.tables("funds").size(); funds > max_funds)
    too_many("funds", funds, max_funds);
  for (const std::string& name : names) {
    if (name.empty() || name.front() == '.' || name.find_first_of("/\\") != std::string::npos) {
      problems.push_back({scenario.settings.origin("programmes"), "programmes",
                          "lists \"" + name + "\", which is no name of a file in programmes/", ""});
      continue;
    }
    const auto file = folder / (name + ".toml");
    std::error_code unreadable;  // a name that is too long is no file either
    if (!std::filesystem::exists(file, unreadable)) {
      problems.push_back({scenario.settings.origin("programmes"), "programmes",
                          "there is no programme file " + file.string(),
                          did_you_mean(name, programme_names_beside(folder))});
      continue;
    }
    if (std::find(seen.begin(), seen.end(), name) != seen.end())
      problems.push_back({scenario.settings.origin("programmes"), "programmes", "lists \"" + name + "\" twice", ""});
    seen.push_back(name);
    if (name == safety_net_name) keep_free("programmes");
    const std::size_t before = problems.size();
    Settings programme = load_settings(file, programme_file(), name + ".", problems);
    if (problems.size() == before && programme.has("luck"))  // drawn numbers keep their luck as well
      programme = load_settings(file, programme_file(), programme.text("luck") + ".", problems);
    if (problems.size() > before) continue;
    for (const auto& [fund, share] : programme.shares("cost.funding"))
      if (fund == safety_net_name)
        problems.push_back({programme.origin("cost.funding"), "cost.funding",
                            std::string("draws on \"") + safety_net_name + "\", which is the old safety net's own",
                            "name another fund"});
    scenario.programmes.push_back(programme);
  }
}

/// A programme or a region given as a scenario has every key wrong: say the one thing that helps.
void say_what_it_is(const std::filesystem::path& path, std::size_t before, std::vector<Problem>& problems) {
  std::vector<Problem> as_programme, as_region;
  load_settings(path, programme_file(), "", as_programme);
  load_settings(path, region_file(), "", as_region);
  const std::size_t as_scenario = problems.size() - before;
  const bool programme = 2 * as_programme.size() < as_scenario, region = 2 * as_region.size() < as_scenario;
  if (!programme && !region) return;
  problems.resize(before);
  problems.push_back({{path.string(), 1, 0},
                      "",
                      programme ? "is a programme, expected a scenario" : "is a region, expected a scenario",
                      programme ? "name it in `programmes` of a scenario and give that scenario"
                                : "name it as `region` of a scenario and give that scenario"});
}

/// The name stands in studies, tables and messages.
void check_name(const std::filesystem::path& path, const std::string& name, std::vector<Problem>& problems) {
  std::vector<Problem> unreadable;
  const bool control = std::any_of(name.begin(), name.end(), [](unsigned char c) { return c < ' ' || c == 0x7f; });
  if (control || !is_readable_text(name, "", name.size(), unreadable))
    problems.push_back({{path.string()},
                        "",
                        "is the name of a scenario, which may hold no control characters and must be UTF-8",
                        "give the file another name"});
}

/// Relations between keys that no single field knows.
void check_relations(const Scenario& scenario, std::vector<Problem>& problems) {
  const Settings& s = scenario.settings;
  if (!s.has("growth.nominal") && !s.has("growth.mean_income"))
    problems.push_back(
        {s.origin("growth"), "growth", "give nominal, or mean_income (which is used where both stand)", ""});
  if (s.has("growth.mean_income") && s.series("growth.mean_income").values.begin()->first > scenario.region->base_year)
    problems.push_back({s.origin("growth.mean_income"), "growth.mean_income",
                        "has no value for the base year " + std::to_string(scenario.region->base_year), ""});
  for (const char* section : {"shocks", "safety_net", "guarantees"})
    if (s.flag(std::string(section) + ".off") && !s.has(std::string(section) + ".reason"))
      problems.push_back({s.origin(std::string(section) + ".off"), std::string(section) + ".off",
                          "leaving this part out needs a `reason`: it is stamped on the output", ""});
  if (!s.flag("shocks.off"))
    for (const char* shock : {"prefecture_sd", "county_sd", "village_sd"})
      if (s.number(std::string("shocks.") + shock) == 0)
        problems.push_back({s.origin("shocks"), std::string("shocks.") + shock,
                            "is zero: independent luck within a place makes forecasts far too sure",
                            "give it, or say off = true with a reason"});
  if (s.number("income.permanent_share") + s.number("income.persistent_share") > 1)
    problems.push_back({s.origin("income"), "income", "permanent_share + persistent_share is more than 1", ""});
}

/// Folders in which programmes may stand that this scenario's targets name: beside it, beside what it extends, and
/// beside the region, whose targets other scenarios share.
std::vector<std::filesystem::path> programme_folders(const Scenario& scenario) {
  const std::filesystem::path region = scenario.region->settings.path().parent_path();
  std::vector<std::filesystem::path> beside{scenario.settings.path().parent_path()};
  beside.push_back(region);
  beside.push_back(region.parent_path());
  for (auto& folder : beside) folder /= "programmes";
  return beside;
}

/// Targets that name a programme: its file is there, and its places are counted in the target's unit.
void check_target_programmes(const Scenario& scenario, std::vector<Problem>& problems) {
  const auto folders = programme_folders(scenario);
  for (const Target& target : scenario.region->targets) {
    const std::size_t colon = target.measure.find(':');
    if (!target.in_model || colon == std::string::npos || !target.measure.starts_with("programme_entered")) continue;
    const std::string name = target.measure.substr(colon + 1);
    const auto served = std::find_if(scenario.programmes.begin(), scenario.programmes.end(),
                                     [&](const Settings& programme) { return programme.stem() == name; });
    if (served != scenario.programmes.end()) {
      const std::string& unit = served->text("capacity.unit");
      if (target.unit != unit)
        problems.push_back(
            {target.origin, "unit",
             target.id + ": is \"" + target.unit + "\", and the places of " + name + " are counted in " + unit,
             "write " + unit});
      continue;
    }
    std::vector<std::string> names;
    for (const auto& folder : folders)
      for (const std::string& one : programme_names_beside(folder)) names.push_back(one);
    if (std::find(names.begin(), names.end(), name) == names.end())
      problems.push_back({target.origin, "measure",
                          target.id + ": there is no programme file " + (folders.front() / (name + ".toml")).string(),
                          did_you_mean(name, names)});
  }
}

/// Places that no year can ever give out are a slip of the pen.
void check_years(const Settings& programme, const Region& region, std::vector<Problem>& problems) {
  const auto [first, last] = programme.window("window");
  if (last <= region.base_year || first > region.last_year)
    problems.push_back({programme.origin("window"), "window",
                        "holds no simulated year: the region's are " + std::to_string(region.base_year + 1) + " to " +
                            std::to_string(region.last_year),
                        ""});
  for (const std::string& effect : programme.tables("effect")) {
    const std::string path = "effect." + effect + ".top_up_to";
    if (programme.has(path) && programme.series(path).values.begin()->first > first)
      problems.push_back({programme.origin(path), path,
                          "has no value for " + std::to_string(first) + ", the first year of the window", ""});
  }
  if (!programme.has("capacity.by_year")) return;
  for (const auto& [year, places] : programme.series("capacity.by_year").values)
    if (year < first || year > last)
      problems.push_back({programme.origin("capacity.by_year"), "capacity.by_year",
                          "gives places in " + std::to_string(year) + ", outside the window " + std::to_string(first) +
                              " to " + std::to_string(last),
                          ""});
}

}  // namespace

Scenario Scenario::without_batch(const std::string& batch) const {
  Scenario rest = *this;
  rest.name += " without " + batch;
  std::erase_if(rest.programmes, [&](const Settings& programme) { return programme.text("batch") == batch; });
  return rest;
}

std::vector<std::string> Scenario::batches() const {
  std::vector<std::string> names;
  for (const Settings& programme : programmes) {
    const std::string& batch = programme.text("batch");
    if (std::find(names.begin(), names.end(), batch) == names.end()) names.push_back(batch);
  }
  return names;
}

void refuse(std::vector<Problem> problems) {
  const bool tables_only = std::all_of(problems.begin(), problems.end(), [](const Problem& problem) {
    return std::filesystem::path(problem.origin.file).extension() == ".csv";
  });
  if (tables_only) throw DataError(std::move(problems));
  throw ScenarioError(std::move(problems));
}

Scenario load_scenario(const std::filesystem::path& path, std::vector<Problem>& problems) {
  Scenario scenario;
  scenario.name = path.stem().string();
  const std::size_t before = problems.size();
  check_name(path, scenario.name, problems);
  if (problems.size() > before) return scenario;
  scenario.settings = load_settings(path, scenario_file(), "", problems);
  if (problems.size() > before) {
    say_what_it_is(path, before, problems);
    return scenario;
  }
  scenario.title = scenario.settings.translated("title");
  const std::size_t before_region = problems.size();
  scenario.region = std::make_shared<const Region>(load_region(scenario.settings.file("region"), problems));
  if (problems.size() == before_region) synthesis_input(*scenario.region, problems);  // its margins, with all the rest
  load_programmes(scenario, problems);
  if (problems.size() == before) check_target_programmes(scenario, problems);
  check_relations(scenario, problems);
  if (problems.size() > before) return scenario;

  std::vector<std::string> luck = {"household.income",     "household.safety_net", "household.safety_net_list",
                                   "household.guarantees", "register.review",      "prefecture.income",
                                   "county.income",        "village.income"};
  for (const Crop& crop : scenario.region->crops) luck.push_back("crop." + crop.name + ".price");  // one for all plots
  for (const Settings& settings : scenario.programmes) {
    const Programme programme(settings, *scenario.region, problems);
    check_years(settings, *scenario.region, problems);
    for (const std::string& process : programme.processes()) luck.push_back(process);
  }
  check_process_names(luck);
  return scenario;
}

std::vector<Scenario> load_checked(const std::vector<std::filesystem::path>& paths) {
  std::vector<Problem> problems;
  std::vector<Scenario> scenarios;
  for (const auto& path : paths) scenarios.push_back(load_scenario(path, problems));
  if (!problems.empty()) refuse(std::move(problems));
  return scenarios;
}

namespace {

bool grants_plots(const Settings& programme) {
  for (const std::string& effect : programme.tables("effect")) {
    const std::string asset = "effect." + effect + ".asset";
    if (programme.has(asset) && programme.text(asset) == "plot") return true;
  }
  return false;
}

}  // namespace

InputCount count_inputs(const Scenario& scenario) {
  InputCount count;
  const auto add_status = [&](Status status) {
    (status == Status::published ? count.published : status == Status::derived ? count.derived : count.assumption)++;
  };
  const auto add = [&](const Quantity& q) { add_status(q.status); };
  scenario.settings.for_each_quantity(add);
  for (const Settings& programme : scenario.programmes) programme.for_each_quantity(add);
  const Region& region = *scenario.region;
  for (const char* name : required_lines)
    for (const auto& [year, quantity] : region.lines.at(name))
      if (year <= region.last_year) add(quantity);
  const bool plots = std::any_of(scenario.programmes.begin(), scenario.programmes.end(), grants_plots);
  if (plots) {
    for (const Crop& crop : region.crops)
      for (const std::string& name : crop_numbers()) add(crop.numbers.at(name));
    for (const Status status : region.crop_share_status) add_status(status);
  }
  for (const auto& [key, margin] : region.margins.rows())
    if (!region.margins.table().row(key.first)->shown_only) add_status(margin.status);
  return count;
}

}  // namespace tuopin
