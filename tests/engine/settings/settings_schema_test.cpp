// JSON Schema and reference page: well formed, and complete over the field table.
#include <gmock/gmock.h>

#include "tests/engine/settings/settings_sample.hpp"

namespace tuopin {
namespace {

using testing::HasSubstr;

/// Reads one JSON value by the grammar of RFC 8259; throws where the text leaves it.
class JsonChecker {
 public:
  explicit JsonChecker(std::string_view text) : text_(text) {
    value();
    space();
    if (at_ != text_.size()) fail();
  }

 private:
  [[noreturn]] void fail() const { throw std::runtime_error("not JSON at byte " + std::to_string(at_)); }
  char peek() {
    space();
    if (at_ >= text_.size()) fail();
    return text_[at_];
  }
  void space() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n')) ++at_;
  }
  void expect(char c) {
    if (peek() != c) fail();
    ++at_;
  }
  void string() {
    expect('"');
    for (; at_ < text_.size() && text_[at_] != '"'; ++at_) {
      if (static_cast<unsigned char>(text_[at_]) < 0x20) fail();
      if (text_[at_] == '\\') ++at_;
    }
    expect('"');
  }
  void list(char open, char close, bool names) {
    expect(open);
    for (bool first = true; peek() != close; first = false) {
      if (!first) expect(',');
      if (names) {
        string();
        expect(':');
      }
      value();
    }
    expect(close);
  }
  void value() {
    const char c = peek();
    if (c == '{') return list('{', '}', true);
    if (c == '[') return list('[', ']', false);
    if (c == '"') return string();
    const std::size_t end = text_.find_first_of(",]} \n", at_);
    const std::string word(text_.substr(at_, end - at_));
    std::size_t used = 0;
    if (word != "true" && word != "false") {
      std::stod(word, &used);
      if (used != word.size()) fail();
    }
    at_ += word.size();
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

TEST(SettingsSchema, IsJson) {
  EXPECT_THROW(JsonChecker("{\"a\": [1,, 2]}"), std::exception);
  EXPECT_NO_THROW(JsonChecker(json_schema(sample_kind())));
}

TEST(SettingsSchema, SaysWhatTheFieldTableSays) {
  const std::string schema = json_schema(sample_kind());
  EXPECT_THAT(schema, HasSubstr("\"$schema\": \"https://json-schema.org/draft/2020-12/schema\""));
  EXPECT_THAT(schema, HasSubstr("\"description\": \"growth [share/year]\""));
  EXPECT_THAT(schema, HasSubstr("\"description\": \"number; default 10\""));
  EXPECT_THAT(schema, HasSubstr("\"minimum\": -0.5"));
  EXPECT_THAT(schema, HasSubstr("\"patternProperties\""));
  EXPECT_THAT(schema, HasSubstr("\"additionalProperties\": false"));
  EXPECT_THAT(schema, HasSubstr("\"oneOf\""));
}

TEST(SettingsSchema, KnowsMergeAndMultiplesOfUnits) {
  const std::string schema = json_schema(sample_kind()), page = reference_page(sample_kind());
  const std::size_t change = schema.find("\"change\": {"), whole = schema.find("\"whole\": {");
  ASSERT_LT(whole, change);
  EXPECT_GT(schema.find("\"merge\""), change) << "only a file that extends another merges";
  EXPECT_NE(schema.find("\"merge\""), std::string::npos);
  EXPECT_THAT(schema, HasSubstr("share/year, or an exact multiple of it"));
  EXPECT_THAT(page, HasSubstr("| `merge = true` |"));
  EXPECT_THAT(page, HasSubstr("万元"));
}

TEST(SettingsSchema, ReferencePageNamesEveryKey) {
  const FileKind kind = sample_kind();
  const std::string page = reference_page(kind);
  EXPECT_THAT(page, HasSubstr("## [effect.NAME]"));
  EXPECT_THAT(page, HasSubstr("### `verb = \"slot\"`"));
  EXPECT_THAT(page, HasSubstr("| `wage` | quantity | yuan/year | 0 to 1000000 | required | wage |"));
  for (const Section& section : kind.sections)
    for (const Field& field : section.fields) EXPECT_THAT(page, HasSubstr("| `" + field.key + "` |"));
}

/// A language in which every text of the catalogue is 中, and its values stand behind it.
std::string in_one_word(const std::string& text) {
  std::string said = "中";
  for (std::size_t at = text.find("{}"); at != text.npos; at = text.find("{}", at + 1)) said += "{}";
  return said;
}

TEST(SettingsSchema, EverythingButKeysAndValuesIsTranslated) {
  std::string page = reference_page(sample_kind(), in_one_word);
  EXPECT_THAT(page, HasSubstr("| `nominal` | 中 | 比例/年 | 中-0.51 | 中 | 中 |"));
  EXPECT_THAT(page, HasSubstr("| `unit` | 中persons中households中posts |  |  | 中\"posts\" | 中 |"));
  EXPECT_THAT(json_schema(sample_kind(), in_one_word), HasSubstr("\"description\": \"中中比例/年\""));
  EXPECT_NO_THROW(JsonChecker(json_schema(sample_kind(), in_one_word)));
}

}  // namespace
}  // namespace tuopin
