// Requests to a binder are recorded as declarations; scratch memory is laid out as planned.
#include "engine/run/binder.hpp"

#include <gmock/gmock.h>

namespace tuopin::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

StateSchema schema() {
  StateSchema schema;
  schema.add_level("herd", nullptr);
  schema.add({"herd", {"size", ColumnSpec::Type::i32, "1", "size", "大小", true, {}}, Lifetime::lasting, 0, ""});
  schema.add({"herd", {"fed", ColumnSpec::Type::f32, "1", "fed", "饲料", true, {}}, Lifetime::year, 0, ""});
  return schema;
}

TEST(Binder, WritesTheDescription) {
  const StateSchema s = schema();
  YearNeeds needs;
  Binder first(s, needs, {"herd.feeding", Message::in_both("feeds", "喂养")});
  first.reads<std::int32_t>("herd.size");
  first.updates<float>("herd.fed");
  first.writes<float>("herd.fed");
  first.shares<double>("year.fodder");
  const LuckName luck = first.luck("herd.feeding", Kind::village);
  EXPECT_EQ(luck.process, hash32("herd.feeding"));
  const Description said = first.end();
  EXPECT_EQ(said.name, "herd.feeding");
  EXPECT_THAT(said.reads, ElementsAre("herd.size", "herd.fed"));
  EXPECT_THAT(said.writes, ElementsAre("herd.fed", "year.fodder"));
  EXPECT_THAT(said.shares, ElementsAre("year.fodder"));
  EXPECT_THAT(said.luck, ElementsAre("herd.feeding"));

  Binder second(s, needs, {});
  second.uses<double>("year.fodder");
  EXPECT_THAT(second.end().uses, ElementsAre("year.fodder"));
  Binder third(s, needs, {});
  EXPECT_THAT([&] { third.uses<double>("year.water"); }, ThrowsMessage<std::logic_error>(HasSubstr("year.water")));
  EXPECT_THAT([&] { third.uses<float>("year.fodder"); }, ThrowsMessage<std::logic_error>(HasSubstr("year.fodder")));
}

TEST(Binder, NamedScratchStandsApartAndPrivateScratchIsReused) {
  const StateSchema s = schema();
  YearNeeds needs;
  Binder first(s, needs, {});
  const auto a = first.shares<double>("year.a");
  const auto mine = first.mine<std::uint32_t>(8);
  first.end();
  Binder second(s, needs, {});
  const auto b = second.shares<std::uint8_t>("year.b");
  const auto same_a = second.uses<double>("year.a");
  const auto other = second.mine<double>();
  second.end();
  constexpr std::size_t rows = 100;
  const ScratchRows scratch(needs.scratch, rows);
  EXPECT_GE(scratch.stride(), rows);
  EXPECT_EQ(scratch[a], scratch[same_a]);
  std::fill_n(scratch[a], rows, 1.0);
  std::fill_n(scratch[b], rows, std::uint8_t{2});
  std::fill_n(scratch[mine], 8 * scratch.stride(), 3u);
  std::fill_n(scratch[other], rows, 4.0);
  EXPECT_EQ(std::count(scratch[a], scratch[a] + rows, 1.0), 100);
  EXPECT_EQ(std::count(scratch[b], scratch[b] + rows, 2), 100);
  EXPECT_EQ(static_cast<void*>(scratch[mine]), static_cast<void*>(scratch[other]));
}

TEST(Kept, EachRunHasValuesOfItsOwn) {
  KeptNames names;
  const auto list = names.add<std::vector<int>>();
  const auto number = names.add<double>();
  Kept one(names), two(names);
  one[list] = {1, 2};
  one[number] = 3;
  EXPECT_TRUE(two[list].empty());
  Kept copy = one;
  copy[list].push_back(3);
  EXPECT_THAT(one[list], ElementsAre(1, 2));
  EXPECT_THAT(copy[list], ElementsAre(1, 2, 3));
  EXPECT_EQ(copy[number], 3);
}

}  // namespace
}  // namespace tuopin::testing
