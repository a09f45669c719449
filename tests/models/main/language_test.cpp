// The program's language: what the catalogue says of a problem, and that English needs none.
#include "models/main/language.hpp"

#include <gtest/gtest.h>

#include <cerrno>
#include <clocale>
#include <cstdlib>
#include <filesystem>

#include "tests/models/main/messages.hpp"

namespace tuopin::test {

namespace {

/// The programs of tests stand elsewhere than the program: all tests of this executable look here.
const bool found = [] {
  ::setenv("TUOPIN_MESSAGES", TUOPIN_MESSAGES, 1);
  return std::filesystem::exists(TUOPIN_MESSAGES "/zh_CN/LC_MESSAGES/tuopin.mo");
}();

const Problem problem{
    Origin{"a.toml", 3, 7}, "growth.nominal",
    message("is {}, expected {}", message("the text {}", "\"ab\""), message("a number in {}", "yuan")),
    message("did you mean {}?", "\"carry_over\"")};

}  // namespace

bool has_messages() { return found; }

TEST(Language, EnglishIsWhatIsWritten) {
  EXPECT_FALSE(translation_into("en"));
  EXPECT_EQ(in_words(problem, "en"),
            "a.toml:3:7: growth.nominal: is the text \"ab\", expected a number in yuan (did you mean \"carry_over\"?)");
}

TEST(Language, MessagesInsideOthersAreTranslatedAndWhatWasTypedIsNot) {
  if (!has_messages()) GTEST_SKIP() << "built without Babel";
  EXPECT_EQ(in_words(problem, "zh"),
            "a.toml:3:7: growth.nominal: 为文本\"ab\"，应为数，单位yuan（是否指\"carry_over\"？）");
  EXPECT_EQ(in_words(message("{} of {} tasks are finished and kept in {}; continue with\n  {}", 3, 9, "x.parts",
                             "tuopin run --resume"),
                     "zh"),
            "9个任务中已完成3个，保存在x.parts；继续运行请用\n  tuopin run --resume");
}

TEST(Language, TheProcessKeepsItsLocale) {
  if (!has_messages()) GTEST_SKIP() << "built without Babel";
  in_words(problem, "zh");
  EXPECT_STREQ(std::setlocale(LC_ALL, nullptr), "C");
}

TEST(Language, WhatTheSystemSaysIsTranslatedWhereItIsCommon) {
  if (!has_messages()) GTEST_SKIP() << "built without Babel";
  EXPECT_EQ(in_words(system_reason(ENOSPC), "zh"), "磁盘空间不足");
  EXPECT_EQ(system_reason(ENOSPC).english(), "No space left on device");
}

}  // namespace tuopin::test
