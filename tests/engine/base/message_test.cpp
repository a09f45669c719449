// Messages: the English text needs no catalogue; in another language, messages inside others are translated, too.
#include "engine/base/message.hpp"

#include <gtest/gtest.h>

#include <map>

namespace tuopin {
namespace {

/// A catalogue of four texts.
std::string small_catalogue(const std::string& text) {
  static const std::map<std::string, std::string> texts = {{"is {}, expected {}", "应为{1}，而不是{0}"},
                                                           {"a table", "一个表"},
                                                           {"write {{ {} }}", "请写{{ {} }}"},
                                                           {"is empty", "为空"}};
  const auto found = texts.find(text);
  return found == texts.end() ? text : found->second;
}

TEST(Message, EnglishIsTheTextWithItsValues) {
  EXPECT_EQ(message("is {}, expected {}", 3, message("a table")).english(), "is 3, expected a table");
  EXPECT_EQ(message("{} of {}: {} {}", std::string("a"), "b", 'c', 0.1).english(), "a of b: c 0.1");
  EXPECT_EQ(message("{} {}", -2, std::size_t{18'446'744'073'709'551'615u}).english(), "-2 18446744073709551615");
  EXPECT_TRUE(Message("").empty());
  EXPECT_EQ(Message().english(), "");
}

TEST(Message, ATranslationMayReorderItsPlaces) {
  EXPECT_EQ(message("is {}, expected {}", 3, message("a table")).said(small_catalogue), "应为一个表，而不是3");
}

TEST(Message, WhatHasNoTranslationStaysEnglish) {
  EXPECT_EQ(message("nobody knows {}", message("is empty")).said(small_catalogue), "nobody knows 为空");
}

TEST(Message, OtherTextIsNeverTranslated) {
  EXPECT_EQ(message("is {}, expected {}", "is empty", "a table").said(small_catalogue), "应为a table，而不是is empty");
  EXPECT_EQ(Message::verbatim("is empty").said(small_catalogue), "is empty");
}

TEST(Message, BracesAreDoubledOnlyWhereThereArePlaces) {
  EXPECT_EQ(message("write {{ {} }}", "x").english(), "write { x }");
  EXPECT_EQ(message("write {{ {} }}", "x").said(small_catalogue), "请写{ x }");
  EXPECT_EQ(message("a text or { en = \"…\" }").english(), "a text or { en = \"…\" }");
  EXPECT_EQ(message("is {}, expected {}", "{0}", "{{").english(), "is {0}, expected {{");
}

TEST(Message, ADeclaredMeaningHasBothLanguages) {
  const Message meaning = Message::in_both("households", "户数");
  EXPECT_EQ(message("is {}, expected {}", 1, meaning).english(), "is 1, expected households");
  EXPECT_EQ(message("is {}, expected {}", 1, meaning).said(small_catalogue), "应为户数，而不是1");
}

TEST(Message, PartsStandTogether) {
  const Message both = Message::together({message("is empty"), Message::verbatim("\n    x\n    ^")});
  EXPECT_EQ(both.english(), "is empty\n    x\n    ^");
  EXPECT_EQ(both.said(small_catalogue), "为空\n    x\n    ^");
}

TEST(Message, IsKnownByItsTextWhateverItsValues) {
  EXPECT_TRUE(is_one_of(message("is {}, expected {}", 1, 2), {msgid("is empty"), msgid("is {}, expected {}")}));
  EXPECT_FALSE(is_one_of(message("is {}, expected {}", 1, 2), {msgid("is empty")}));
  EXPECT_FALSE(is_one_of(Message::verbatim("is empty"), {msgid("is empty")}));
}

}  // namespace
}  // namespace tuopin
