// Text for a terminal: display width and wrapping.
#include "engine/base/wrapped_text.hpp"

#include <gtest/gtest.h>

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

TEST(HangingLines, GoOnBelowTheirLastColumn) {
  EXPECT_EQ(hanging_lines("  run     simulates a plan in\n", 24), "  run     simulates a\n          plan in\n");
  EXPECT_EQ(hanging_lines("  读取：  家庭、成员、收入", 20), "  读取：  家庭、成\n          员、收入");
  EXPECT_EQ(hanging_lines("  one two three", 9), "  one two\n  three");
  EXPECT_EQ(hanging_lines("one two three", 9, 4), "one\n    two\n    three");
  EXPECT_EQ(hanging_lines("  one: two\nthree", 9, 4), "  one:\n    two\nthree");
  EXPECT_EQ(hanging_lines("  a   bbb ccc ddd", 12, 4), "  a   bbb\n      ccc\n      ddd") << "columns go before";
  EXPECT_EQ(hanging_lines("", 9), "");
  EXPECT_EQ(hanging_lines("\n\na\n", 9), "\n\na\n");
}

}  // namespace
}  // namespace tuopin
