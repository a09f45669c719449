// Handles of a schema, and access to a state through them.
#include "engine/data/state.hpp"

#include <gmock/gmock.h>

namespace tuopin::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

const std::vector<ColumnSpec>& founding() {
  static const std::vector<ColumnSpec> specs = {
      {"id", ColumnSpec::Type::u32, "1", "number", "编号", false, {}},
      {"safe", ColumnSpec::Type::u8, "1", "safe at first", "初始安全", true, {}},
  };
  return specs;
}

StateColumn column(const char* name, ColumnSpec::Type type, Lifetime lifetime, double initial, const char* from = "") {
  return {"herd", {name, type, "1", "a column", "列", true, {}}, lifetime, initial, from};
}

StateSchema schema() {
  StateSchema schema;
  schema.add_level("herd", &founding());
  schema.add_level("world", nullptr);
  schema.add(column("size", ColumnSpec::Type::i32, Lifetime::lasting, 7));
  schema.add(column("safe", ColumnSpec::Type::u8, Lifetime::lasting, 0, "safe"));
  schema.add(column("fed", ColumnSpec::Type::f32, Lifetime::year, 0.5));
  return schema;
}

Table herds() {
  Table table("herds", 3, founding());
  table.column<std::uint8_t>("safe")[1] = 1;
  return table;
}

template <typename S, typename Handle>
concept CanWrite = requires(S& state, Handle handle) { *state[handle] = 1; };

TEST(State, AConstStateCannotBeWritten) {
  static_assert(CanWrite<State, Writes<float>>);
  static_assert(!CanWrite<State, Reads<float>>);
  static_assert(!CanWrite<const State, Writes<float>>);
  static_assert(!CanWrite<const State, Reads<float>>);
}

TEST(State, ColumnsBeginAsTheSchemaSays) {
  const StateSchema s = schema();
  const Table table = herds();
  const State state(s, {{3, &table}, {1, nullptr}});
  EXPECT_THAT(state.table(0).column<std::int32_t>("size"), ElementsAre(7, 7, 7));
  EXPECT_THAT(state.table(0).column<std::uint8_t>("safe"), ElementsAre(0, 1, 0));
  EXPECT_THAT(state.table(0).column<float>("fed"), ElementsAre(0.5f, 0.5f, 0.5f));
}

TEST(State, WhatChangesHidesWhatItBeganAs) {
  const StateSchema s = schema();
  const Table table = herds();
  State state(s, {{3, &table}, {1, nullptr}});
  state[s.writes<std::uint8_t>("herd.safe")][0] = 1;
  EXPECT_EQ(state[s.reads<std::uint8_t>("herd.safe")][0], 1);
  EXPECT_EQ(table.column<std::uint8_t>("safe")[0], 0);
  EXPECT_EQ(state[s.reads<std::uint32_t>("herd.id")][2], 0u);  // a founding column
}

TEST(State, ACopyIsItsOwn) {
  const StateSchema s = schema();
  const Table table = herds();
  State state(s, {{3, &table}, {1, nullptr}});
  State copy = state;
  copy[s.writes<std::int32_t>("herd.size")][1] = 9;
  EXPECT_THAT(state.table(0).column<std::int32_t>("size"), ElementsAre(7, 7, 7));
  EXPECT_THAT(copy.table(0).column<std::int32_t>("size"), ElementsAre(7, 9, 7));
}

TEST(State, ColumnsOfTheYearBeginAnewInTheRowsNamed) {
  const StateSchema s = schema();
  const Table table = herds();
  State state(s, {{3, &table}, {1, nullptr}});
  const auto fed = s.writes<float>("herd.fed");
  const auto size = s.writes<std::int32_t>("herd.size");
  for (int row = 0; row < 3; ++row) {
    state[fed][row] = 2;
    state[size][row] = 2;
  }
  begin_year(s, state, 0, 1, 3);
  EXPECT_THAT(state.table(0).column<float>("fed"), ElementsAre(2.0f, 0.5f, 0.5f));
  EXPECT_THAT(state.table(0).column<std::int32_t>("size"), ElementsAre(2, 2, 2));
}

TEST(State, RefusesWhatTheSchemaDoesNotSay) {
  StateSchema s = schema();
  EXPECT_THAT([&] { s.reads<float>("herd.weight"); }, ThrowsMessage<std::logic_error>(HasSubstr("herd.weight")));
  EXPECT_THAT([&] { s.reads<double>("herd.fed"); }, ThrowsMessage<std::logic_error>(HasSubstr("holds f32, not f64")));
  EXPECT_THAT([&] { s.writes<std::uint32_t>("herd.id"); }, ThrowsMessage<std::logic_error>(HasSubstr("founding")));
  EXPECT_THAT([&] { s.reads<float>("fed"); }, ThrowsMessage<std::logic_error>(HasSubstr("qualified")));
  EXPECT_THAT([&] { s.reads<float>("village.fed"); }, ThrowsMessage<std::logic_error>(HasSubstr("village")));
  EXPECT_THAT([&] { s.add(column("fed", ColumnSpec::Type::f32, Lifetime::year, 0)); },
              ThrowsMessage<std::logic_error>(HasSubstr("two columns are called herd.fed")));
}

}  // namespace
}  // namespace tuopin::testing
