#include "models/run/saved_worlds.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "models/run/rows_by_id.hpp"
#include "models/run/saved_levels.hpp"

namespace tuopin {

namespace {

constexpr std::uint32_t no_person = 0xffffffff;

[[noreturn]] void refuse_state(Message what) {
  throw DataError({Problem{{}, "", message("saved trajectory: {}", what), ""}});
}

/// Writes the values of all shards one after another.
template <typename T, typename OfShard>
std::vector<T> gathered(const Worlds& worlds, const OfShard& of_shard) {
  std::vector<T> all;
  for (std::size_t shard = 0; shard < worlds.by_shard.size(); ++shard) {
    const auto& values = of_shard(shard);
    all.insert(all.end(), values.begin(), values.end());
  }
  return all;
}

void save_state(const Worlds& worlds, BytePacker& to) {
  for (const ColumnSpec& spec : worlds.by_shard.front().schema->specs(household_level))
    std::visit(
        [&]<typename T>(const std::vector<T>&) {
          const auto values = gathered<T>(worlds, [&](std::size_t shard) -> const auto& {
            return std::get<std::vector<T>>(worlds.by_shard[shard].state.table(household_level).data(spec.name));
          });
          to.put_all(std::span<const T>(values));
        },
        worlds.by_shard.front().state.table(household_level).data(spec.name));
}

void save_enrolments(const Worlds& worlds, const std::vector<Programme>& programmes, BytePacker& to) {
  to.put(std::uint64_t{worlds.by_shard.front().programmes.size()});  // none before the first year
  for (std::size_t p = 0; p < worlds.by_shard.front().programmes.size(); ++p) {
    to.put_text(programmes[p].name);
    const bool opened = !worlds.by_shard.front().programmes[p].enrolled.empty();
    to.put(std::uint8_t{opened});
    if (!opened) continue;
    const auto holds = gathered<std::uint8_t>(
        worlds, [&](std::size_t shard) -> const auto& { return worlds.by_shard[shard].programmes[p].holds; });
    to.put_all(std::span<const std::uint8_t>(holds));
    std::vector<std::uint32_t> households, persons, own_land;
    std::vector<std::uint16_t> entered;
    std::vector<std::uint8_t> details;
    for (const World& world : worlds.by_shard)
      for (const Enrolment& e : everyone_enrolled(world.programmes[p])) {
        households.push_back(world.shard.people.id[e.household]);
        persons.push_back(programmes[p].unit_is_person ? world.shard.person_id[e.person] : no_person);
        entered.push_back(e.entered);
        details.push_back(e.detail);
        own_land.push_back(e.own_land);
      }
    to.put_all(std::span<const std::uint32_t>(households));
    to.put_all(std::span<const std::uint32_t>(persons));
    to.put_all(std::span<const std::uint16_t>(entered));
    to.put_all(std::span<const std::uint8_t>(details));
    to.put_all(std::span<const std::uint32_t>(own_land));
  }
}

/// Current shard and row of each saved household, in the saved order.
class SavedRows {
 public:
  SavedRows(const ShardedPopulation& sharded, const std::vector<std::uint32_t>& ids)
      : shards_(static_cast<std::uint32_t>(sharded.shards().size())) {
    std::size_t next = 0;
    bool as_they_stand = true;
    for (std::uint32_t shard = 0; shard < sharded.shards().size(); ++shard)
      for (std::uint32_t row = 0; row < sharded.shards()[shard]->rows; ++row, ++next) {
        rows_.push_back({shard, row});
        as_they_stand = as_they_stand && next < ids.size() && ids[next] == sharded.shards()[shard]->people.id[row];
      }
    if (ids.size() != rows_.size())
      refuse_state(message("holds {} households, where the population has {}", ids.size(), rows_.size()));
    if (as_they_stand) return;
    const RowsById now(sharded, RowsById::Of::households);
    std::vector<std::uint32_t> once(ids);
    std::sort(once.begin(), once.end());
    if (std::adjacent_find(once.begin(), once.end()) != once.end()) refuse_state(message("holds a household twice"));
    for (std::size_t i = 0; i < ids.size(); ++i) rows_[i] = now.at(ids[i]);
  }

  /// Distributes values to the households: `to(shard)` returns the values of a shard by row.
  template <typename T, typename ToPart>
  void spread(const std::vector<T>& values, const ToPart& to) const {
    if (values.size() != rows_.size()) refuse_state(message("holds a column of another length than its households"));
    std::vector<std::span<T>> shards;
    for (std::uint32_t shard = 0; shard < shards_; ++shard) shards.emplace_back(to(shard));
    for (std::size_t i = 0; i < values.size(); ++i) shards[rows_[i].shard][rows_[i].row] = values[i];
  }

 private:
  std::uint32_t shards_;
  std::vector<RowsById::At> rows_;
};

void load_enrolments_of(ByteUnpacker& from, const SavedRows& rows, const RowsById& households, const RowsById* persons,
                        std::size_t p, Worlds& worlds) {
  for (World& world : worlds.by_shard) {
    world.programmes[p].holds.assign(world.shard.rows, 0);
    world.programmes[p].enrolled.resize(world.shard.blocks.size());
  }
  rows.spread(from.take_all<std::uint8_t>(),
              [&](std::uint32_t shard) -> auto& { return worlds.by_shard[shard].programmes[p].holds; });
  const auto of_household = from.take_all<std::uint32_t>(), of_person = from.take_all<std::uint32_t>();
  const auto entered = from.take_all<std::uint16_t>();
  const auto details = from.take_all<std::uint8_t>();
  const auto own_land = from.take_all<std::uint32_t>();
  if (of_person.size() != of_household.size() || entered.size() != of_household.size() ||
      details.size() != of_household.size() || own_land.size() != of_household.size())
    refuse_state(message("holds an incomplete list of those enrolled"));
  for (std::size_t i = 0; i < of_household.size(); ++i) {
    const RowsById::At at = households.at(of_household[i]);
    World& world = worlds.by_shard[at.shard];
    std::uint32_t person = world.shard.people.person_begin[at.row];
    if (persons) {
      const RowsById::At member = persons->at(of_person[i]);
      if (member.shard != at.shard || world.shard.person_household[member.row] != at.row)
        refuse_state(message("enrols person {} in a household of others", of_person[i]));
      person = member.row;
    }
    world.programmes[p].enrolled[block_of(world.shard, at.row)].push_back(
        {at.row, person, entered[i], details[i], own_land[i]});
  }
  for (World& world : worlds.by_shard)
    for (auto& block : world.programmes[p].enrolled)
      std::stable_sort(block.begin(), block.end(),
                       [](const Enrolment& a, const Enrolment& b) { return a.household < b.household; });
}

void load_enrolments(ByteUnpacker& from, const SavedRows& rows, const std::vector<Programme>& programmes,
                     Worlds& worlds) {
  const auto count = from.take<std::uint64_t>();
  if (count == 0) return;
  if (count != programmes.size()) refuse_state(message("holds another number of programmes"));
  const RowsById households(*worlds.sharded, RowsById::Of::households);
  std::unique_ptr<RowsById> persons;
  for (World& world : worlds.by_shard) world.programmes.resize(programmes.size());
  for (std::uint64_t saved = 0; saved < count; ++saved) {
    const std::string name = from.take_text();
    const auto found = std::find_if(programmes.begin(), programmes.end(),
                                    [&](const Programme& programme) { return programme.name == name; });
    if (found == programmes.end())
      refuse_state(message("holds a programme {}, which the scenario does not have", name));
    if (from.take<std::uint8_t>() == 0) continue;
    if (found->unit_is_person && !persons) persons = std::make_unique<RowsById>(*worlds.sharded, RowsById::Of::persons);
    load_enrolments_of(from, rows, households, found->unit_is_person ? persons.get() : nullptr,
                       static_cast<std::size_t>(found - programmes.begin()), worlds);
  }
}

}  // namespace

void save_worlds(const Worlds& worlds, const std::vector<Programme>& programmes, const FlagsByShard& flags,
                 BytePacker& to) {
  const auto ids = gathered<std::uint32_t>(
      worlds, [&](std::size_t shard) -> const auto& { return worlds.by_shard[shard].shard.people.id; });
  to.put_all(std::span<const std::uint32_t>(ids));
  save_state(worlds, to);
  to.put(std::uint8_t{!flags.empty()});
  if (!flags.empty()) {
    const auto all = gathered<std::uint8_t>(worlds, [&](std::size_t shard) -> const auto& { return flags[shard]; });
    to.put_all(std::span<const std::uint8_t>(all));
  }
  save_levels(worlds, to);
  save_enrolments(worlds, programmes, to);
}

FlagsByShard load_worlds(ByteUnpacker& from, const std::vector<Programme>& programmes, Worlds& worlds) {
  const SavedRows rows(*worlds.sharded, from.take_all<std::uint32_t>());
  for (const ColumnSpec& spec : worlds.by_shard.front().schema->specs(household_level))
    std::visit(
        [&]<typename T>(const std::vector<T>&) {
          rows.spread(from.take_all<T>(), [&](std::uint32_t shard) {
            return worlds.by_shard[shard].state.table(household_level).column<T>(spec.name);
          });
        },
        worlds.by_shard.front().state.table(household_level).data(spec.name));
  FlagsByShard flags;
  if (from.take<std::uint8_t>() != 0) {
    for (const World& world : worlds.by_shard) flags.emplace_back(world.shard.rows);
    rows.spread(from.take_all<std::uint8_t>(), [&](std::uint32_t shard) -> auto& { return flags[shard]; });
  }
  load_levels(from, worlds);
  load_enrolments(from, rows, programmes, worlds);
  return flags;
}

}  // namespace tuopin
