#include "models/programme/programme.hpp"

#include <algorithm>
#include <cmath>

#include "engine/money/budgets.hpp"
#include "engine/money/ledger.hpp"

namespace tuopin {

namespace {

CapacityUnit capacity_unit_of(const std::string& word) {
  if (word == "persons") return CapacityUnit::persons;
  if (word == "households") return CapacityUnit::households;
  return CapacityUnit::posts;
}

Rule rule_of(const Settings& p, const char* path, Rule::Type type, const RuleScope& scope,
             std::vector<Problem>& problems) {
  return Rule(p.text(path), type, scope, p.origin(path), problems);
}

double optional_number(const Settings& p, const char* path, double otherwise) {
  return p.has(path) ? p.number(path) : otherwise;
}

}  // namespace

Programme::Columns::Columns(const StateSchema& schema)
    : true_income(schema.reads<float>("household.true_income")), moved(schema.reads<std::uint8_t>("household.moved")),
      holds_top_up(schema.reads<std::uint8_t>("household.holds_top_up")),
      on_safety_net_list(schema.reads<std::uint8_t>("household.on_safety_net_list")),
      free_days(schema.writes<std::uint16_t>("household.free_days")),
      days_taken(schema.writes<std::uint16_t>("household.days_taken")),
      payments(schema.writes<std::int32_t>("household.payments")) {}

Programme::Programme(const Settings& p, const PriceIndices& indices, const Region& region, const Verbs& verbs,
                     const StateSchema& schema, YearNeeds& needs, std::vector<Problem>& problems)
    : name(p.stem()), luck_name(p.has("luck") ? p.text("luck") : name), batch(p.text("batch")),
      title(p.translated("title")), first_year(p.window("window").first), last_year(p.window("window").second),
      years(static_cast<int>(p.integer("duration.years"))), first_offer(std::max(first_year, region.base_year + 1)),
      unit_is_person(p.text("unit") == "person"),
      eligible(rule_of(p, "eligible", Rule::Type::boolean, rule_scope(unit_is_person, schema), problems)),
      score(rule_of(p, "score.expression", Rule::Type::number, rule_scope(unit_is_person, schema), problems)),
      exclusion_by(rule_of(p, "score.exclusion_by", Rule::Type::number, rule_scope(unit_is_person, schema), problems)),
      eligibility(eligible, unit_is_person, schema), noise_sd(p.number("score.noise_sd")),
      exclusion(p.number("score.exclusion")), capture(p.number("score.capture")),
      take_up(optional_number(p, "take_up.probability", 1)), dropout(p.number("duration.dropout")),
      capacity_unit(capacity_unit_of(p.text("capacity.unit"))), by_county(p.text("capacity.by") == "county"),
      everyone(p.flag("capacity.all")), key(p.text("capacity.key")), admin_share(p.number("cost.admin_share")),
      funding(p.shares("cost.funding")), columns(schema) {
  if (p.has("capacity.by_year")) capacity = p.series("capacity.by_year");
  if (everyone == p.has("capacity.by_year"))
    problems.push_back({p.origin("capacity"), "capacity", message("give either by_year or all = true"), ""});
  if (p.has("budget.by_year")) {
    has_budget = true;
    budget = p.series("budget.by_year");
  }
  once = optional_number(p, "cost.once", 0);
  per_year = optional_number(p, "cost.per_year", 0);
  cost_index = indices.of(p, "cost.index", problems);
  const Kind kind = unit_is_person ? Kind::person : Kind::household;
  targeting_luck = {hash32(process("targeting")), kind};
  exclusion_luck = {hash32(process("exclusion")), kind};
  dropout_luck = {hash32(process("dropout")), kind};
  const RuleScope scope = rule_scope(unit_is_person, schema);
  Binder binder(schema, needs, {});
  for (const std::string& effect : p.tables("effect")) {
    const std::string path = "effect." + effect;
    effects.push_back(make_effect(verbs, {p, path, "programme." + luck_name + "." + path, indices, region, scope,
                                          binder, unit_is_person, problems}));
    const Acts of_effect = effects.back()->acts();
    acts = {acts.pays || of_effect.pays, acts.enters || of_effect.enters, acts.holds || of_effect.holds};
    takes_days = takes_days || effects.back()->takes_days();
    if (of_effect.pays) {
      const std::string stream = effects.back()->stream();
      payments.push_back({effects.size() - 1, StreamOfPayments(binder, stream), stream});
      pays_through_several = pays_through_several || stream != payments.front().name;
    }
    const auto keeps = [](const std::unique_ptr<Effect>& made) { return made->keeps_detail(); };
    if (keeps(effects.back()) && std::count_if(effects.begin(), effects.end(), keeps) > 1)
      problems.push_back({p.origin(path), path, message("is a second grant of plots: a place keeps one crop"),
                          message("give it a programme of its own")});
  }
  of_effects = binder.end();
}

std::int64_t Programme::once_fen(int in_year) const { return to_fen(once * cost_index.at(in_year)); }
std::int64_t Programme::per_year_fen(int in_year) const { return to_fen(per_year * cost_index.at(in_year)); }

std::int64_t Programme::capacity_of(int year) const {
  if (!open(year) || year < first_offer) return 0;
  if (everyone) return unlimited;
  return static_cast<std::int64_t>(std::floor(capacity.at(year) + 0.5));
}

namespace {

/// Appends the columns that the list does not contain yet, keeping the order of first mention.
void add_new(std::vector<std::string>& columns, const std::vector<std::string>& more) {
  for (const std::string& column : more)
    if (std::find(columns.begin(), columns.end(), column) == columns.end()) columns.push_back(column);
}

void add_effects(const Programme& programme, Description& d) {
  add_new(d.reads, programme.of_effects.reads);
  add_new(d.writes, programme.of_effects.writes);
  // Places and money depend on these columns. Columns that are only counted (true income on entry) are not listed.
  if (programme.capacity_unit == CapacityUnit::persons && !programme.unit_is_person)
    add_new(d.reads, {"household.members"});
  add_new(d.reads, {"household.weight"});
}

}  // namespace

Description describe_holders(const Programme& programme) {
  Description d{"programme." + programme.name + ".holders",
                message("{}: those who are enrolled leave or are served again", in_words(programme.title)),
                {},
                {},
                {programme.process("dropout")}};
  add_effects(programme, d);
  return d;
}

Description describe_entrants(const Programme& programme) {
  std::vector<Message> effects;
  for (const auto& effect : programme.effects) {
    if (!effects.empty()) effects.push_back(msgid("; "));
    effects.push_back(effect->in_words());
  }
  Description d{"programme." + programme.name,
                message("{}: {}", in_words(programme.title), Message::together(std::move(effects))),
                {},
                {},
                {programme.process("targeting"), programme.process("exclusion")}};
  add_new(d.luck, programme.of_effects.luck);
  add_new(d.reads, programme.eligible.reads());
  add_new(d.reads, programme.score.reads());
  if (programme.exclusion > 0) add_new(d.reads, programme.exclusion_by.reads());
  add_effects(programme, d);
  return d;
}

}  // namespace tuopin
