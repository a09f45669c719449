#include "models/programme/eligibility.hpp"

#include <algorithm>
#include <bit>

namespace tuopin {

namespace {

/// Rows of units in a block of households.
std::pair<std::uint32_t, std::uint32_t> unit_rows(const World& world, const Block& block, bool unit_is_person) {
  if (!unit_is_person) return {block.begin, block.end};
  const auto& first = world.shard.people.person_begin;
  return {first[block.begin],
          block.end < world.shard.rows ? first[block.end] : static_cast<std::uint32_t>(world.shard.person_id.size())};
}

RuleParts parts_of(const Rule& rule, bool unit_is_person) {
  // In rule_scope() the first table of each level is the founding one, and the household level follows persons.
  return rule.parts([](RuleTable table) { return table.table == 0; }, {unit_is_person ? 1u : 0u, 1});
}

}  // namespace

Eligibility::Eligibility(const Rule& rule, bool unit_is_person, const StateSchema& schema)
    : rule_(rule), steady_(rule), other_(rule), unit_is_person_(unit_is_person) {
  RuleParts parts = parts_of(rule, unit_is_person);
  steady_ = std::move(parts.steady);
  other_ = std::move(parts.other);
  for (const RuleParts::Flag& flag : parts.flags)
    flags_.push_back({schema.reads<std::uint8_t>("household." + flag.column), flag.set});
}

KeptSteadyUnits::Made Eligibility::steady_units(const World& world) const {
  return world.shard.steady_units->of((unit_is_person_ ? "person: " : "household: ") + steady_.name(), [&] {
    const Shard& shard = world.shard;
    SteadyUnits units{BitRows(shard.rows), BitRows(unit_is_person_ ? shard.person_id.size() : 0)};
    const RuleData data = rule_data(world, unit_is_person_);
    std::vector<std::uint32_t> rows;
    for (const Block& block : shard.blocks) {
      rows.clear();
      const auto [begin, end] = unit_rows(world, block, unit_is_person_);
      steady_.select(data, begin, end, rows);
      for (const std::uint32_t row : rows) {
        units.households.mark(unit_is_person_ ? shard.person_household[row] : row);
        if (unit_is_person_) units.persons.mark(row);
      }
    }
    return units;
  });
}

void Eligibility::select(const World& world, const SteadyUnits& steady, const Block& block,
                         std::vector<std::uint8_t>& marks, Units& units) const {
  const std::uint32_t n = block.size();
  marks.resize(n);
  std::uint8_t* __restrict mark = marks.data();
  steady.households.to_bytes(block.begin, n, mark);
  for (const Flag& flag : flags_) {
    const std::uint8_t* __restrict value = world[flag.column] + block.begin;
    const std::uint8_t unset = flag.set ? 0 : 1;
    for (std::uint32_t i = 0; i < n; ++i) mark[i] &= static_cast<std::uint8_t>(value[i] != 0) ^ unset;
  }
  units.household.resize(n);
  units.household.resize(list_marked(mark, n, block.begin, units.household.data()));
  if (unit_is_person_)
    list_persons(world, steady.persons, units);
  else
    units.row = units.household;
  if (other_.empty()) return;
  other_.keep(rule_data(world, unit_is_person_), units.row);
  add_households(world, units);
}

void Eligibility::list_persons(const World& world, const BitRows& persons, Units& units) const {
  const Shard& shard = world.shard;
  const auto first_of = [&](std::uint32_t household) {
    return household < shard.rows ? shard.people.person_begin[household]
                                  : static_cast<std::uint32_t>(shard.person_id.size());
  };
  std::vector<std::uint32_t> households;  // of each person
  households.reserve(2 * units.household.size());
  units.row.clear();
  for (const std::uint32_t household : units.household) {
    const std::uint32_t end = first_of(household + 1);
    for (std::uint32_t first = first_of(household); first < end; first += 64) {
      std::uint64_t bits = persons.from(first);
      if (end - first < 64) bits &= (std::uint64_t{1} << (end - first)) - 1;
      for (; bits; bits &= bits - 1) {
        units.row.push_back(first + static_cast<std::uint32_t>(std::countr_zero(bits)));
        households.push_back(household);
      }
    }
  }
  units.household.swap(households);
}

void Eligibility::select_plainly(const World& world, const Block& block, Units& units) const {
  units.row.clear();
  const auto [begin, end] = unit_rows(world, block, unit_is_person_);
  rule_.select(rule_data(world, unit_is_person_), begin, end, units.row);
  add_households(world, units);
}

void Eligibility::add_households(const World& world, Units& units) const {
  units.household = units.row;
  if (unit_is_person_)
    for (std::uint32_t& of_unit : units.household) of_unit = world.shard.person_household[of_unit];
}

}  // namespace tuopin
