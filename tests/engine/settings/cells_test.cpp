// Cells as spreadsheets write them: what is certain is used, what is not is refused and seen.
#include "engine/settings/cells.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <utility>

namespace tuopin {
namespace {

using testing::HasSubstr;

TEST(Cells, NumbersWhoseMeaningIsCertain) {
  const std::pair<const char*, double> certain[] = {
      {"7", 7},
      {"+3218", 3218},
      {"-2e3", -2000},
      {"1.5E+05", 150000},
      {" 0.25 ", 0.25},
      {"\u00A0"
       "12\u3000",
       12},
      {"0,25", 0.25},
      {"12,5", 12.5},
      {"0,250", 0.25},
      {"1234,500", 1234.5},
      {"1,234,567", 1234567},
      {"1.234.567", 1234567},
      {"1,234.5", 1234.5},
      {"1.234,5", 1234.5},
      {"2 400 000", 2400000},
      {"2\u00A0"
       "400\u00A0"
       "000",
       2400000},
      {"6\u202F"
       "648,5",
       6648.5},
      {"1'234.5", 1234.5},
      {"\uFF12\uFF10\uFF0E\uFF15", 20.5},
      {"\u2212"
       "3",
       -3},
      {".5", 0.5},
  };
  for (const auto& [cell, value] : certain) {
    const CellNumber number = number_of_cell(cell);
    ASSERT_TRUE(number.value) << cell;
    EXPECT_EQ(*number.value, value) << cell;
  }
}

TEST(Cells, NumbersThatCanBeReadInTwoWaysOrInNone) {
  for (const char* cell :
       {"",    "x",   "1,000", "61,000", "12,345", "1,23,4",    "1 23",  "0,123,456", "1,2.3,4", "1.2.3",
        "nan", "inf", "0x10",  "+-5",    "5%",     "1 000.5.5", "1e999", "--1",       "1,",      "\uFF11\uFF12x"})
    EXPECT_FALSE(number_of_cell(cell).value) << cell;
  EXPECT_THAT(number_of_cell("61,000").hint.english(), HasSubstr("can mean 61000 or 61.000"));
  EXPECT_THAT(number_of_cell("5%").hint.english(), HasSubstr("0.05 for 5%"));
  EXPECT_THAT(number_of_cell("1\u200B"
                             "2")
                  .hint.english(),
              HasSubstr("U+200B"));
}

TEST(Cells, HalfAUnitOfTheLastDigit) {
  EXPECT_DOUBLE_EQ(number_of_cell("0.15").rounding, 0.005);
  EXPECT_DOUBLE_EQ(number_of_cell("6648").rounding, 0.5);
  EXPECT_DOUBLE_EQ(number_of_cell("2.4e6").rounding, 5e4);
}

TEST(Cells, Years) {
  for (const char* cell : {"2015", "2015.0", "+2015", "2015年", "2015-01-01", "2015/1/1", "2015-12-31 00:00:00",
                           "1/1/2015", "31.12.2015", "42005", "\uFF12\uFF10\uFF11\uFF15",
                           "\u00A0"
                           "2015"}) {
    const CellYear year = year_of_cell(cell);
    ASSERT_TRUE(year.value) << cell;
    EXPECT_EQ(*year.value, 2015) << cell;
  }
  for (const char* cell : {"", "15-1", "2015-13-01", "2016-2019", "20151", "2015.5", "-1", "1e300", "about 2015"})
    EXPECT_FALSE(year_of_cell(cell).value) << cell;
  EXPECT_THAT(year_of_cell("42100").hint.english(), HasSubstr("2015-04-06"));
  EXPECT_THAT(year_of_cell("1905-07-07").hint.english(), HasSubstr("a day of 1905"));
}

TEST(Cells, TruthInTwoLanguages) {
  for (const char* cell : {"yes", "Yes", "YES", "TRUE", "true", "1", "\uFF11", "yes ", "是", "\u3000是"})
    EXPECT_EQ(truth_of_cell(cell), true) << cell;
  for (const char* cell : {"no", "No", "FALSE", "0", "否"}) EXPECT_EQ(truth_of_cell(cell), false) << cell;
  for (const char* cell : {"", "y", "2", "maybe", "ja"}) EXPECT_EQ(truth_of_cell(cell), std::nullopt) << cell;
}

TEST(Cells, WhatNobodySeesIsSeenInMessages) {
  EXPECT_EQ(visible("sta\u200Bt\u00A0i\x0B\"\n"), "\"sta<U+200B>t<U+00A0>i<U+000B>\\\"\\n\"");
  EXPECT_EQ(visible("州发〔2016〕1号"), "\"州发〔2016〕1号\"");
  EXPECT_EQ(trimmed_cell("\uFEFF \u00A0\u202F\u3000 a b\u00A0\t"), "a b");
  EXPECT_EQ(control_character("a\x0B", true), "U+000B");
  EXPECT_EQ(control_character("a\nb", true), "U+000A");
  EXPECT_EQ(control_character("a\nb", false), "");
  EXPECT_EQ(invisible_character("a\u2060"), "U+2060");
  EXPECT_EQ(invisible_character("=+-@ a"), "");
}

TEST(Cells, WhatASpreadsheetMadeOfAName) {
  for (const char* cell : {"#NAME?", "#REF!", "4.33E+05", "1-Mar", "Sep-2"})
    EXPECT_FALSE(made_by_spreadsheet(cell).empty()) << cell;
  for (const char* cell : {"S004", "brook", "=cmd", "east-1", "Marsh-2", "E+5"})
    EXPECT_TRUE(made_by_spreadsheet(cell).empty()) << cell;
}

}  // namespace
}  // namespace tuopin
