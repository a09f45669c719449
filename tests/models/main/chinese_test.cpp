// Problems in Chinese: phrases fit the messages that they stand for, and what was typed stays.
#include "models/main/chinese.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "models/main/chinese_phrases.hpp"

namespace tuopin::test {

namespace {

bool has_chinese(const std::string& text) {
  for (std::size_t i = 0; i + 2 < text.size(); ++i) {
    const auto lead = static_cast<unsigned char>(text[i]);
    if (lead >= 0xE4 && lead <= 0xE9) return true;
  }
  return false;
}

std::vector<Phrase> all_phrases() {
  std::vector<Phrase> all;
  for (const auto& phrases : {phrases_of_commands(), phrases_of_files(), phrases_of_models()})
    all.insert(all.end(), phrases.begin(), phrases.end());
  return all;
}

std::size_t places(std::string_view text) {
  std::size_t count = 0;
  for (const std::string_view place : {"{}", "{=}", "{~}"})
    for (std::size_t at = text.find(place); at != text.npos; at = text.find(place, at + 1)) ++count;
  return count;
}

}  // namespace

TEST(Chinese, EveryPhraseIsChineseWithAllThatWasTyped) {
  for (const Phrase& phrase : all_phrases()) {
    std::size_t shown = places(phrase.zh);
    for (char digit = '1'; digit <= '9'; ++digit)
      shown += std::string_view(phrase.zh).find(std::string("{") + digit + "}") != std::string_view::npos;
    EXPECT_EQ(shown, places(phrase.en)) << phrase.en;
    const bool words =
        std::string_view(phrase.en).find("{}: {=}") == 0 || std::string_view(phrase.en).find("{ value") == 0;
    EXPECT_TRUE(words || has_chinese(phrase.zh)) << phrase.en;
  }
}

TEST(Chinese, EveryPhraseIsFoundByItself) {
  std::set<std::string> seen;
  for (const Phrase& phrase : all_phrases()) {
    EXPECT_TRUE(seen.insert(phrase.en).second) << "twice: " << phrase.en;
    std::string en, zh = phrase.zh;
    std::vector<std::string> parts;
    for (std::string_view rest = phrase.en; !rest.empty();) {
      const bool looked_up = rest.starts_with("{=}"),
                 place = looked_up || rest.starts_with("{}") || rest.starts_with("{~}");
      if (!place) {
        en += rest.front();
        rest.remove_prefix(1);
        continue;
      }
      en += looked_up ? "is empty" : "X" + std::to_string(parts.size());
      parts.push_back(looked_up ? "为空" : "X" + std::to_string(parts.size()));
      rest.remove_prefix(rest.starts_with("{}") ? 2 : 3);
    }
    for (std::size_t part = 0; part < parts.size(); ++part) {
      const std::string numbered = "{" + std::to_string(part + 1) + "}";
      const std::size_t at = std::min(zh.find("{}"), zh.find(numbered));
      ASSERT_NE(at, std::string::npos) << phrase.en;
      zh.replace(at, zh[at + 1] == '}' ? 2 : 3, parts[part]);
    }
    EXPECT_EQ(in_chinese(en), zh);
  }
}

TEST(Chinese, TypedValuesStay) {
  EXPECT_EQ(in_chinese("is the text \"ab\", expected a number in yuan/year"), "为文本\"ab\"，应为数，单位yuan/year");
  EXPECT_EQ(in_chinese("is 1.6, expected 0 to 1"), "为1.6，应为0至1");
  EXPECT_EQ(in_chinese("hill: must be above zero"), "hill：必须大于零");
  EXPECT_EQ(in_chinese("did you mean \"carry_over\"?"), "是否指\"carry_over\"？");
  EXPECT_EQ(in_chinese("3 of 9 tasks are finished and kept in x.parts; continue with\n  tuopin run --resume"),
            "9个任务中已完成3个，保存在x.parts；继续运行请用\n  tuopin run --resume");
  EXPECT_EQ(in_chinese("what nobody ever said"), std::nullopt);
}

TEST(Chinese, AProblemKeepsItsPlaceAndItsPicture) {
  const Problem problem{Origin{"a.toml", 3, 7}, "growth.nominal", "the rule is empty\n    x\n    ^",
                        "write true for everyone"};
  EXPECT_EQ(in_words(problem, "zh"), "a.toml:3:7: growth.nominal: 规则为空\n    x\n    ^（适用于所有人时写true）");
  EXPECT_EQ(in_words(problem, "en"), to_text(problem));
}

}  // namespace tuopin::test
