// State: the data that change during a simulation. Each column is declared once in a schema: level, name, type, unit,
// meaning, lifetime and initial value. Code that uses a column asks the schema for a handle before the simulation
// starts; a handle for reading cannot be used to write, and a const state cannot be written at all.
//
// A level is a kind of entity (household, village, region). Beside its changing columns it may have founding columns: a
// table that exists before the simulation, is shared by all worlds and never changes. A child level has any number of
// rows for each entity of its parent level; rows can be added and removed (engine/data/child_rows.hpp).
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <type_traits>
#include <vector>

#include "engine/data/child_rows.hpp"
#include "engine/data/table.hpp"

namespace tuopin {

/// Lifetime of a column's values. lasting: kept until overwritten; year: reset to the initial value each year.
enum class Lifetime : std::uint8_t { lasting, year };

struct StateColumn {
  std::string_view level;
  ColumnSpec spec;
  Lifetime lifetime = Lifetime::lasting;
  double initial = 0;
  std::string_view from = {};  ///< founding column of the level from which it is initialised
  bool beside = false;         ///< only details other columns (a breakdown), so it is not part of the state hash
};

/// Position of a column. Created by a schema only.
struct ColumnPlace {
  std::uint16_t level = 0, column = 0;
  bool founding = false;
};
template <typename T>
struct Reads {
  ColumnPlace place;
};
template <typename T>
struct Writes {
  ColumnPlace place;
  operator Reads<T>() const { return {place}; }
};

/// Handles of a child level, to read or to change its rows. Created by a schema only.
struct ReadsRows {
  std::uint16_t level = 0;
};
struct ChangesRows {
  std::uint16_t level = 0;
  operator ReadsRows() const { return {level}; }
};

class StateSchema {
 public:
  /// `founding`: columns of the level's unchanging table, or nullptr.
  void add_level(std::string name, const std::vector<ColumnSpec>* founding);
  /// Adds a child level: any number of rows for each entity of `parent`. Throws std::logic_error for an unknown parent
  /// and for a name that is taken.
  void add_child(std::string name, std::string_view parent);
  /// Throws std::logic_error for an unknown level and for a name that is taken.
  void add(const StateColumn& column);
  /// Names a column that is not kept, but would be if a rule read it.
  void offer(std::string_view level_name, std::string_view column);

  /// Handles by qualified name, "household.payments". Throw std::logic_error for an unknown name or another type, and
  /// for a founding column that is to be written.
  template <typename T>
  Reads<T> reads(std::string_view name) const {
    return {find(name, type_of<T>(), false)};
  }
  template <typename T>
  Writes<T> writes(std::string_view name) const {
    return {find(name, type_of<T>(), true)};
  }

  /// A child level by name. Throws std::logic_error where there is none.
  ReadsRows reads_rows(std::string_view name) const { return {child(name)}; }
  ChangesRows changes_rows(std::string_view name) const { return {child(name)}; }

  std::size_t levels() const { return levels_.size(); }
  bool is_child(std::size_t level) const { return levels_[level].parent >= 0; }
  /// Of a child level.
  std::size_t parent(std::size_t level) const { return static_cast<std::size_t>(levels_[level].parent); }
  std::uint16_t level(std::string_view name) const;
  bool has_level(std::string_view name) const;
  const std::string& level_name(std::size_t level) const { return levels_[level].name; }
  /// The changing columns of a level, in the order of declaration. The reference stays valid.
  const std::vector<StateColumn>& columns(std::size_t level) const { return levels_[level].columns; }
  const std::vector<ColumnSpec>& specs(std::size_t level) const { return levels_[level].specs; }
  const std::vector<double>& initial(std::size_t level) const { return levels_[level].initial; }
  /// Key of each column in the state hash: a hash of its qualified name.
  const std::vector<std::uint64_t>& keys(std::size_t level) const { return levels_[level].keys; }
  bool has(std::string_view name) const;
  const std::vector<std::string>& offered(std::size_t level) const { return levels_[level].offered; }
  /// True if both have the same levels with the same columns, in the same order.
  bool same_columns(const StateSchema& other) const;

 private:
  struct Level {
    std::string name;
    const std::vector<ColumnSpec>* founding;
    std::vector<StateColumn> columns;
    std::vector<ColumnSpec> specs;
    std::vector<double> initial;
    std::vector<std::uint64_t> keys;
    int parent = -1;                   ///< of a child level
    std::vector<std::string> offered;  ///< not kept
  };
  template <typename T>
  static constexpr ColumnSpec::Type type_of() {
    using enum ColumnSpec::Type;
    if constexpr (std::is_same_v<T, std::uint8_t>) return u8;
    if constexpr (std::is_same_v<T, std::uint16_t>) return u16;
    if constexpr (std::is_same_v<T, std::uint32_t>) return u32;
    if constexpr (std::is_same_v<T, std::uint64_t>) return u64;
    if constexpr (std::is_same_v<T, std::int32_t>) return i32;
    if constexpr (std::is_same_v<T, std::int64_t>) return i64;
    if constexpr (std::is_same_v<T, float>) return f32;
    if constexpr (std::is_same_v<T, double>) return f64;
  }
  ColumnPlace find(std::string_view name, ColumnSpec::Type type, bool to_write) const;
  std::uint16_t child(std::string_view name) const;

  std::deque<Level> levels_;
};

/// Values of a column of a child level in one block.
template <typename T>
const T* values_of(const ChildRows& rows, Reads<T> column) {
  return rows.values<T>(column.place.column);
}
template <typename T>
T* values_of(ChildRows& rows, Writes<T> column) {
  return rows.values<T>(column.place.column);
}

/// The values of all changing columns of one world.
class State {
 public:
  struct Level {
    std::size_t rows = 0;             ///< for a child level: number of blocks of its parent
    const Table* founding = nullptr;  ///< must outlive the state
  };
  /// `levels` in the order of the schema. Columns get their initial values.
  State(const StateSchema& schema, const std::vector<Level>& levels);

  template <typename T>
  const T* operator[](Reads<T> handle) const {
    const ColumnPlace& at = handle.place;
    return (at.founding ? *founding_[at.level] : own_[at.level]).template values<T>(at.column).data();
  }
  template <typename T>
  T* operator[](Writes<T> handle) {
    return own_[handle.place.level].template values<T>(handle.place.column).data();
  }

  /// Rows of a child level in one block of its parent.
  const ChildRows& rows(ReadsRows child, std::size_t block) const { return children_[child.level][block]; }
  ChildRows& rows(ChangesRows child, std::size_t block) { return children_[child.level][block]; }
  /// All blocks of a child level.
  std::span<const ChildRows> blocks_of(std::size_t level) const { return children_[level]; }
  /// Number of blocks of a child level; 0 for any other level.
  std::size_t blocks(std::size_t level) const { return children_[level].size(); }

  /// A copy under another schema: columns and levels that both have are copied by name, new ones get initial values.
  State under(const StateSchema& from, const StateSchema& to, const std::vector<Level>& levels) const;

  /// The changing columns of a level; has no rows for a child level.
  const Table& table(std::size_t level) const { return own_[level]; }
  Table& table(std::size_t level) { return own_[level]; }

 private:
  std::vector<const Table*> founding_;
  std::vector<Table> own_;
  std::vector<std::vector<ChildRows>> children_;  ///< by level and block
};

/// Resets the yearly columns (Lifetime::year) to their initial values in rows [begin, end) of a level; for a child
/// level in all rows of blocks [begin, end).
void begin_year(const StateSchema& schema, State& state, std::size_t level, std::size_t begin, std::size_t end);

}  // namespace tuopin
