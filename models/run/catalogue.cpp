#include "models/run/catalogue.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "engine/settings/settings_text.hpp"
#include "models/run/year_list.hpp"

namespace tuopin {

namespace {

template <typename Rows>
auto named(Rows& rows, std::string_view name) {
  return std::find_if(rows.begin(), rows.end(), [&](const auto& row) { return row.name == name; });
}

/// True where a programme of the scenario uses the verb.
bool uses(const Scenario& scenario, const std::string& verb) {
  return std::any_of(scenario.programmes.begin(), scenario.programmes.end(), [&](const Settings& programme) {
    const std::vector<std::string> effects = programme.tables("effect");
    return std::any_of(effects.begin(), effects.end(),
                       [&](const std::string& effect) { return programme.text("effect." + effect + ".verb") == verb; });
  });
}

/// The texts of all rules of a programme.
std::vector<std::string_view> rules_of(const Settings& programme, const Verbs& verbs) {
  std::vector<std::string_view> rules;
  for (const char* path : {"eligible", "score.expression", "score.exclusion_by"})
    if (programme.has(path)) rules.emplace_back(programme.text(path));
  for (const std::string& effect : programme.tables("effect")) {
    const auto verb = named(verbs, programme.text("effect." + effect + ".verb"));
    if (verb == verbs.end()) continue;
    for (const Field& field : verb->fields())
      if (const std::string path = "effect." + effect + "." + field.key;
          field.kind == FieldKind::rule && programme.has(path))
        rules.emplace_back(programme.text(path));
  }
  return rules;
}

Catalogue shipped() {
  Catalogue catalogue;
  catalogue.year = shipped_year();
  catalogue.verbs = shipped_verbs();
  catalogue.figures = shipped_figures();
  catalogue.measures = shipped_measures();
  catalogue.streams = shipped_streams();
  return catalogue;
}

}  // namespace

void Catalogue::add_after(std::string_view name, Mechanism mechanism) {
  if (named(year, mechanism.name) != year.end())
    throw std::logic_error(fmt::format("two mechanisms of the year are called {}", mechanism.name));
  const auto found = named(year, name);
  if (found == year.end()) {
    std::vector<std::string> names;
    for (const Mechanism& known : year) names.push_back(known.name);
    const Message near = did_you_mean(name, names);
    throw UsageError({Problem{{},
                              "",
                              message("no mechanism of the year is called \"{}\"", name),
                              near.empty() ? message("there are: {}", quoted_list(names)) : near}});
  }
  year.insert(found + 1, std::move(mechanism));
}

void Catalogue::add(Verb verb) {
  if (named(verbs, verb.name) != verbs.end()) throw std::logic_error(fmt::format("two verbs are called {}", verb.name));
  verbs.push_back(std::move(verb));
}

std::vector<std::string> Catalogue::sections_with_off() const {
  std::vector<std::string> sections;
  for (const Section& section : file_kinds().scenario.sections)
    if (std::any_of(section.fields.begin(), section.fields.end(),
                    [](const Field& field) { return field.key == "off" && field.kind == FieldKind::flag; }))
      sections.push_back(section.path);
  return sections;
}

FileKinds Catalogue::file_kinds() const {
  std::vector<Section> sections = {register_income_section(streams)};
  for (const Mechanism& mechanism : year)
    sections.insert(sections.end(), mechanism.sections.begin(), mechanism.sections.end());
  return tuopin::file_kinds({std::move(sections), fields_of(verbs), tables, measures});
}

std::vector<const Mechanism*> Catalogue::of(const Settings& scenario) const {
  std::vector<const Mechanism*> acting;
  for (const Mechanism& mechanism : year)
    if (!mechanism.is_on || mechanism.is_on(scenario)) acting.push_back(&mechanism);
  return acting;
}

std::set<std::string, std::less<>> Catalogue::last_years_of(const Scenario& scenario) const {
  std::set<std::string, std::less<>> names;
  for (const Settings& programme : scenario.programmes)
    for (const std::string_view rule : rules_of(programme, verbs))
      for (const Stream& stream : streams)
        if (!stream.last_year.empty() && rule.find(stream.last_year) != std::string_view::npos)
          names.emplace(stream.last_year);
  return names;
}

StateSchema Catalogue::schema_of(const Scenario& scenario) const {
  StateSchema schema = base_schema();
  std::set<std::string, std::less<>> kept = last_years_of(scenario);
  kept.insert(last_years.begin(), last_years.end());
  declare_streams(streams, scenario.settings, keeps_streams, kept, schema);
  for (const Mechanism* mechanism : of(scenario.settings))
    if (mechanism->declare) mechanism->declare(schema);
  for (const Verb& verb : verbs)
    if (verb.declare && uses(scenario, verb.name)) verb.declare(schema);
  return schema;
}

Year Catalogue::year_of(Making& making) const {
  Year made;
  for (const Mechanism* mechanism : of(making.settings)) mechanism->make(made, making);
  made.check();
  return made;
}

const Catalogue& shipped_catalogue() {
  static const Catalogue catalogue = shipped();
  return catalogue;
}

}  // namespace tuopin
