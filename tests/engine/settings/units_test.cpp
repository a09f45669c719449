// Units: every accepted spelling with its exact factor, and what is refused, with the reason.
#include "engine/settings/units.hpp"

#include <gmock/gmock.h>

#include <cmath>

namespace tuopin {
namespace {

/// "times/over", or "-" where the unit is refused.
std::string factor(const char* typed, const char* own) {
  const auto found = unit_factor(typed, own);
  if (!found) return "-";
  return std::to_string(static_cast<long long>(found->times)) + "/" +
         std::to_string(static_cast<long long>(found->over));
}

/// As it is said where messages are translated.
std::string in_chinese(const Message& message) {
  return message.said([](const std::string& text) { return text; });
}

TEST(Units, AreSaidInBothLanguages) {
  EXPECT_EQ(unit_in_words("yuan/mu/year").english(), "yuan/mu/year");
  EXPECT_EQ(in_chinese(unit_in_words("yuan/mu/year")), "元/亩·年");
  EXPECT_EQ(in_chinese(unit_in_quotes("share of persons")), "\"占人口的比例\"");
  EXPECT_EQ(with_unit(0.5, "share/year").english(), "0.5 share/year");
  EXPECT_EQ(in_chinese(with_unit(0.5, "share/year")), "0.5（比例/年）");
  EXPECT_EQ(in_chinese(with_unit(std::string("8000"), "yuan/year")), "8000元/年");
  EXPECT_EQ(in_chinese(with_unit(1, "1")), "1");
  for (const char* unit : {"万元", "head of cattle/year", "", "1"}) EXPECT_EQ(in_chinese(unit_in_words(unit)), unit);
  EXPECT_EQ(in_chinese(with_unit(3, "goats")), "3 goats") << "a unit of an extension";
}

TEST(Units, Weight) {
  for (const char* typed : {"yuan/kg", "元/公斤", "元/千克", "yuan per kilogram"})
    EXPECT_EQ(factor(typed, "yuan/kg"), "1/1") << typed;
  EXPECT_EQ(factor("公斤/亩·年", "kg/mu/year"), "1/1");
  for (const char* typed : {"元/斤", "元/吨", "yuan"}) EXPECT_EQ(factor(typed, "yuan/kg"), "-") << typed;
}

TEST(Units, Money) {
  for (const char* typed : {"yuan", "Yuan", " yuan ", "元", "RMB", "人民币", "人民币元", "CNY", "圆"})
    EXPECT_EQ(factor(typed, "yuan"), "1/1") << typed;
  for (const char* typed : {"万元", "ten thousand yuan", "10,000 yuan", "10000元", "萬元", "万 元", "万人民币"})
    EXPECT_EQ(factor(typed, "yuan"), "10000/1") << typed;
  for (const char* typed : {"亿元", "hundred million yuan", "100 million yuan", "万万元"})
    EXPECT_EQ(factor(typed, "yuan"), "100000000/1") << typed;
  for (const char* typed : {"thousand yuan", "thousands of yuan", "千元", "Thousand  Yuan"})
    EXPECT_EQ(factor(typed, "yuan"), "1000/1") << typed;
  for (const char* typed : {"million yuan", "百万元", "millions of yuan"})
    EXPECT_EQ(factor(typed, "yuan"), "1000000/1") << typed;
  EXPECT_EQ(factor("billion yuan", "yuan"), "1000000000/1");
  EXPECT_EQ(factor("十亿元", "yuan"), "1000000000/1");
}

TEST(Units, MoneyOfAYear) {
  for (const char* typed : {"yuan/year",
                            "yuan / year",
                            "yuan a year",
                            "yuan per year",
                            "Yuan per annum",
                            "yuan yearly",
                            "yuan p.a.",
                            "元/年",
                            "元／年",
                            "元每年",
                            "每年元",
                            "元/ 年",
                            "元/年·人",
                            "元/人·年",
                            "元/人/年",
                            "每人每年元",
                            "yuan/year/person",
                            "yuan per head and year",
                            "yuan per person per year",
                            "yuan a year per capita",
                            "元/(人・年)"})
    EXPECT_EQ(factor(typed, "yuan/year"), "1/1") << typed;
  for (const char* typed : {"万元/年", "万元每年", "10,000 yuan a year"})
    EXPECT_EQ(factor(typed, "yuan/year"), "10000/1") << typed;
  EXPECT_EQ(factor("亿元/年", "yuan/year"), "100000000/1");
  EXPECT_EQ(factor("million yuan a year", "yuan/year"), "1000000/1");
}

TEST(Units, Counts) {
  EXPECT_EQ(factor("人", "persons"), "1/1");
  EXPECT_EQ(factor("person", "persons"), "1/1");
  EXPECT_EQ(factor("万人", "persons"), "10000/1");
  EXPECT_EQ(factor("thousand persons", "persons"), "1000/1");
  EXPECT_EQ(factor("million people", "persons"), "1000000/1");
  EXPECT_EQ(factor("户", "households"), "1/1");
  EXPECT_EQ(factor("万户", "households"), "10000/1");
  EXPECT_EQ(factor("个村", "villages"), "1/1");
  EXPECT_EQ(factor("岗", "posts"), "1/1");
  EXPECT_EQ(factor("岗位", "posts"), "1/1");
  EXPECT_EQ(factor("年", "years"), "1/1");
  EXPECT_EQ(factor("县", "counties"), "1/1");
}

TEST(Units, AreasDaysAndCompounds) {
  EXPECT_EQ(factor("亩", "mu"), "1/1");
  EXPECT_EQ(factor("万亩", "mu"), "10000/1");
  EXPECT_EQ(factor("亩/人", "mu/person"), "1/1");
  EXPECT_EQ(factor("元/亩", "yuan/mu"), "1/1");
  EXPECT_EQ(factor("元/万亩", "yuan/mu"), "1/10000");
  EXPECT_EQ(factor("万元/万亩", "yuan/mu"), "1/1");
  EXPECT_EQ(factor("元/年/亩", "yuan/mu/year"), "1/1");
  EXPECT_EQ(factor("yuan per mu and year", "yuan/mu/year"), "1/1");
  EXPECT_EQ(factor("千元/亩·年", "yuan/mu/year"), "1000/1");
  EXPECT_EQ(factor("天/年", "days/year"), "1/1");
  EXPECT_EQ(factor("日/亩/年", "days/mu/year"), "1/1");
  EXPECT_EQ(factor("工日/亩·年", "days/mu/year"), "1/1");
}

TEST(Units, Shares) {
  for (const char* own : {"share", "share/year", "share of households", "share of persons", "probability", "1"}) {
    EXPECT_EQ(factor("%", own), "1/100") << own;
    EXPECT_EQ(factor("％", own), "1/100") << own;
    EXPECT_EQ(factor("percent", own), "1/100") << own;
    EXPECT_EQ(factor("per cent", own), "1/100") << own;
    EXPECT_EQ(factor("‰", own), "1/1000") << own;
  }
  for (const char* typed : {"% a year", "%/年", "每年%", "percent per year", "percentage points a year", "个百分点/年"})
    EXPECT_EQ(factor(typed, "share/year"), "1/100") << typed;
  EXPECT_EQ(factor("share", "share of households"), "1/1");
  EXPECT_EQ(factor("Share of  Households", "share of households"), "1/1");
  EXPECT_EQ(factor("% of the households", "share of households"), "1/100");
  EXPECT_EQ(factor("% of persons", "share of households"), "-");
  EXPECT_EQ(factor("share of persons", "share"), "-");
  EXPECT_EQ(factor("%/year", "share"), "-");
  EXPECT_EQ(factor("share", "1"), "-");
  EXPECT_EQ(factor("share", "probability"), "-");
  EXPECT_EQ(factor("probability", "share"), "-");
  EXPECT_EQ(unit_factor("%", "share")->of(33), 0.33);
  EXPECT_EQ(unit_factor("%", "share")->of(7), 0.07);
}

TEST(Units, TheDecimalPointIsMoved) {
  const UnitFactor ten_thousand{10'000, 1}, percent{1, 100};
  EXPECT_EQ(ten_thousand.of(0.6648), 6648) << "a product of doubles is not";
  EXPECT_EQ(ten_thousand.of(2.3), 23'000);
  EXPECT_EQ(ten_thousand.of(1e300), 1e304);
  EXPECT_EQ(ten_thousand.of(-1.5e-7), -1.5e-3);
  EXPECT_EQ(percent.of(28.9), 0.289);
  EXPECT_EQ(percent.of(0), 0);
  EXPECT_EQ(UnitFactor{}.of(0.1), 0.1);
  EXPECT_TRUE(std::isinf(ten_thousand.of(1e306)));
  EXPECT_TRUE(std::isnan(percent.of(std::nan(""))));
}

TEST(Units, OthersAreComparedAsTheyStand) {
  EXPECT_EQ(factor("Log-odds", "log-odds"), "1/1");
  EXPECT_EQ(factor("standard  deviations", "standard deviations"), "1/1");
  EXPECT_EQ(factor("multiple of the line", "multiple of the line"), "1/1");
  EXPECT_EQ(factor("log", "log-odds"), "-");
  EXPECT_EQ(factor("%", "log"), "-");
  EXPECT_EQ(factor("%", "persons"), "-");
  EXPECT_EQ(factor("", "share"), "-");
  EXPECT_EQ(factor("万", "persons"), "-");
  EXPECT_EQ(factor("persons", "households"), "-");
  EXPECT_EQ(factor("yuan/mu", "yuan/mu/year"), "-");
  EXPECT_EQ(factor("yuan/year/person", "yuan/mu/year"), "-");
  EXPECT_EQ(factor("yuan/year//", "yuan/year"), "-");
  EXPECT_EQ(factor("20 yuan", "yuan"), "-");
}

TEST(Units, RefusedWithAReason) {
  const auto why = [](const char* typed, const char* own) {
    EXPECT_EQ(factor(typed, own), "-") << typed;
    return why_no_multiple(typed, own).english();
  };
  for (const char* typed : {"yuan/month", "元/月", "万元/月", "yuan a month", "yuan monthly", "元/月·人"})
    EXPECT_EQ(why(typed, "yuan/year"), "a month need not be a twelfth of a year") << typed;
  for (const char* typed : {"yuan/month", "元/月", "元 每月", "yuan a month", "yuan per month", "元/月·人"})
    EXPECT_EQ(twelve_months(200, typed, "yuan/year").english(), "for twelve months write 2400 yuan/year") << typed;
  EXPECT_EQ(twelve_months(0.05, "万元/月", "yuan/year").english(), "for twelve months write 6000 yuan/year");
  EXPECT_EQ(twelve_months({}, "yuan/month", "yuan/year").english(),
            "for twelve months write twelve times the number, in yuan/year");
  for (const char* typed : {"yuan/week", "yuan", "mu/month", "months", "yuan/year"})
    EXPECT_TRUE(twelve_months(200, typed, "yuan/year").empty()) << typed;
  for (const char* typed : {"yuan/day", "元/天", "元/日", "yuan daily"})
    EXPECT_EQ(why(typed, "yuan/year"), "how many days of the year are meant is not said") << typed;
  EXPECT_EQ(why("元/周", "yuan/year"), "how many weeks of the year are meant is not said");
  EXPECT_EQ(why("yuan/hour", "yuan/year"), "how many hours of the year are meant is not said");
  EXPECT_EQ(why("yuan per quarter", "yuan/year"), "a quarter need not be a fourth of a year");
  for (const char* typed : {"美元", "US dollars", "USD/year", "日元", "港元/年", "$"})
    EXPECT_EQ(why(typed, "yuan/year"),
              "a currency has no fixed rate: convert it to yuan at the rate that the source names")
        << typed;
  for (const char* typed : {"hectares", "ha", "公顷", "英亩", "公亩", "km²"})
    EXPECT_EQ(why(typed, "mu"), "areas are in mu: convert it") << typed;
  EXPECT_EQ(why("yuan", "yuan/year"), "it does not say of what time");
  EXPECT_EQ(why("元/户·年", "yuan/year"), "households differ in size: the figure is of a head");
  EXPECT_EQ(why("kg", "mu"), "");
}

TEST(Units, PerPerson) {
  EXPECT_TRUE(is_per_person("元/年·人"));
  EXPECT_TRUE(is_per_person("yuan per head and year"));
  EXPECT_FALSE(is_per_person("yuan/year"));
  EXPECT_FALSE(is_per_person("万人"));
}

}  // namespace
}  // namespace tuopin
