// What a right file gives: values, defaults, series, named tables, drawn copies, the canonical text.
#include <gmock/gmock.h>

#include "tests/engine/settings/settings_sample.hpp"

namespace tuopin {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(SettingsValues, PlainFields) {
  const Settings settings = good_settings(R"(
title = "Plan"
programmes = ["rangers", "housing"]
window = [2016, 2020]
eligible = "age >= 18"
[cost]
funding = { central = 0.8, county = 0.2 }
)");
  EXPECT_EQ(settings.translated("title").in("zh"), "Plan");
  EXPECT_THAT(settings.names("programmes"), ElementsAre("rangers", "housing"));
  EXPECT_EQ(settings.window("window"), std::pair(2016, 2020));
  EXPECT_EQ(settings.text("eligible"), "age >= 18");
  EXPECT_EQ(settings.origin("eligible").line, 5);
  EXPECT_EQ(settings.origin("eligible").column, 13) << "first character inside the quotes";
  EXPECT_EQ(settings.shares("cost.funding").at("county"), 0.2);
  EXPECT_EQ(settings.stem(), "a");
}

TEST(SettingsValues, DefaultsStandWhereNothingIsGiven) {
  const Settings settings = good_settings("title = { en = \"Plan\", zh = \"规划\" }");
  EXPECT_EQ(settings.translated("title").in("zh"), "规划");
  EXPECT_EQ(settings.integer("households"), 10);
  EXPECT_TRUE(settings.names("programmes").empty());
  EXPECT_EQ(settings.number("growth.persistence"), 0.5) << "also in a table that is not there";
  EXPECT_EQ(settings.text("capacity.unit"), "posts");
  EXPECT_FALSE(settings.has("growth.nominal"));
  EXPECT_THROW(settings.quantity("growth.nominal"), std::logic_error);
  int visited = 0;
  settings.for_each_quantity([&](const Quantity&) { ++visited; });
  EXPECT_EQ(visited, 0) << "a default is not evidence of the file";
  std::vector<std::string> defaults;
  settings.for_each_default([&](const Quantity& quantity) { defaults.push_back(quantity.name); });
  EXPECT_THAT(defaults, testing::Contains("sample.growth.persistence"));
}

TEST(SettingsValues, AnOfficeIsForReadersOnly) {
  const std::string before =
      "title = \"Plan\"\n[growth]\nnominal = { value = 0.09, unit = \"share/year\", source = \"a\"";
  const std::string series = " }\nspending = { by_year = { 2016 = 3 }, source = \"b\"";
  const Settings without = good_settings(before + series + " }");
  const Settings with =
      good_settings(before + ", office = { en = \"Bureau\", zh = \"局\" }" + series + ", office = \"County\" }");
  EXPECT_EQ(with.quantity("growth.nominal").office.in("zh"), "局");
  EXPECT_EQ(with.quantity("growth.nominal").office.in("en"), "Bureau");
  EXPECT_EQ(with.series("growth.spending").factor.office.in("zh"), "County");
  EXPECT_EQ(without.quantity("growth.nominal").office.in("en"), "");
  EXPECT_EQ(with.effective_text(), without.effective_text());
}

TEST(SettingsValues, QuantityWithEverything) {
  const Settings settings = good_settings(R"(
title = "Plan"
[growth]
nominal = { value = 0.09, unit = "share/year", range = [0.07, 0.11], shape = "normal", source = "derived: yearbook", grade = "C" }
)");
  const Quantity& growth = settings.quantity("growth.nominal");
  EXPECT_EQ(growth.name, "sample.growth.nominal");
  EXPECT_EQ(growth.value, 0.09);
  EXPECT_EQ(growth.low, 0.07);
  EXPECT_EQ(growth.high, 0.11);
  EXPECT_EQ(growth.shape, Shape::normal);
  EXPECT_EQ(growth.status, Status::derived);
  EXPECT_EQ(growth.grade, "C");
  EXPECT_EQ(growth.lower_bound, -0.5);
  EXPECT_EQ(growth.upper_bound, 1);
  EXPECT_EQ(growth.origin.line, 4);
}

TEST(SettingsValues, ShapeAndStatusFollowFromRangeAndSource) {
  const auto quantity = [](const std::string& rest) {
    return good_settings("title = \"t\"\ngrowth.nominal = { value = 0.1, unit = \"share/year\", " + rest + " }")
        .quantity("growth.nominal");
  };
  EXPECT_EQ(quantity("source = \"Yearbook 2016, table 3\"").shape, Shape::fixed);
  EXPECT_EQ(quantity("source = \"Yearbook 2016, table 3\"").status, Status::published);
  EXPECT_EQ(quantity("source = \"assumption: none found\", range = [0, 0.2]").shape, Shape::triangular);
  EXPECT_EQ(quantity("source = \"assumption: none found\"").status, Status::assumption);
  EXPECT_EQ(quantity("source = \"Yearbook\", status = \"derived\", grade = \"D\"").status, Status::derived);
}

TEST(SettingsValues, BareNumberRestsOnTheEvidenceOfTheFile) {
  const Settings settings = good_settings("title = \"t\"\n[growth]\npersistence = 0.3\n[evidence]\ngrade = \"B\"");
  const Quantity& quantity = settings.quantity("growth.persistence");
  EXPECT_EQ(quantity.source, "the file's [evidence]");
  EXPECT_EQ(quantity.grade, "B");
  EXPECT_EQ(quantity.unit, "share");
  EXPECT_EQ(quantity.shape, Shape::fixed);
  EXPECT_EQ(quantity.status, Status::assumption);
}

TEST(SettingsValues, FlowBesideItsQualifiers) {
  const Settings settings = good_settings(R"(
title = "Plan"
[capacity]
by_year = { 2016 = 3000, 2017 = 4000 }
relative_range = [0.9, 1.1]
unit = "persons"
source = "the plan, III.2"
grade = "B"
)");
  const YearSeries& places = settings.series("capacity.by_year");
  EXPECT_TRUE(places.flow);
  EXPECT_EQ(places.at(2016), 3000);
  EXPECT_EQ(places.at(2018), 0) << "a flow is zero in a year that is not named";
  EXPECT_EQ(places.factor.name, "sample.capacity.by_year");
  EXPECT_EQ(places.factor.unit, "persons");
  EXPECT_EQ(places.factor.low, 0.9);
  EXPECT_EQ(places.factor.shape, Shape::triangular);
  EXPECT_EQ(places.factor.status, Status::published);
  EXPECT_EQ(places.factor.upper_bound, 1e6 / 4000) << "no year may pass the bound of the field";
}

TEST(SettingsValues, SeriesUnderKeysOfTheirOwn) {
  const Settings settings = good_settings(R"(
title = "Plan"
[growth]
mean_income = { from_year = { 2015 = 6000, 2017 = 7000 }, unit = "yuan/year", source = "Yearbook" }
[growth.spending.by_year]
2016 = 5
[line.from_year]
2015 = 2855
)");
  EXPECT_EQ(settings.series("growth.mean_income").at(2016), 6000) << "a level holds until the next entry";
  EXPECT_EQ(settings.series("growth.mean_income").at(2030), 7000);
  EXPECT_EQ(settings.series("growth.spending").at(2016), 5);
  EXPECT_EQ(settings.series("line.from_year").at(2020), 2855);
  try {
    settings.series("growth.mean_income").at(2014);
    FAIL();
  } catch (const ScenarioError& error) {
    EXPECT_STREQ(error.what(),
                 "a.toml:4:15: sample.growth.mean_income: has no value for 2014: it holds from 2015 on "
                 "(add an entry for 2014 or earlier)");
  }
}

TEST(SettingsValues, NamedTablesKeepTheOrderOfTheFile) {
  const Settings settings = good_settings(R"(
title = "Plan"
[effect.post]
verb = "slot"
wage = { value = 10000, unit = "yuan/year", source = "plan" }
[effect.house]
verb = "move"
return_rate = 0.02
)");
  EXPECT_THAT(settings.tables("effect"), ElementsAre("post", "house"));
  EXPECT_EQ(settings.text("effect.post.verb"), "slot");
  EXPECT_EQ(settings.quantity("effect.post.wage").name, "sample.effect.post.wage");
  EXPECT_TRUE(settings.tables("funds").empty());
}

TEST(SettingsValues, DrawnCopyLeavesTheOriginalAlone) {
  const Settings settings = good_settings(
      "title = \"t\"\n[growth]\npersistence = 0.3\n[capacity]\nby_year = { 2016 = 3000 }\nrelative_range = [0.9, 1.2]");
  const Settings drawn = settings.with_values([](const Quantity& quantity) { return quantity.value * 1.1; });
  EXPECT_DOUBLE_EQ(drawn.number("growth.persistence"), 0.33);
  EXPECT_DOUBLE_EQ(drawn.series("capacity.by_year").at(2016), 3300);
  EXPECT_EQ(settings.number("growth.persistence"), 0.3);
  EXPECT_EQ(settings.series("capacity.by_year").at(2016), 3000);
}

TEST(SettingsValues, EffectiveTextIsCanonicalAndReadsBackAsItself) {
  const std::string one = R"(
title = "Plan"
window = [2016, 2020]
[growth]
nominal = { value = 0.09, unit = "share/year", range = [0.07, 0.11], source = "say \"so\"" }
mean_income = { from_year = { 2015 = 6000 }, source = "Yearbook" }
[capacity]
unit = "persons"
by_year = { 2017 = 4000, 2016 = 3000 }
[cost]
funding = { central = 0.8, county = 0.2 }
)";
  const std::string other = R"(
window = [2016, 2020]
cost.funding = { county = 0.2, central = 0.8 }
title = { zh = "Plan", en = "Plan" }
households = 10
[capacity]
by_year = { 2016 = 3e3, 2017 = 4000 }
unit = "persons"
[growth]
mean_income = { source = "Yearbook", from_year = { 2015 = 6000.0 } }
nominal = { range = [0.07, 0.11], shape = "triangular", unit = "share/year", value = 9e-2, source = 'say "so"' }
)";
  const std::string text = good_settings(one).effective_text();
  EXPECT_EQ(good_settings(text).effective_text(), text);
  EXPECT_THAT(text, HasSubstr("capacity.by_year = { 2016 = 3000.0, 2017 = 4000.0 }\n"));
  EXPECT_THAT(text, HasSubstr("households = 10\n"));
  EXPECT_EQ(good_settings(other).effective_text(), text);
}

TEST(SettingsValues, EffectiveTextHoldsNoPath) {
  const Folder folder;
  folder.write("deep/margins.csv", "a\n");
  const Settings settings = good_settings("title = \"t\"\nmargins = \"deep/margins.csv\"", folder.path);
  EXPECT_EQ(settings.file("margins"), folder.path / "deep/margins.csv");
  EXPECT_THAT(settings.effective_text(), HasSubstr("margins = \"margins.csv\"\n"));
}

}  // namespace
}  // namespace tuopin
