#include "engine/data/child_rows.hpp"

#include <gmock/gmock.h>

#include <stdexcept>

#include "engine/data/state.hpp"

namespace tuopin {
namespace {

using ::testing::ElementsAre;
using enum ColumnSpec::Type;

const std::vector<ColumnSpec> specs = {{"area", f32, "mu", "area", "面积", true, {}},
                                       {"age", u8, "years", "age", "树龄", true, {}}};
const std::vector<double> initial = {1.5, 0};

TEST(ChildRows, NewRowsStandBehindThoseOfTheirParent) {
  ChildRows rows(specs, initial);
  EXPECT_THAT(rows.add(std::vector<std::uint32_t>{2, 5, 5}), ElementsAre(0, 1, 2));
  for (std::uint8_t i = 0; i < 3; ++i) rows.values<std::uint8_t>(1)[i] = static_cast<std::uint8_t>(10 + i);
  EXPECT_THAT(rows.add(std::vector<std::uint32_t>{0, 2, 5, 9}), ElementsAre(0, 2, 5, 6));
  EXPECT_THAT(rows.parents(), ElementsAre(0, 2, 2, 5, 5, 5, 9));
  const std::uint8_t* age = rows.values<std::uint8_t>(1);
  EXPECT_THAT(std::vector<int>(age, age + 7), ElementsAre(0, 10, 0, 11, 12, 0, 0));
  EXPECT_EQ(rows.values<float>(0)[5], 1.5f);  // as a new row begins
}

TEST(ChildRows, KeepsThoseWithAFlag) {
  ChildRows rows(specs, initial);
  rows.add(std::vector<std::uint32_t>{1, 2, 3});
  for (std::uint8_t i = 0; i < 3; ++i) rows.values<std::uint8_t>(1)[i] = i;
  rows.keep(std::vector<std::uint8_t>{1, 0, 1});
  EXPECT_THAT(rows.parents(), ElementsAre(1, 3));
  EXPECT_EQ(rows.values<std::uint8_t>(1)[1], 2);
  rows.begin_anew(1);
  EXPECT_EQ(rows.values<std::uint8_t>(1)[1], 0);
}

TEST(ChildRows, RefusesWhatWouldLoseTheOrder) {
  ChildRows rows(specs, initial);
  EXPECT_THROW(rows.add(std::vector<std::uint32_t>{2, 1}), std::logic_error);
  EXPECT_THROW(rows.keep(std::vector<std::uint8_t>{1}), std::logic_error);
}

TEST(ChildLevels, BelongToTheirParentAndHaveOneOwner) {
  StateSchema schema;
  schema.add_level("household", nullptr);
  schema.add_child("plot", "household");
  EXPECT_THROW(schema.add_child("plot", "household"), std::logic_error);
  EXPECT_THROW(schema.add_child("cow", "farm"), std::logic_error);
  EXPECT_THROW(schema.reads_rows("household"), std::logic_error);
  schema.add({"plot", specs[0], Lifetime::lasting, 1.5});
  State state(schema, {{4, nullptr}, {2, nullptr}});
  state.rows(schema.changes_rows("plot"), 1).add(std::vector<std::uint32_t>{0, 0});
  State copy = state;
  values_of(copy.rows(schema.changes_rows("plot"), 1), schema.writes<float>("plot.area"))[0] = 9;
  EXPECT_EQ(values_of(state.rows(schema.reads_rows("plot"), 1), schema.reads<float>("plot.area"))[0], 1.5f);
  EXPECT_EQ(state.rows(schema.reads_rows("plot"), 0).size(), 0u);
}

TEST(StateUnderAnotherSchema, KeepsWhatBothHaveAndBeginsWhatIsNew) {
  StateSchema narrow, wide;
  for (StateSchema* schema : {&narrow, &wide}) {
    schema->add_level("household", nullptr);
    schema->add({"household", specs[1]});
  }
  wide.add({"household", specs[0], Lifetime::lasting, 1.5});
  wide.add_child("plot", "household");
  State state(narrow, {{3, nullptr}});
  state[narrow.writes<std::uint8_t>("household.age")][2] = 7;
  const State more = state.under(narrow, wide, {{3, nullptr}, {1, nullptr}});
  EXPECT_EQ(more[wide.reads<std::uint8_t>("household.age")][2], 7);
  EXPECT_EQ(more[wide.reads<float>("household.area")][2], 1.5f);
  EXPECT_EQ(more.rows(wide.reads_rows("plot"), 0).size(), 0u);
  const State back = more.under(wide, narrow, {{3, nullptr}});
  EXPECT_EQ(back[narrow.reads<std::uint8_t>("household.age")][2], 7);
}

}  // namespace
}  // namespace tuopin
