// Units of quantities and series: exact multiples are converted, what was typed is kept, odd numbers are asked about.
#include <gmock/gmock.h>

#include "tests/engine/settings/settings_sample.hpp"

namespace tuopin {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

std::string quantity_text(const std::string& path, const std::string& rest) {
  return "title = \"t\"\n" + path + " = { " + rest + ", source = \"x\" }\n";
}

std::vector<std::string> warnings_of(const std::string& text) {
  std::vector<std::string> lines;
  const Settings settings = good_settings(text);
  for (const Problem& problem : settings.warnings()) lines.push_back(to_text(problem));
  return lines;
}

TEST(SettingsUnits, QuantityAndRangeAreConverted) {
  const Settings settings =
      good_settings(quantity_text("growth.nominal", "value = 9, unit = \"%/年\", range = [7, 11], grade = \"D\""));
  const Quantity& quantity = settings.quantity("growth.nominal");
  EXPECT_EQ(quantity.value, 0.09);
  EXPECT_EQ(quantity.low, 0.07);
  EXPECT_EQ(quantity.high, 0.11);
  EXPECT_EQ(quantity.unit, "share/year");
  EXPECT_EQ(quantity.typed.unit, "%/年");
  EXPECT_THAT(
      settings.effective_text(),
      HasSubstr("growth.nominal = { grade = \"D\", range = [7.0, 11.0], shape = \"triangular\", source = \"x\", "
                "status = \"published\", unit = \"%/年\", value = 9.0 }"));
}

TEST(SettingsUnits, TheTextThatIsKeptGivesTheSameBits) {
  for (const char* value : {"value = 9.3, unit = \"%\", range = [7.7, 11.1]", "value = 33, unit = \"percent\"",
                            "value = 0.07, unit = \"share/year\", range = [0.05, 0.1]"}) {
    const Settings once = good_settings(quantity_text("growth.nominal", value) +
                                        "[capacity]\nunit = \"万人\"\nby_year = { 2016 = 1.3, 2017 = 0.7 }\n"
                                        "[line]\nfrom_year = { 2016 = 0.3218 }\nunit = \"万元/年\"\n");
    const Settings again = good_settings(once.effective_text());
    EXPECT_EQ(again.effective_text(), once.effective_text());
    EXPECT_EQ(again.number("growth.nominal"), once.number("growth.nominal"));
    EXPECT_EQ(again.quantity("growth.nominal").low, once.quantity("growth.nominal").low);
    EXPECT_EQ(again.series("capacity.by_year").values, once.series("capacity.by_year").values);
    EXPECT_EQ(again.series("line.from_year").values, once.series("line.from_year").values);
  }
}

TEST(SettingsUnits, OwnUnitKeepsItsText) {
  const Settings settings = good_settings(quantity_text("growth.nominal", "value = 0.09, unit = \"share/year\""));
  EXPECT_EQ(settings.quantity("growth.nominal").typed.unit, "");
  EXPECT_THAT(settings.effective_text(), HasSubstr("unit = \"share/year\", value = 0.09 }"));
}

TEST(SettingsUnits, DrawnValuesAreInTheOwnUnit) {
  const Settings drawn = good_settings(quantity_text("growth.nominal", "value = 9, unit = \"%\", range = [7, 11]"))
                             .with_values([](const Quantity&) { return 0.1; });
  EXPECT_EQ(drawn.number("growth.nominal"), 0.1);
  EXPECT_THAT(drawn.effective_text(), HasSubstr("unit = \"share/year\", value = 0.1 }"));
}

TEST(SettingsUnits, SeriesBesideAndInside) {
  const Settings settings = good_settings(
      "title = \"t\"\n[growth]\nspending = { by_year = { 2016 = 3, 2017 = 4 }, unit = \"亿元\" }\n"
      "mean_income = { from_year = { 2016 = 0.6648 }, unit = \"万元/年·人\" }\n"
      "[line]\nfrom_year = { 2016 = 3.218 }\nunit = \"thousand yuan a year\"\n"
      "[capacity]\nunit = \"万户\"\nby_year = { 2016 = 2.3 }\n");
  EXPECT_EQ(settings.series("growth.spending").at(2017), 400'000'000) << "a flow leaves the year to its years";
  EXPECT_EQ(settings.series("growth.mean_income").at(2016), 6648);
  EXPECT_EQ(settings.series("line.from_year").at(2018), 3218);
  EXPECT_EQ(settings.series("capacity.by_year").at(2016), 23'000);
  EXPECT_EQ(settings.text("capacity.unit"), "households");
  EXPECT_THAT(settings.effective_text(), HasSubstr("capacity.unit = \"万户\""));
  EXPECT_THAT(settings.effective_text(), HasSubstr("capacity.by_year = { 2016 = 2.3 }"));
}

TEST(SettingsUnits, RefusedWithBothNumbers) {
  EXPECT_EQ(problems_of(quantity_text("growth.nominal", "value = 900, unit = \"%\"")),
            "a.toml:2:28: growth.nominal: is 900 % (9 share/year), expected -0.5 to 1 share/year");
  EXPECT_EQ(problems_of("title = \"t\"\n[capacity]\nunit = \"万人\"\nby_year = { 2016 = 300 }"),
            "a.toml:4:20: capacity.by_year.2016: is 300 万人 (3000000), expected 0 to 1000000");
  EXPECT_EQ(problems_of(quantity_text("growth.nominal", "value = 9, unit = \"%\", range = [7, 8]")),
            "a.toml:2:51: growth.nominal.range: is [7, 8], expected it to hold the value 9 (move the range with the "
            "value, or leave the range out)");
  EXPECT_EQ(problems_of("title = \"t\"\n[growth]\nmean_income = { from_year = { 2016 = 500 }, unit = \"元/月\" }"),
            "a.toml:3:52: growth.mean_income: unit is \"元/月\", expected \"yuan/year\" (a month need not be a twelfth "
            "of a year; for twelve months write twelve times the number, in yuan/year)");
  EXPECT_EQ(problems_of("title = \"t\"\n[growth]\nspending = { by_year = { 2016 = 5 }, unit = \"元/年·人\" }"),
            "a.toml:3:45: growth.spending: unit is \"元/年·人\", expected \"yuan/year\" (these numbers are sums of a "
            "year, not of a head)");
  EXPECT_EQ(problems_of("title = \"t\"\n[capacity]\nunit = \"公顷\"\nby_year = { 2016 = 3 }"),
            "a.toml:3:8: capacity.unit: is \"公顷\", expected one of \"persons\", \"households\", \"posts\"");
}

TEST(SettingsUnits, ANumberFarFromItsNeighboursIsAskedAbout) {
  const auto series = [](const std::string& years) {
    return warnings_of("title = \"t\"\ngrowth.spending = { by_year = { " + years + " } }");
  };
  EXPECT_THAT(
      series("2016 = 800_000_000, 2017 = 800, 2018 = 900_000_000"),
      ElementsAre("a.toml:2:53: growth.spending.2017: is 800 yuan/year where 2016 is 800000000: is the unit the "
                  "same? (a thousandfold step from all its neighbours is most often a slip)"));
  EXPECT_THAT(series("2016 = 800, 2017 = 800_000_000, 2018 = 900_000_000"), ElementsAre(HasSubstr("2016: is 800")));
  EXPECT_THAT(series("2016 = 800, 2017 = 800_000_000"), ElementsAre(HasSubstr("2016: is 800")));
  EXPECT_THAT(series("2016 = 8, 2017 = 9, 2018 = 8, 2019 = 80_000"), ElementsAre(HasSubstr("2019: is 80000")));
  EXPECT_THAT(series("2016 = 0, 2017 = 800_000_000, 2018 = 900_000_000"), testing::IsEmpty()) << "none is no slip";
  EXPECT_THAT(series("2016 = 1, 2017 = 900, 2018 = 800_000"), testing::IsEmpty()) << "a steep rise has near neighbours";
  EXPECT_THAT(series("2016 = 1, 2017 = 999"), testing::IsEmpty());
}

}  // namespace
}  // namespace tuopin
