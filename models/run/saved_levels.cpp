#include "models/run/saved_levels.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "engine/base/errors.hpp"
#include "models/run/rows_by_id.hpp"

namespace tuopin {

namespace {

[[noreturn]] void refuse_level(Message what) {
  throw DataError({Problem{{}, "", message("saved trajectory: {}", what), ""}});
}

template <typename Visit>
void for_lasting(const StateSchema& schema, std::size_t level, const Visit& visit) {
  for (const StateColumn& column : schema.columns(level))
    if (column.lifetime == Lifetime::lasting) visit(column.spec);
}

/// Each village is in one shard; counties and the region are the same in every shard.
std::vector<std::pair<std::uint32_t, RowsById::At>> entities(const Worlds& worlds, std::size_t level) {
  std::vector<std::pair<std::uint32_t, RowsById::At>> all;
  for (std::uint32_t shard = 0; shard < worlds.by_shard.size(); ++shard) {
    const World& world = worlds.by_shard[shard];
    if (level == region_level) return {{0, {0, 0}}};
    const auto ids = level == village_level ? world.shard.people.village_id : world.shard.people.county_id;
    for (std::uint32_t row = 0; row < ids.size(); ++row) all.push_back({ids[row], {shard, row}});
    if (level == county_level) return all;
  }
  return all;
}

void save_columns(const Worlds& worlds, std::size_t level, BytePacker& to) {
  const auto all = entities(worlds, level);
  std::vector<std::uint32_t> ids;
  for (const auto& [id, at] : all) ids.push_back(id);
  to.put_all(std::span<const std::uint32_t>(ids));
  for_lasting(*worlds.by_shard.front().schema, level, [&](const ColumnSpec& spec) {
    std::visit(
        [&]<typename T>(const std::vector<T>&) {
          std::vector<T> values;
          for (const auto& [id, at] : all)
            values.push_back(worlds.by_shard[at.shard].state.table(level).template column<T>(spec.name)[at.row]);
          to.put_all(std::span<const T>(values));
        },
        worlds.by_shard.front().state.table(level).data(spec.name));
  });
}

void load_columns(ByteUnpacker& from, std::size_t level, Worlds& worlds) {
  const auto ids = from.take_all<std::uint32_t>();
  std::map<std::uint32_t, RowsById::At> now;
  for (const auto& [id, at] : entities(worlds, level)) now[id] = at;
  const std::string& name = worlds.by_shard.front().schema->level_name(level);
  if (ids.size() != now.size())
    refuse_level(message("holds {} rows of {}, where there are {}", ids.size(), name, now.size()));
  for_lasting(*worlds.by_shard.front().schema, level, [&](const ColumnSpec& spec) {
    std::visit(
        [&]<typename T>(const std::vector<T>&) {
          const auto values = from.take_all<T>();
          if (values.size() != ids.size()) refuse_level(message("holds a column of another length than its {}", name));
          for (std::size_t i = 0; i < ids.size(); ++i) {
            const auto found = now.find(ids[i]);
            if (found == now.end()) refuse_level(message("holds {} {}, which is not there", name, ids[i]));
            for (std::uint32_t shard = 0; shard < worlds.by_shard.size(); ++shard)
              if (level != village_level || shard == found->second.shard)
                worlds.by_shard[shard].state.table(level).column<T>(spec.name)[found->second.row] = values[i];
          }
        },
        worlds.by_shard.front().state.table(level).data(spec.name));
  });
}

void save_children(const Worlds& worlds, std::uint16_t level, BytePacker& to) {
  std::vector<std::uint32_t> parents;
  for (const World& world : worlds.by_shard)
    for (std::size_t block = 0; block < world.shard.blocks.size(); ++block)
      for (const std::uint32_t row : world.state.rows(ReadsRows{level}, block).parents())
        parents.push_back(world.shard.people.id[world.shard.blocks[block].begin + row]);
  to.put_all(std::span<const std::uint32_t>(parents));
  const World& first = worlds.by_shard.front();
  for (std::size_t c = 0; c < first.schema->specs(level).size(); ++c)
    std::visit(
        [&]<typename T>(const std::vector<T>&) {
          std::vector<T> values;
          for (const World& world : worlds.by_shard)
            for (std::size_t block = 0; block < world.shard.blocks.size(); ++block) {
              const ChildRows& rows = world.state.rows(ReadsRows{level}, block);
              values.insert(values.end(), rows.values<T>(c), rows.values<T>(c) + rows.size());
            }
          to.put_all(std::span<const T>(values));
        },
        first.state.table(level).data(first.schema->specs(level)[c].name));
}

/// Assigns saved child rows to the current layout: by shard and block the saved positions, ascending by parent,
/// children of one parent in their saved order.
struct ChildPlaces {
  ChildPlaces(const Worlds& worlds, const std::vector<std::uint32_t>& ids, const RowsById& households) {
    for (const World& world : worlds.by_shard) of.emplace_back(world.shard.blocks.size());
    for (std::uint32_t i = 0; i < ids.size(); ++i) {
      at.push_back(households.at(ids[i]));
      of[at[i].shard][block_of(worlds.by_shard[at[i].shard].shard, at[i].row)].push_back(i);
    }
    for (auto& shard : of)
      for (auto& block : shard)
        std::stable_sort(block.begin(), block.end(),
                         [&](std::uint32_t a, std::uint32_t b) { return at[a].row < at[b].row; });
  }
  std::vector<RowsById::At> at;
  std::vector<std::vector<std::vector<std::uint32_t>>> of;
};

void load_children(ByteUnpacker& from, std::uint16_t level, const RowsById& households, Worlds& worlds) {
  const ChildPlaces places(worlds, from.take_all<std::uint32_t>(), households);
  const World& first = worlds.by_shard.front();
  std::vector<Table::Data> saved;
  for (const ColumnSpec& spec : first.schema->specs(level))
    std::visit(
        [&]<typename T>(const std::vector<T>&) {
          auto values = from.take_all<T>();
          if (values.size() != places.at.size())
            refuse_level(message("holds a column of another length than its {}", first.schema->level_name(level)));
          saved.emplace_back(std::move(values));
        },
        first.state.table(level).data(spec.name));
  for (std::size_t shard = 0; shard < worlds.by_shard.size(); ++shard) {
    World& world = worlds.by_shard[shard];
    for (std::size_t block = 0; block < world.shard.blocks.size(); ++block) {
      std::vector<std::uint32_t> parents;
      for (const std::uint32_t i : places.of[shard][block])
        parents.push_back(places.at[i].row - world.shard.blocks[block].begin);
      std::vector<Table::Data> columns;
      for (const Table::Data& values : saved)
        columns.push_back(std::visit(
            [&](const auto& all) {
              std::decay_t<decltype(all)> own;
              for (const std::uint32_t i : places.of[shard][block]) own.push_back(all[i]);
              return Table::Data(std::move(own));
            },
            values));
      world.state.rows(ChangesRows{level}, block).replace(std::move(parents), std::move(columns));
    }
  }
}

}  // namespace

std::uint32_t block_of(const Shard& shard, std::uint32_t row) {
  const auto after = std::upper_bound(shard.blocks.begin(), shard.blocks.end(), row,
                                      [](std::uint32_t at, const Block& block) { return at < block.begin; });
  return static_cast<std::uint32_t>(after - shard.blocks.begin()) - 1;
}

void save_levels(const Worlds& worlds, BytePacker& to) {
  const StateSchema& schema = *worlds.by_shard.front().schema;
  for (const StateLevel level : {village_level, county_level, region_level}) save_columns(worlds, level, to);
  for (std::size_t level = region_level + 1; level < schema.levels(); ++level)
    save_children(worlds, static_cast<std::uint16_t>(level), to);
}

void load_levels(ByteUnpacker& from, Worlds& worlds) {
  const StateSchema& schema = *worlds.by_shard.front().schema;
  for (const StateLevel level : {village_level, county_level, region_level}) load_columns(from, level, worlds);
  if (schema.levels() <= region_level + 1) return;
  const RowsById households(*worlds.sharded, RowsById::Of::households);
  for (std::size_t level = region_level + 1; level < schema.levels(); ++level)
    load_children(from, static_cast<std::uint16_t>(level), households, worlds);
}

}  // namespace tuopin
