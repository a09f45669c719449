// Groups of persons: a region names its own, none, or up to three; the rest is other.
#include <gmock/gmock.h>

#include <numeric>

#include "models/population/people.hpp"
#include "models/scenario/tables.hpp"
#include "tests/models/population/small_region.hpp"

namespace tuopin::testing {
namespace {

using Counts = std::vector<std::int64_t>;

/// The two counties with other groups: shares of the whole region by name.
SynthesisInput with_groups(const std::vector<std::pair<std::string, double>>& shares) {
  SynthesisInput input = two_counties();
  std::vector<std::string> names;
  for (const auto& [name, share] : shares) names.push_back(name);
  Margins margins(input.whole.id, names);
  for (const auto& [key, margin] : input.margins.rows())
    if (margins.table().row(key.first)) margins.set(margin);
  input.margins = margins;
  for (const auto& [name, share] : shares) put(input, name, input.whole.id, share);
  return input;
}

Counts codes_of(const Population& population) {
  Counts counts(4);
  for (const std::uint8_t code : population.persons.column<std::uint8_t>("ethnicity")) ++counts[code];
  return counts;
}

Counts counted(const std::vector<std::pair<std::string, double>>& shares) {
  SynthesisReport report;
  return codes_of(synthesize(with_groups(shares), 0, report));
}

TEST(Groups, AreCountedInTheirOrderAndTheRestIsOther) {
  const auto expect = [](const std::vector<std::pair<std::string, double>>& shares, const Counts& expected) {
    const Counts found = counted(shares);
    EXPECT_EQ(std::accumulate(found.begin(), found.end(), std::int64_t{0}), 24240);
    for (std::size_t code = 0; code < expected.size(); ++code)  // two counties, each to a whole person
      EXPECT_NEAR(static_cast<double>(found[code]), static_cast<double>(expected[code]), expected[code] ? 2 : 0)
          << code;
  };
  expect({}, {0, 0, 0, 24240});
  expect({{"yi", 1}}, {24240, 0, 0, 0});
  expect({{"yi", 0.25}}, {6060, 0, 0, 18180});
  expect({{"yi", 0.25}, {"dai", 0.5}}, {6060, 12120, 0, 6060});
  expect({{"dai", 0.5}, {"yi", 0.25}}, {12120, 6060, 0, 6060});
  expect({{"yi", 0.25}, {"dai", 0.5}, {"bai", 0.125}}, {6060, 12120, 3030, 3030});
}

/// The names of a region's groups affect nothing else: random numbers and codes stay the same.
TEST(Groups, NamesChangeNobody) {
  SynthesisReport report;
  const Population shipped = synthesize(two_counties(), 0, report);
  const Population renamed = synthesize(with_groups({{"yi", .43}, {"dai", .33}, {"bai", .23}}), 0, report);
  for (const auto& [table, other] :
       {std::pair{&shipped.persons, &renamed.persons}, std::pair{&shipped.households, &renamed.households},
        std::pair{&shipped.villages, &renamed.villages}})
    for (const ColumnSpec& spec : table->specs())
      EXPECT_EQ(table->data(spec.name), other->data(spec.name)) << spec.name;
  EXPECT_EQ(shipped.groups, (std::vector<std::string>{"tujia", "miao", "han"}));
  EXPECT_EQ(renamed.groups, (std::vector<std::string>{"yi", "dai", "bai"}));
}

/// Groups are a margin only: their shares do not change anything else in the population.
TEST(Groups, TouchNoOtherColumn) {
  SynthesisReport report;
  const Population shipped = synthesize(two_counties(), 0, report), none = synthesize(with_groups({}), 0, report);
  for (const ColumnSpec& spec : shipped.persons.specs()) {
    if (spec.name == "ethnicity") continue;
    EXPECT_EQ(shipped.persons.data(spec.name), none.persons.data(spec.name)) << spec.name;
  }
  for (const ColumnSpec& spec : shipped.households.specs())
    EXPECT_EQ(shipped.households.data(spec.name), none.households.data(spec.name)) << spec.name;
}

TEST(Groups, StandInTheReportUnderTheirNames) {
  SynthesisReport report;
  synthesize(with_groups({{"yi", 0.25}}), 0, report);
  EXPECT_THAT(report.markdown(), ::testing::HasSubstr("| yi |"));
  EXPECT_THAT(report.markdown(), ::testing::HasSubstr("| other_ethnicity |"));
  EXPECT_THAT(report.markdown(), ::testing::Not(::testing::HasSubstr("tujia")));
  synthesize(with_groups({}), 0, report);
  EXPECT_THAT(report.markdown(), ::testing::Not(::testing::HasSubstr("other_ethnicity")));
}

TEST(Groups, AreMarginsOfTheRegionThatNamesThem) {
  EXPECT_EQ(margins_table().row("yi"), nullptr);
  const TableKind table = margins_table({"yi", "dai"});
  ASSERT_NE(table.row("dai"), nullptr);
  EXPECT_EQ(table.row("dai")->unit, "share of persons");
  EXPECT_TRUE(table.row("dai")->required);
  EXPECT_EQ(table.rows.size(), margins_table().rows.size() + 2);
}

TEST(Groups, OneThatHasNoRowIsMissing) {
  SynthesisInput input = with_groups({{"yi", 0.25}});
  const Margins one = input.margins;
  input.margins = Margins(input.whole.id, {"yi", "dai"});
  for (const auto& [key, margin] : one.rows()) input.margins.set(margin);
  SynthesisReport report;
  try {
    synthesize(input, 0, report);
    FAIL() << "a group without a margin was made";
  } catch (const DataError& error) {
    EXPECT_THAT(error.what(), ::testing::HasSubstr("dai"));
  }
}

}  // namespace
}  // namespace tuopin::testing
