#include "engine/data/state_hash.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace tuopin {
namespace {

using enum ColumnSpec::Type;

constexpr std::uint32_t n = 1200;  // more than a chunk

std::vector<std::uint32_t> ids() {
  std::vector<std::uint32_t> all;
  for (std::uint32_t i = 0; i < n; ++i) all.push_back(7 * i + 3);
  return all;
}

StateColumn column(std::string_view name, ColumnSpec::Type type, double initial = 0,
                   Lifetime lifetime = Lifetime::lasting) {
  return {"household", {name, type, "1", "", "", false, {}}, lifetime, initial};
}

const std::vector<StateColumn> columns = {column("a", u8),  column("b", u16), column("c", u32),    column("d", u64, 5),
                                          column("e", i32), column("f", i64), column("g", f32, 1), column("h", f64)};

StateSchema schema_of(const std::vector<StateColumn>& of) {
  StateSchema schema;
  schema.add_level("household", nullptr);
  for (const StateColumn& one : of) schema.add(one);
  return schema;
}

std::uint64_t hash_of(const StateSchema& schema, const State& state, bool years_too = true) {
  return hash_of_rows(schema, state, 0, 0, n, ids(), years_too);
}

TEST(StateHash, OfWhatStandsAsItBeganIsNothing) {
  const StateSchema schema = schema_of(columns);
  EXPECT_EQ(hash_of(schema, State(schema, {{n, nullptr}})), 0u);
}

TEST(StateHash, SeesEveryColumnRowAndValue) {
  const StateSchema schema = schema_of(columns);
  std::set<std::uint64_t> hashes;
  std::size_t tried = 0;
  for (const StateColumn& one : columns)
    for (const std::size_t row : {0u, 511u, 512u, n - 1})
      for (const double value : {2.0, 3.0, 200.0}) {
        State state(schema, {{n, nullptr}});
        std::visit([&](auto& values) { values[row] = static_cast<std::decay_t<decltype(values[0])>>(value); },
                   state.table(0).data(one.spec.name));
        hashes.insert(hash_of(schema, state));
        ++tried;
      }
  EXPECT_EQ(hashes.size(), tried);
  EXPECT_FALSE(hashes.contains(0));
}

TEST(StateHash, SeesTheUpperHalfOfWideNumbers) {
  const StateSchema schema = schema_of(columns);
  State state(schema, {{n, nullptr}});
  state[schema.writes<std::uint64_t>("household.d")][4] = 5 + (std::uint64_t{1} << 40);
  EXPECT_NE(hash_of(schema, state), 0u);
}

TEST(StateHash, KnowsNoOrderOfRowsAndColumnsAndNoUnusedColumn) {
  const StateSchema schema = schema_of(columns);
  std::vector<StateColumn> other(columns.rbegin(), columns.rend());
  other.push_back(column("unused", f32, 4));
  const StateSchema more = schema_of(other);
  State state(schema, {{n, nullptr}}), turned(more, {{n, nullptr}});
  std::vector<std::uint32_t> backwards = ids();
  std::reverse(backwards.begin(), backwards.end());
  for (std::uint32_t i = 0; i < n; ++i) {
    state[schema.writes<std::uint16_t>("household.b")][i] = static_cast<std::uint16_t>(i * i);
    state[schema.writes<float>("household.g")][i] = static_cast<float>(i) / 3;
    turned[more.writes<std::uint16_t>("household.b")][n - 1 - i] = static_cast<std::uint16_t>(i * i);
    turned[more.writes<float>("household.g")][n - 1 - i] = static_cast<float>(i) / 3;
  }
  EXPECT_EQ(hash_of_rows(more, turned, 0, 0, n, backwards, true), hash_of(schema, state));
  const std::uint64_t parts =
      hash_of_rows(schema, state, 0, 0, 700, ids(), true) + hash_of_rows(schema, state, 0, 700, n, ids(), true);
  EXPECT_EQ(parts, hash_of(schema, state));
}

TEST(StateHash, LeavesColumnsOfTheYearOutWhereTheyAreNotAskedFor) {
  const StateSchema schema = schema_of({column("a", u8), column("y", u8, 0, Lifetime::year)});
  State state(schema, {{n, nullptr}});
  state[schema.writes<std::uint8_t>("household.y")][4] = 1;
  EXPECT_EQ(hash_of(schema, state, false), 0u);
  EXPECT_NE(hash_of(schema, state, true), 0u);
}

TEST(StateHash, OfChildrenCountsThemAndKnowsTheirParents) {
  StateSchema schema = schema_of(columns);
  schema.add_child("plot", "household");
  schema.add({"plot", {"area", f32, "mu", "", "", false, {}}});
  const auto with = [&](std::vector<std::uint32_t> parents) {
    State state(schema, {{n, nullptr}, {1, nullptr}});
    state.rows(schema.changes_rows("plot"), 0).add(parents);
    return hash_of_children(schema, state, schema.reads_rows("plot"), 0, ids());
  };
  EXPECT_EQ(std::set<std::uint64_t>({with({}), with({1}), with({2}), with({1, 1}), with({1, 2})}).size(), 5u);
  EXPECT_EQ(with({}), 0u);
  EXPECT_EQ(with({1, 2}), with({1}) + with({2}));
}

}  // namespace
}  // namespace tuopin
