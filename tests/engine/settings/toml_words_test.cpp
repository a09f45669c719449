// Syntax errors of TOML in other languages: every text of the parser that a file can provoke is known.
#include "engine/settings/toml_words.hpp"

#include <gmock/gmock.h>

#include <string>
#include <string_view>

#include "engine/settings/settings_tree.hpp"

namespace tuopin {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

const std::string many_digits(200, '1');

/// One file for each text that toml++ 3.3 was seen to say in three million random files.
const std::string broken[] = {
    "a = ",
    "a = [",
    "a = [1",
    "a = {",
    "[a",
    "\"a",
    "a = \"b",
    "a = 'b",
    "a = \"\"\"b",
    "a = '''b",
    "a = 2020-01-",
    "a = 10:",
    "a = \x0b",
    "# a\x01",
    "a = 1\r+",
    "a = 1 \r",
    "a = \"\x01\"",
    "a = '\x01'",
    "a = _1",
    "a = 1_",
    "a = 1__0",
    "a = 1._0",
    "a = 0b1_",
    "a = 01",
    "a = 01.5",
    "a = 0b",
    "a = 0b2",
    "a = 0o8",
    "a = 0xg",
    "a = 0x1p3",
    "a = 0x1.8",
    "a = -0x1",
    "a = 1b",
    "a = 1.b",
    "a = 1.2.3",
    "a = 1e",
    "a = 1e+",
    "a = 1e5.",
    "a = +",
    "a = +-1",
    "a = .5",
    "a = 1.5ex",
    "a = 1e999",
    "a = 99999999999999999999",
    "a = 0xfffffffffffffffff",
    "a = " + many_digits,
    "a = " + many_digits.substr(0, 90),
    "a = 1." + many_digits,
    "a = 0b" + many_digits.substr(0, 90),
    "a = tru",
    "a = trub",
    "a = falsy",
    "a = true1",
    "a = infb",
    "a = nab",
    "a = nope",
    "a = 2020-1-1",
    "a = 20-01-01",
    "a = 2020-13-01",
    "a = 2020-02-30",
    "a = 2020-01-01b",
    "a = 2020-01-01T",
    "a = 2020-01-01 1",
    "a = 2020-01-01T10:00:00+99:00",
    "a = 2020-01-01T10:00:00+01-00",
    "a = 2020-01-01T10:00:00+01:99",
    "a = 24:00:00",
    "a = 1:00",
    "a = 10:61:00",
    "a = 10:1:00",
    "a = 10:10:61",
    "a = 10:10:1",
    "a = 10:10:10.b",
    "a = 10:10:10b",
    "a = 10:10:10." + many_digits,
    "a = \"\\q\"",
    "a = \"\\e\"",
    "a = \"\\x41\"",
    "a = \"\\uD800\"",
    "a = \"\\U00110000\"",
    "a = \"\\uqqqq\"",
    "a = \"\"\"\\ b\"\"\"",
    "a = [1 2]",
    "a = [,1]",
    "a = {b = 1 c = 2}",
    "a = {b = 1,}",
    "a = {,}",
    "a = {1.5 2}",
    "a = {]",
    "a b",
    "a",
    "a = ]",
    "a = 1 b",
    "= 1",
    "]",
    "[]",
    "[a]]",
    "[[a]",
    "[[a] ]",
    "[a] b",
    "[ [a]]",
    "a.= 1",
    "\"\"\"a\"\"\" = 1",
    "a.'''b''' = 1",
    "a = 1\na = 2",
    "a = {}\na = 2",
    "a = 1\na.b = 2",
    "a = {b = 1}\n[a.c]",
    "[a]\n[a]",
    "a = 1\n[a]",
    "a = []\n[[a]]",
    "[a]\n[[a]]",
    "[[a]]\n[a]",
};

Message said_of(const std::string& text) {
  std::vector<Problem> problems;
  parse_toml(text, std::make_shared<const TomlSource>(TomlSource{"a.toml", "."}), problems);
  return problems.empty() ? Message() : problems.front().message;
}

/// A language of which only places and quoted signs are seen.
std::string without_words(const std::string& text) {
  std::string seen;
  for (std::size_t at = 0; at < text.size(); ++at)
    if (std::string_view("{}'").find(text[at]) != std::string_view::npos) seen += text[at];
  return seen;
}

TEST(TomlWords, EveryTextOfTheParserIsKnown) {
  for (const std::string& text : broken) {
    const Message message = said_of(text);
    EXPECT_THAT(message.english(), HasSubstr("is not TOML: Error while parsing ")) << text;
    EXPECT_THAT(message.english(), Not(HasSubstr("own words"))) << text;
    std::string said = message.said(without_words);
    for (std::size_t at = said.find('\''); at != said.npos; at = said.find('\'')) {
      const std::size_t end = said.find('\'', at + 1);
      said.erase(at, end == said.npos ? end : end - at + 1);
    }
    EXPECT_THAT(said.find_first_of("abcdefghijklmnopqrstuvwxyz"), std::string::npos)
        << text << ": " << message.english() << ": " << said;
  }
}

TEST(TomlWords, EnglishStaysAsTheParserSaysIt) {
  for (const char* text : {"Error while parsing array: expected comma or closing ']', saw '2'",
                           "Error while parsing date: expected day between 1 and 29 (inclusive), saw 30",
                           "Error while parsing table header: cannot redefine existing integer 'a, saw b' as table",
                           "Error while parsing string: unknown escape sequence '\\q'"})
    EXPECT_EQ(toml_error_in_words(text).english(), text);
}

TEST(TomlWords, WhatIsNotKnownIsQuoted) {
  EXPECT_EQ(toml_error_in_words("the moon is full").english(), "in the parser's own words: \"the moon is full\"");
  EXPECT_EQ(toml_error_in_words("Error while parsing array: no moon").english(),
            "Error while parsing array: in the parser's own words: \"no moon\"");
}

}  // namespace
}  // namespace tuopin
