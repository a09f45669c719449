#include "models/run/variants.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "engine/settings/settings_text.hpp"
#include "models/run/load.hpp"
#include "models/scenario/scenario_checks.hpp"
#include "models/scenario/target_programmes.hpp"

namespace tuopin {

namespace {

std::vector<std::string> programme_names(const Scenario& scenario) {
  std::vector<std::string> names;
  for (const Settings& programme : scenario.programmes) names.push_back(programme.stem());
  return names;
}

/// A key with the file it belongs to: a programme's position, or nothing for the scenario itself.
struct Addressed {
  std::optional<std::size_t> programme;
  std::string key;
};

Addressed address_of(const Scenario& scenario, const std::string& key) {
  for (std::size_t p = 0; p < scenario.programmes.size(); ++p) {
    const std::string before = scenario.programmes[p].stem() + ".";
    if (key.starts_with(before)) return {p, key.substr(before.size())};
  }
  return {std::nullopt, key};
}

/// Why a key cannot be changed in a variant: keys that select files, or that change all random numbers at once, need a
/// file of their own. Empty if it can.
MessageId why_not(const Addressed& at) {
  if (at.key == "extends") return msgid("files are put together when they are read");
  if (!at.programme && at.key == "region") return msgid("scenarios of one run share their region");
  if (!at.programme && at.key == "programmes")
    return msgid("programmes are left out by name, and others come from files");
  if (at.programme && at.key == "luck") return msgid("every number of the programme would be drawn anew");
  return {""};
}

/// Adds the nearest programme name to a problem: a misspelt programme looks like an unknown table of the scenario.
void suggest_programme(const Scenario& scenario, const std::string& key, Problem& problem) {
  const std::string first = key.substr(0, key.find('.'));
  const Message near = did_you_mean(first, programme_names(scenario));
  if (!near.empty() && !is_one_of(problem.hint, {msgid("did you mean {}?")})) problem.hint = near;
}

void leave_out(Scenario& scenario, const Variant& variant, std::vector<Problem>& problems) {
  for (const std::string& name : variant.without) {
    const auto gone =
        std::erase_if(scenario.programmes, [&](const Settings& programme) { return programme.stem() == name; });
    if (gone == 0)
      problems.push_back({Origin{variant.name}, "without",
                          message("names {}, which is no programme of {}", in_quotes(name), scenario.name),
                          did_you_mean(name, programme_names(scenario))});
  }
}

/// The changes of each file, with the keys as they are written in the variant.
using ChangesByFile = std::map<std::optional<std::size_t>, std::vector<SettingsChange>>;

ChangesByFile by_file(const Scenario& scenario, const Variant& variant, const FileKind& scenario_file,
                      std::vector<Problem>& problems) {
  ChangesByFile changes;
  for (const SettingsChange& change : variant.changes) {
    const Addressed at = address_of(scenario, change.key);
    const std::string first = change.key.substr(0, change.key.find('.'));
    const auto& sections = scenario_file.sections;
    if (at.programme && std::any_of(sections.begin(), sections.end(), [&](const Section& section) {
          return section.path.substr(0, section.path.find('.')) == first;
        }))
      problems.push_back({Origin{variant.name}, change.key,
                          message("{} is a programme and a table of the scenario", in_quotes(first)),
                          message("give the programme's file another name")});
    else if (const MessageId why = why_not(at); !why.empty())
      problems.push_back({Origin{variant.name}, change.key, message("cannot be changed in memory"), why});
    else
      changes[at.programme].push_back({at.key, change.value});
  }
  return changes;
}

std::string keys_of(const std::vector<SettingsChange>& changes) {
  std::string keys;
  for (const SettingsChange& change : changes) keys += (keys.empty() ? "" : ", ") + change.key;
  return keys;
}

/// The inputs for reading a variant.
struct Reading {
  explicit Reading(const Catalogue& of) : catalogue(of), kinds(of.file_kinds()) {}
  const Catalogue& catalogue;
  const FileKinds kinds;
};

void change(Scenario& scenario, const Variant& variant, const Reading& reading, std::vector<Problem>& problems) {
  const FileKinds& kinds = reading.kinds;
  for (const auto& [p, changes] : by_file(scenario, variant, kinds.scenario, problems)) {
    const std::size_t before = problems.size();
    Settings& settings = p ? scenario.programmes[*p] : scenario.settings;
    const std::string said_in = p ? variant.name + ": " + settings.stem() : variant.name;
    settings = settings.with_changes(changes, p ? kinds.programme : kinds.scenario, said_in, problems);
    if (problems.size() == before && p) {
      check_rules(scenario, settings, reading.catalogue, problems);
      for (std::size_t i = before; i < problems.size(); ++i)
        if (problems[i].key.empty()) problems[i].key = keys_of(changes);  // a rule's problem knows its place in a file
    }
    for (std::size_t i = before; i < problems.size() && !p; ++i)
      if (is_one_of(problems[i].message,
                    {msgid("unknown key"), msgid("unknown table"), msgid("unknown key: a part of its name is empty")}))
        suggest_programme(scenario, problems[i].key, problems[i]);
  }
}

Scenario varied(const Scenario& scenario, const Variant& variant, const Reading& reading,
                std::vector<Problem>& problems) {
  const std::size_t before = problems.size();
  Scenario result = scenario;
  result.name = variant.name;
  if (variant.name.empty())
    problems.push_back({{}, "name", message("is empty, expected {}", message("the name of a variant")), ""});
  check_name(variant.name, variant.name, problems);
  change(result, variant, reading, problems);
  leave_out(result, variant, problems);
  if (problems.size() > before) return result;
  result.warnings.clear();  // warnings of the files were given when they were read
  result.title = result.settings.translated("title");
  check_sections(result, reading.catalogue, problems);
  check_relations(result, problems);
  check_funds(result, problems);
  check_years(result, problems);
  check_served_targets(result, problems);
  return result;
}

}  // namespace

Scenario varied(const Scenario& scenario, const Variant& variant, std::vector<Problem>& problems,
                const Catalogue& catalogue) {
  return varied(scenario, variant, Reading(catalogue), problems);
}

std::vector<Scenario> varied(const Scenario& scenario, const std::vector<Variant>& variants,
                             const Catalogue& catalogue) {
  const Reading reading(catalogue);
  std::vector<Problem> problems;
  std::vector<Scenario> results;
  results.reserve(variants.size());
  std::set<std::string> names;
  for (const Variant& variant : variants) {
    if (!names.insert(variant.name).second)
      problems.push_back(
          {Origin{variant.name}, "name", message("is the name of two variants"), message("give each its own")});
    results.push_back(varied(scenario, variant, reading, problems));
  }
  if (!problems.empty()) throw ScenarioError(std::move(problems));
  return results;
}

Scenario Scenario::without_batch(const std::string& batch) const {
  Variant rest{name + " without " + batch, {}, {}};
  for (const Settings& programme : programmes)
    if (programme.text("batch") == batch) rest.without.push_back(programme.stem());
  Scenario result = *this;
  result.name = rest.name;
  std::vector<Problem> none;
  leave_out(result, rest, none);
  return result;
}

std::vector<SettingsChange> moved_money(const Scenario& scenario, const std::string& from, const std::string& to,
                                        int year, double yuan) {
  const auto money_of = [&](const std::string& key) {
    const Addressed at = address_of(scenario, key);
    const Settings& settings = at.programme ? scenario.programmes[*at.programme] : scenario.settings;
    const bool is_money =
        at.programme ? at.key == "budget.by_year" : at.key.starts_with("funds.") && at.key.ends_with(".by_year");
    if (is_money && settings.has(at.key)) return &settings.series(at.key);
    std::vector<std::string> flows;
    for (const std::string& fund : scenario.settings.tables("funds")) flows.push_back("funds." + fund + ".by_year");
    for (const Settings& programme : scenario.programmes)
      if (programme.has("budget.by_year")) flows.push_back(programme.stem() + ".budget.by_year");
    const Message near = did_you_mean(key, flows);
    throw ScenarioError({Problem{Origin{scenario.name}, key, message("is no flow of money of this scenario"),
                                 near.empty() ? message("there are: {}", quoted_list(flows)) : near}});
  };
  const YearSeries &giver = *money_of(from), &taker = *money_of(to);
  if (!(yuan >= 0 && yuan <= giver.at(year)))
    throw ScenarioError(
        {Problem{Origin{scenario.name}, from,
                 message("has {} yuan in {}, of which {} cannot be taken", giver.at(year), year, yuan), ""}});
  const auto typed = [&](const YearSeries& series, double own) {
    // A file may use another unit, such as 万元: the factor of any year gives its value in yuan.
    if (series.factor.typed.unit.empty()) return own;
    for (const auto& [of, value] : series.values)
      if (value > 0) return own * series.typed_values.at(of) / value;
    throw ScenarioError({Problem{
        series.origin, series.factor.name,
        message("counts no money in any year, so that its unit {} tells nothing", in_quotes(series.factor.typed.unit)),
        ""}});
  };
  const std::string suffix = "." + std::to_string(year);
  return {{from + suffix, toml_float(typed(giver, giver.at(year) - yuan))},
          {to + suffix, toml_float(typed(taker, taker.at(year) + yuan))}};
}

}  // namespace tuopin
