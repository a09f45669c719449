#include "models/run/panel.hpp"

#include <algorithm>

namespace tuopin {

namespace {

Table households(const Worlds& worlds, const Lines& lines) {
  Table table = worlds.by_shard.front().state.table(household_level).named("");
  for (std::size_t shard = 1; shard < worlds.by_shard.size(); ++shard)
    table.append(worlds.by_shard[shard].state.table(household_level));
  table.add({"line",
             ColumnSpec::Type::f64,
             "yuan/year",
             "statistical line of this world and year, a head",
             "该世界当年的统计贫困线（人均）",
             false,
             {}});
  std::ranges::fill(table.column<double>("line"), lines.statistical);
  return table;
}

/// Lasting columns of villages; a table without columns if no mechanism keeps any.
Table villages(const Worlds& worlds) {
  Table all(worlds.by_shard.front().schema->level_name(village_level), 0);
  for (const World& world : worlds.by_shard) {
    Table own(all.name(), world.shard.villages);
    for (const StateColumn& column : world.schema->columns(village_level)) {
      if (column.lifetime != Lifetime::lasting) continue;
      own.add(column.spec);
      own.data(column.spec.name) = world.state.table(village_level).data(column.spec.name);
    }
    if (&world == &worlds.by_shard.front())
      all = std::move(own);
    else
      all.append(own);
  }
  return all;
}

/// The rows of a child level in one shard; `first_row`: row of its first household among those of all shards.
Table children(const World& world, std::uint16_t level, std::uint32_t first_row) {
  std::size_t rows = 0;
  for (std::size_t block = 0; block < world.shard.blocks.size(); ++block)
    rows += world.state.rows(ReadsRows{level}, block).size();
  Table table(world.schema->level_name(level), rows, world.schema->specs(level));
  table.add(household_of_child());
  std::size_t at = 0;
  for (std::size_t block = 0; block < world.shard.blocks.size(); ++block) {
    const ChildRows& own = world.state.rows(ReadsRows{level}, block);
    for (std::size_t c = 0; c < own.columns(); ++c)
      std::visit(
          [&]<typename T>(const std::vector<T>& values) {
            std::ranges::copy(values, table.column<T>(table.specs()[c].name).begin() + static_cast<std::ptrdiff_t>(at));
          },
          own.data(c));
    for (const std::uint32_t parent : own.parents())
      table.column<std::uint32_t>("household")[at++] = first_row + world.shard.blocks[block].begin + parent;
  }
  return table;
}

}  // namespace

std::vector<Table> panel_of(const Worlds& worlds, const Lines& lines) {
  std::vector<Table> tables = {households(worlds, lines)};
  if (Table of_villages = villages(worlds); !of_villages.specs().empty()) tables.push_back(std::move(of_villages));
  const StateSchema& schema = *worlds.by_shard.front().schema;
  for (std::size_t level = region_level + 1; level < schema.levels(); ++level)
    tables.push_back(child_table(worlds, static_cast<std::uint16_t>(level)));
  return tables;
}

Table child_table(const Worlds& worlds, std::uint16_t level) {
  Table all = children(worlds.by_shard.front(), level, 0);
  std::uint32_t first_row = worlds.by_shard.front().shard.rows;
  for (std::size_t shard = 1; shard < worlds.by_shard.size(); ++shard) {
    all.append(children(worlds.by_shard[shard], level, first_row));
    first_row += worlds.by_shard[shard].shard.rows;
  }
  return all;
}

const ColumnSpec& household_of_child() {
  static const ColumnSpec spec{"household", ColumnSpec::Type::u32, "1", "row of the household", "所属户行号", false,
                               {}};
  return spec;
}

}  // namespace tuopin
