// What is said of slips in files that are not TOML: the sign that is wrong or missing.
#include "engine/settings/toml_hints.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "engine/settings/settings_tree.hpp"

namespace tuopin {
namespace {

Problem problem_of(const std::string& text) {
  std::vector<Problem> problems;
  parse_toml(text, std::make_shared<const TomlSource>(TomlSource{"a.toml", "."}), problems);
  return problems.empty() ? Problem{} : problems.front();
}

std::string hint_of(const std::string& text) { return problem_of(text).hint.english(); }

TEST(TomlHints, NameTheSignThatIsWrong) {
  EXPECT_EQ(hint_of("a = “b”"), "“ is no quotation mark of TOML: write \"");
  EXPECT_EQ(hint_of("a = ‘b’"), "‘ is no quotation mark of TOML: write '");
  EXPECT_EQ(hint_of("a ＝ 1"), "＝ is a full-width sign: write the half-width =");
  EXPECT_EQ(hint_of("a ： 1"), "： is a full-width sign: write the half-width =");
  EXPECT_EQ(hint_of("a = [1，2]"), "， is a full-width sign: write the half-width ,");
  EXPECT_EQ(hint_of("a = [\"b\"、\"c\"]"), "、 is a full-width sign: write the half-width ,");
  EXPECT_EQ(hint_of("a = １2"), "１ is a full-width sign: write the half-width 1");
  EXPECT_EQ(hint_of("　a = 1"), "there is a full-width blank: write a plain one");
  EXPECT_EQ(hint_of("a = \"b\"；"), "； has no meaning in TOML: the end of a line ends a value, a comma separates");
  EXPECT_EQ(hint_of("a : 1"), "TOML writes key = value: write = for :");
  EXPECT_EQ(hint_of("a 1"), "TOML writes key = value: = is missing");
  EXPECT_EQ(hint_of("标题 = 1"),
            "a key is made of the letters A to Z and a to z, digits, - and _; any other stands in quotation marks");
}

TEST(TomlHints, SignsInTextsAndCommentsAreNotMeant) {
  EXPECT_EQ(hint_of("a = \"“b”，c\"\nd = { e = 1 f = 2 }"), "a comma is missing before f");
  EXPECT_EQ(hint_of("a = { b = \"，\" c = 2 } # “"), "a comma is missing before c");
  EXPECT_EQ(hint_of("a = \"\"\"[\n“\"\"\"\nb = [1 2]"), "a comma is missing before 2");
  EXPECT_EQ(hint_of("a = 'it\\'\nb = [1 2]"), "a comma is missing before 2") << "no escapes in plain quotes";
}

TEST(TomlHints, NameWhatIsMissing) {
  const std::string quote = "a quotation mark is missing in line ",
                    both = ": a text has one before it and one behind it";
  EXPECT_EQ(hint_of("a = \"b"), quote + "1" + both);
  EXPECT_EQ(hint_of("z = 1\na = b\""), quote + "2" + both);
  EXPECT_EQ(hint_of("a = { en = \"b, zh = \"c\" }"), quote + "1" + both);
  EXPECT_EQ(hint_of("a = b"), "a text stands in quotation marks: \"b\"");
  EXPECT_EQ(hint_of("a = 小村"), "a text stands in quotation marks: \"小村\"");
  EXPECT_EQ(hint_of("a = [\"b\" \"c\"]"), "a comma is missing before \"c\"");
  EXPECT_EQ(hint_of("a = [\"b\"\n  \"c\"]"), "a comma is missing before \"c\"");
  EXPECT_EQ(hint_of("a = { 2016 = 6 2017 = 5 }"), "a comma is missing before 2017");
  EXPECT_EQ(hint_of("z = 1\na = [\"b\"\nc = 1"), "] is missing: what [ opens in line 2 is not closed");
  EXPECT_EQ(hint_of("a = [\n1\n[b]\nc = 1"), "] is missing: what [ opens in line 1 is not closed");
  EXPECT_EQ(hint_of("a = { b = 1, c = 2\n"), "} is missing at the end of the line");
  EXPECT_EQ(hint_of("[a\nb = 1"), "] is missing at the end of the line");
  EXPECT_EQ(hint_of("z = [\n1"), "] is missing: what [ opens in line 1 is not closed");
}

TEST(TomlHints, AreEmptyWhereNothingIsSure) {
  for (const char* text : {"a = 2020-13-01", "a = 1\na = 2", "[a]\n[a]", "a = 0b2"}) EXPECT_EQ(hint_of(text), "");
}

TEST(TomlHints, ATableIsCalledWhatItIs) {
  for (const char* text : {"name,year,value\nx,2016,1\n", "# of a yearbook\nname,year\n"}) {
    const Problem problem = problem_of(text);
    EXPECT_EQ(problem.message.english(), "is a table of values separated by commas (CSV), expected TOML") << text;
    EXPECT_EQ(problem.hint.english(), "TOML has lines such as key = \"value\"") << text;
  }
  EXPECT_TRUE(is_csv("margins.CSV", "name;year"));
  for (const char* text : {"", "a", "a = [1, 2", "[a, b", "title: a, b", "title： a, b"})
    EXPECT_FALSE(is_csv("a.toml", text)) << text;
}

/// Every prefix of a file with all kinds of values, and every file with one sign taken out: whatever is said, nothing
/// is read beyond the text.
TEST(TomlHints, AnyTextIsRead) {
  const std::string text = "a = [\"b\", { c = '“', d = 1 }]\n[e]\nf = \"\"\"g\n\\\"\"\"\" # h\n小 = ，\xEF\xBC";
  for (std::size_t at = 0; at <= text.size(); ++at) {
    std::string without = text;
    if (at < text.size()) without.erase(at, 1);
    for (const std::string& some : {text.substr(0, at), without})
      for (int line = 0; line < 8; ++line)
        for (int column = 0; column < 40; column += 3)
          for (const char* said :
               {"expected comma or closing ']'", "expected comma or closing '}', saw end-of-file", ""})
            (void)toml_hint(some, line, column, said);
  }
}

}  // namespace
}  // namespace tuopin
