#include "models/effects/verbs.hpp"

#include <fmt/format.h>

#include <stdexcept>

#include "models/state/codebook.hpp"

namespace tuopin {

const Verbs& shipped_verbs() {
  static const Verbs verbs = {
      {"slot", slot_fields, make_slot},
      {"stream_add", stream_add_fields, make_stream_add},
      {"asset_grant", asset_grant_fields, make_asset_grant},
      {"move", move_fields, make_move},
      {"transition_shift", transition_shift_fields, make_transition_shift},
  };
  return verbs;
}

std::map<std::string, std::vector<Field>> fields_of(const Verbs& verbs) {
  std::map<std::string, std::vector<Field>> fields;
  for (const Verb& verb : verbs) fields[verb.name] = verb.fields();
  return fields;
}

std::unique_ptr<Effect> make_effect(const Verbs& verbs, const EffectContext& context) {
  const std::string& name = context.programme.text(context.path + ".verb");
  for (const Verb& verb : verbs)
    if (name == verb.name) return verb.make(context);
  throw std::logic_error("verb " + name + " passed the field table but is not made anywhere");
}

Field index_field() {
  return {"index",
          FieldKind::text,
          msgid("price index of the scenario that amounts follow; left out: they stay as they are"),
          "",
          -1e300,
          1e300,
          false,
          "",
          {}};
}

Message at_prices_of(const PriceIndex& index) {
  return index.growth == 0 ? Message{}
                           : message(" (at the prices of {}, {}% more each year)", index.base_year,
                                     fmt::format("{:.3g}", 100 * index.growth));
}

RuleScope rule_scope(bool unit_is_person, const StateSchema& schema) {
  RuleScope scope;
  if (unit_is_person) scope.levels.push_back({"", "person", {&codebook::persons()}});
  scope.levels.push_back(
      {unit_is_person ? "household" : "", "household", {&codebook::households(), &schema.specs(household_level)}});
  RuleScope::Level& household = scope.levels.back();
  household.on_demand = schema.offered(household_level);
  for (std::size_t level = 0; level < schema.levels(); ++level)
    if (schema.is_child(level)) household.children.push_back({schema.level_name(level), &schema.specs(level)});
  scope.levels.push_back({"village", "village", {&codebook::villages(), &schema.specs(village_level)}});
  if (!unit_is_person)
    scope.elsewhere = {&codebook::persons(),
                       message("a column of persons: a rule of households knows children, elders, "
                               "able_workers, …; or say unit = \"person\" above")};
  scope.constants = {"line", "administrative_line", "allowance_line", "year"};
  return scope;
}

RuleData rule_data(const World& world, bool unit_is_person) {
  const Population& people = *world.shard.population;
  RuleData data;
  using Rows = std::span<const std::uint32_t>;
  if (unit_is_person) data.levels.push_back({{&people.persons}, {}, {}});
  data.levels.push_back({{&people.households, &world.state.table(household_level)},
                         unit_is_person ? people.persons.column<std::uint32_t>("household") : Rows{},
                         unit_is_person ? people.households.column<std::uint32_t>("person_begin") : Rows{}});
  const StateSchema& schema = *world.schema;
  for (std::size_t level = 0; level < schema.levels(); ++level)
    if (schema.is_child(level))
      data.levels.back().children.push_back({world.state.blocks_of(level), world.shard.block_begin});
  data.levels.push_back({{&people.villages, &world.state.table(village_level)},
                         people.households.column<std::uint32_t>("village"),
                         unit_is_person ? Rows{} : people.villages.column<std::uint32_t>("household_begin")});
  data.constants = {world.lines.statistical, world.lines.administrative, world.lines.allowance,
                    static_cast<double>(world.year)};
  return data;
}

}  // namespace tuopin
