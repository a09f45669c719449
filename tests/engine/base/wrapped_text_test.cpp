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

}  // namespace
}  // namespace tuopin
