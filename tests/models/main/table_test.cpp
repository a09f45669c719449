// Text tables: display width, wrapping, layout.
#include "models/main/table.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace tuopin {
namespace {

TEST(DisplayWidth, ChineseTakesTwoColumnsAndCombiningMarksNone) {
  EXPECT_EQ(display_width(""), 0u);
  EXPECT_EQ(display_width("plan ≤ 12%"), 10u);
  EXPECT_EQ(display_width("贫困发生率"), 10u);
  EXPECT_EQ(display_width("净脱贫，"), 8u);   // full-width comma
  EXPECT_EQ(display_width("e\xcc\x81"), 1u);  // e and a combining acute accent
  EXPECT_EQ(display_width("\xe8\xb4"), 2u);   // a character cut in two: a column for each byte, no reading beyond
  EXPECT_EQ(display_width("\xff"), 1u);
}

TEST(Wrapped, BreaksAtSpacesAndBetweenChineseCharacters) {
  EXPECT_EQ(wrapped("exits from the register", 10), (std::vector<std::string>{"exits from", "the", "register"}));
  EXPECT_EQ(wrapped("稳定净脱贫人数", 6), (std::vector<std::string>{"稳定净", "脱贫人", "数"}));
  EXPECT_EQ(wrapped("unbreakable", 4), (std::vector<std::string>{"unbreakable"}));
  EXPECT_EQ(wrapped("a\tb\nc", 80), (std::vector<std::string>{"a b c"}));
  EXPECT_EQ(wrapped("", 10), (std::vector<std::string>{""}));
}

TEST(Wrapped, PunctuationStaysWithItsWord) {
  EXPECT_EQ(wrapped("脱贫。次年", 4), (std::vector<std::string>{"脱", "贫。", "次年"}));
  EXPECT_EQ(wrapped("名额（户）", 7), (std::vector<std::string>{"名额", "（户）"}));
}

TEST(Paragraph, LaterLinesAreIndentedAsFarAsTheFirst) {
  EXPECT_EQ(paragraph("地区  ", "aa bb cc", 11), "地区  aa bb\n      cc\n");
}

TEST(Grouped, ThousandsAndSigns) {
  EXPECT_EQ(grouped(2400000, 0), "2,400,000");
  EXPECT_EQ(grouped(-1234.56, 1), "-1,234.6");
  EXPECT_EQ(grouped(999, 0), "999");
  EXPECT_EQ(grouped(-0.2, 0), "0");
  EXPECT_EQ(grouped(std::nan(""), 0), "–");
}

TextTable two_columns() {
  TextTable table;
  table.add_column("批次", TextTable::Align::left);
  table.add_column("lost");
  table.add_row({"生态补偿", "1\n0–2"});
  table.add_row({"x"});
  return table;
}

TEST(TextTable, AlignsByDisplayWidthAndLeavesNoSpaceAtTheEnd) {
  EXPECT_EQ(two_columns().text(0, 80),
            "批次      lost\n"
            "──────────────\n"
            "生态补偿     1\n"
            "           0–2\n"
            "x\n");
}

TEST(TextTable, OneSpaceBetweenColumnsWhereTwoDoNotFit) {
  EXPECT_TRUE(two_columns().text(0, 13).starts_with("批次     lost\n─────────────\n"));
}

TEST(TextTable, SectionsRepeatTheHeadingsAndShareTheWidths) {
  TextTable table;
  table.add_column("a");
  table.add_section("one\n");
  table.add_row({"1"});
  table.add_section("two\n");
  table.add_row({"22222"});
  EXPECT_EQ(table.text(0, 80), "one\n    a\n─────\n    1\ntwo\n    a\n─────\n22222\n");
}

}  // namespace
}  // namespace tuopin
