// A population is read back as it was stored; every fault of its file is reported, and such a file is never simulated.
#include "models/main/population_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <limits>

#include "engine/base/errors.hpp"
#include "tests/engine/study/study_sample.hpp"
#include "tests/models/population/small_region.hpp"

namespace tuopin::test {

using ::testing::HasSubstr;

namespace {

const Population& sound() {
  static const Population made = [] {
    SynthesisReport report;
    return synthesize(tuopin::testing::two_counties(), 1, report);
  }();
  return made;
}

/// The population kept, changed by `change` as a file, and fetched: the message with which it is refused.
std::string refusal_of(const std::function<void(TableFile&)>& change) {
  const Folder folder;
  keep_population(folder / "p.h5", sound());
  TableFile content = read_tables(folder / "p.h5", population_codebooks());
  change(content);
  write_tables(folder / "p.h5", content);
  return message_of<DataError>([&] { fetch_population(folder / "p.h5"); });
}

Table& table_of(TableFile& content, const std::string& name) {
  for (Table& table : content.tables)
    if (table.name() == name) return table;
  throw std::logic_error("no table " + name);
}

template <typename Number>
std::string with_value(const std::string& table, const char* column, std::size_t row, Number value) {
  return refusal_of([&](TableFile& content) { table_of(content, table).column<Number>(column)[row] = value; });
}

}  // namespace

TEST(PopulationFile, ComesBackAsItWasKept) {
  const Folder folder;
  keep_population(folder / "p.h5", sound());
  const Population p = fetch_population(folder / "p.h5");
  for (const auto table : {&Population::persons, &Population::households, &Population::villages, &Population::counties})
    for (const ColumnSpec& spec : (sound().*table).specs())
      EXPECT_TRUE((p.*table).data(spec.name) == (sound().*table).data(spec.name)) << spec.name;
  EXPECT_EQ(p.county_names, sound().county_names);
  EXPECT_EQ(p.registered_quota, sound().registered_quota);
  EXPECT_EQ(p.index, 1);
  EXPECT_EQ(p.mean_income, sound().mean_income);
  EXPECT_EQ(p.true_poverty_rate, sound().true_poverty_rate);
}

TEST(PopulationFile, LinksThatLeadNowhere) {
  EXPECT_THAT(with_value<std::uint32_t>("persons", "household", 7, 4'000'000'000u), HasSubstr("persons/household"));
  EXPECT_THAT(with_value<std::uint32_t>("households", "village", 0, 1), HasSubstr("households/village"));
  EXPECT_THAT(with_value<std::uint32_t>("villages", "county", 59, 2), HasSubstr("villages/county"));
  EXPECT_THAT(with_value<std::uint32_t>("households", "person_begin", 100, 0xffffffffu), HasSubstr("person_begin"));
  EXPECT_THAT(with_value<std::uint32_t>("villages", "household_begin", 3, 0), HasSubstr("household_begin"));
  EXPECT_THAT(with_value<std::uint8_t>("households", "members", 100, 200), HasSubstr("households/members"));
}

TEST(PopulationFile, ValuesThatNoPopulationHas) {
  EXPECT_THAT(with_value<std::uint8_t>("persons", "sex", 3, 2), HasSubstr("persons/sex"));
  EXPECT_THAT(with_value<std::uint8_t>("villages", "poor_village", 3, 255), HasSubstr("villages/poor_village"));
  const float infinite = std::numeric_limits<float>::infinity();
  EXPECT_THAT(with_value<float>("households", "permanent_score", 3, infinite), HasSubstr("permanent_score"));
}

TEST(PopulationFile, WhatIsMissingOrOfAnotherKind) {
  for (const char* name : {"index", "true_poverty_rate", "mean_income", "registered_quota"}) {
    EXPECT_THAT(refusal_of([&](TableFile& content) { content.attributes.erase(name); }), HasSubstr(name));
    EXPECT_THAT(refusal_of([&](TableFile& content) {
                  Attribute& value = content.attributes[name];
                  value = std::holds_alternative<std::string>(value) ? Attribute(1.0) : Attribute(std::string("1"));
                }),
                HasSubstr(name));
  }
  EXPECT_THAT(refusal_of([](TableFile& content) { content.texts.erase("counties/name_zh"); }),
              HasSubstr("counties/name"));
  for (const char* quotas :
       {"", "x ", "3000 2050", "3000 2050 1 ", "3000 -1 ", "3000 99999999999999999999 ", "3000 99999999999 "})
    EXPECT_THAT(refusal_of([&](TableFile& content) { content.attributes["registered_quota"] = std::string(quotas); }),
                HasSubstr("registered_quota"))
        << quotas;
  EXPECT_THAT(refusal_of([](TableFile& content) { content.attributes["index"] = std::int64_t{1} << 40; }),
              HasSubstr("index"));
  EXPECT_THAT(refusal_of([](TableFile& content) {
                std::erase_if(content.tables, [](const Table& t) { return t.name() == "villages"; });
              }),
              HasSubstr("villages: the table is missing"));
}

}  // namespace tuopin::test
