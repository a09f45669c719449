// Tables: named columns of one length.
#include "engine/data/table.hpp"

#include <gmock/gmock.h>

#include <stdexcept>

namespace tuopin::testing {
namespace {

using ::testing::ElementsAre;

const std::vector<ColumnSpec>& columns() {
  static const std::vector<ColumnSpec> specs = {
      {"members", ColumnSpec::Type::u8, "persons", "members", "", true, {}},
      {"income", ColumnSpec::Type::f64, "yuan/year", "income", "", true, {}},
  };
  return specs;
}

TEST(Table, StartsWithZerosOfItsCodebook) {
  const Table table("households", 3, columns());
  EXPECT_EQ(table.name(), "households");
  EXPECT_EQ(table.rows(), 3u);
  EXPECT_EQ(table.specs().size(), 2u);
  EXPECT_THAT(table.column<std::uint8_t>("members"), ElementsAre(0, 0, 0));
  EXPECT_THAT(table.column<double>("income"), ElementsAre(0.0, 0.0, 0.0));
  EXPECT_EQ(table.bytes(), 3u * (1 + 8));
}

TEST(Table, FindsColumnsByName) {
  Table table("households", 1, columns());
  EXPECT_TRUE(table.has("income"));
  EXPECT_FALSE(table.has("incomes"));
  EXPECT_EQ(table.index_of("income"), 1);
  EXPECT_EQ(table.index_of(""), -1);
  EXPECT_THROW(table.data("incomes"), std::logic_error);
}

TEST(Table, RefusesAColumnTwice) {
  Table table("households", 1, columns());
  EXPECT_THROW(table.add(columns()[0]), std::logic_error);
}

TEST(Table, TakesRowsInTheOrderAskedFor) {
  Table table("households", 4, columns());
  for (std::uint8_t i = 0; i < 4; ++i) table.column<std::uint8_t>("members")[i] = static_cast<std::uint8_t>(10 + i);
  const std::vector<std::uint32_t> rows = {3, 1, 1};
  const Table taken = table.take(rows);
  EXPECT_EQ(taken.rows(), 3u);
  EXPECT_THAT(taken.column<std::uint8_t>("members"), ElementsAre(13, 11, 11));
  EXPECT_EQ(table.rows(), 4u) << "the original stays";
}

TEST(Table, KeepsEveryType) {
  Table table("all", 2);
  using enum ColumnSpec::Type;
  const std::vector<std::pair<ColumnSpec::Type, std::string_view>> names = {
      {u8, "u8"}, {u16, "u16"}, {u32, "u32"}, {u64, "u64"}, {i32, "i32"}, {i64, "i64"}, {f32, "f32"}, {f64, "f64"}};
  for (const auto& [type, name] : names) {
    table.add({name, type, "1", "", "", true, {}});
    EXPECT_EQ(to_text(type), name);
  }
  EXPECT_EQ(table.bytes(), 2u * (1 + 2 + 4 + 8 + 4 + 8 + 4 + 8));
  table.column<std::int64_t>("i64")[1] = -1;
  EXPECT_THAT(table.column<std::int64_t>("i64"), ElementsAre(0, -1));
}

TEST(Table, TheWrongTypeIsADefect) {
  const Table table("households", 1, columns());
  EXPECT_ANY_THROW(table.column<float>("income"));
}

}  // namespace
}  // namespace tuopin::testing
