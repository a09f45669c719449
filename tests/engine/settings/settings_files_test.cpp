// Files on disk: extends, what cannot be read, and texts made to break a parser.
#include <gmock/gmock.h>

#include <random>

#include "tests/engine/settings/settings_sample.hpp"

namespace tuopin {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

struct Loaded {
  Settings settings;
  std::vector<Problem> problems;

  std::string text() const {
    std::string lines;
    for (const Problem& problem : problems) lines += (lines.empty() ? "" : "\n") + to_text(problem);
    return lines;
  }
};

Loaded load(const std::filesystem::path& path) {
  Loaded loaded;
  loaded.settings = load_settings(path, sample_kind(), "", loaded.problems);
  return loaded;
}

std::string repeated(const std::string& text, int times) {
  std::string result;
  for (int i = 0; i < times; ++i) result += text;
  return result;
}

TEST(SettingsExtends, ChildChangesWhatItNames) {
  const Folder folder;
  folder.write("base/margins.csv", "a\n");
  folder.write("base/base.toml", R"(
title = "Base"
margins = "margins.csv"
programmes = ["a", "b"]
[growth]
persistence = 0.3
[capacity]
by_year = { 2016 = 1, 2017 = 2 }
)");
  const auto path = folder.write("reform.toml", R"(
extends = "base/base.toml"
title = "Reform"
programmes = ["c"]
capacity.by_year.2017 = 20
)");
  const Loaded loaded = load(path);
  EXPECT_EQ(loaded.text(), "");
  EXPECT_EQ(loaded.settings.translated("title").en, "Reform");
  EXPECT_EQ(loaded.settings.file("margins"), folder.path / "base/margins.csv") << "relative to the file that names it";
  EXPECT_THAT(loaded.settings.names("programmes"), testing::ElementsAre("c"));
  EXPECT_EQ(loaded.settings.number("growth.persistence"), 0.3);
  EXPECT_EQ(loaded.settings.series("capacity.by_year").at(2016), 0) << "a series given again replaces the whole";
  EXPECT_EQ(loaded.settings.series("capacity.by_year").at(2017), 20);
  EXPECT_EQ(loaded.settings.stem(), "reform");
  EXPECT_FALSE(loaded.settings.has("extends"));
}

TEST(SettingsExtends, SourceOfTheBaseDoesNotVouchForAChangedValue) {
  const Folder folder;
  folder.write("base.toml",
               "title = \"t\"\n[growth]\n"
               "nominal = { value = 0.1, unit = \"share/year\", range = [0.05, 0.15], source = \"Yearbook\" }");
  const Loaded near =
      load(folder.write("near.toml", "extends = \"base.toml\"\ngrowth.nominal = { value = 0.12, merge = true }"));
  EXPECT_EQ(near.text(), "");
  EXPECT_EQ(near.settings.quantity("growth.nominal").status, Status::assumption);
  EXPECT_THAT(near.settings.quantity("growth.nominal").source, HasSubstr("the value replaced: Yearbook"));
  const Loaded far =
      load(folder.write("far.toml", "extends = \"base.toml\"\ngrowth.nominal = { value = 0.3, merge = true }"));
  EXPECT_EQ(far.text(), (folder.path / "base.toml").string() +
                            ":3:55: growth.nominal.range: is [0.05, 0.15], expected it to hold the value 0.3 (" +
                            (folder.path / "far.toml").string() + " changes the value and not its range)");
}

TEST(SettingsExtends, CircleNamesItsChain) {
  const Folder folder;
  folder.write("a.toml", "extends = \"b.toml\"");
  folder.write("b.toml", "extends = \"c.toml\"");
  folder.write("c.toml", "extends = \"a.toml\"");
  EXPECT_EQ(
      load(folder.path / "a.toml").text(),
      (folder.path / "c.toml").string() + ":1:11: extends: goes round in a circle: a.toml → b.toml → c.toml → a.toml");
  const auto self = folder.write("self.toml", "extends = \"self.toml\"");
  EXPECT_EQ(load(self).text(), self.string() + ":1:11: extends: goes round in a circle: self.toml → self.toml");
}

TEST(SettingsExtends, MissingBaseAndWrongType) {
  const Folder folder;
  folder.write("baseline.toml", "");
  const auto path = folder.write("a.toml", "title = \"t\"\nextends = \"basline.toml\"");
  EXPECT_EQ(load(path).text(),
            path.string() + ":2:11: extends: no such file: \"basline.toml\" (did you mean \"baseline.toml\"?)");
  EXPECT_EQ(
      load(folder.write("b.toml", "extends = 3")).text(),
      (folder.path / "b.toml").string() + ":1:11: extends: is the integer 3, expected the path of a file as text");
}

TEST(SettingsFiles, CannotBeRead) {
  const Folder folder;
  folder.write("plan.toml", "");
  EXPECT_EQ(load(folder.path / "plam.toml").text(),
            (folder.path / "plam.toml").string() + ": no such file (did you mean \"plan.toml\"?)");
  EXPECT_EQ(load(folder.path).text(), folder.path.string() + ": is a folder, expected a file");
  EXPECT_EQ(load("/dev/zero").text(), "/dev/zero: is not a regular file");
  const auto large = folder.write("large.toml", std::string(1048577, '#'));
  EXPECT_EQ(load(large).text(), large.string() + ": is larger than 1 MiB");
}

TEST(SettingsHostile, NotText) {
  EXPECT_EQ(problems_of(std::string("title = \"t\"\n\0x = 1", 18)),
            "a.toml:2: is not UTF-8 text: byte 0x00 (save it as UTF-8 (in a spreadsheet: \"CSV UTF-8\"))");
  EXPECT_EQ(problems_of("title = \"\xC0\xAF\""),
            "a.toml:1: is not UTF-8 text: byte 0xC0, perhaps GBK (save it as UTF-8 (in a spreadsheet: \"CSV UTF-8\"))");
  EXPECT_EQ(problems_of("title = \"\xED\xA0\x80\""),
            "a.toml:1: is not UTF-8 text: byte 0xED, perhaps GBK (save it as UTF-8 (in a spreadsheet: \"CSV UTF-8\"))");
}

TEST(SettingsHostile, TooDeepForTheParser) {
  const std::string too_deep = "a.toml:1: tables, arrays or dotted keys are nested deeper than 32";
  const std::string dots = repeated(".a", 200000);
  EXPECT_EQ(problems_of("a" + dots + " = 1"), too_deep);
  EXPECT_EQ(problems_of("[a" + dots + "]"), too_deep);
  EXPECT_EQ(problems_of("a" + repeated(".\"a\"", 100000) + " = 1"), too_deep);
  EXPECT_EQ(problems_of("a = " + repeated("[", 100000)), too_deep);
  EXPECT_EQ(problems_of("a = " + repeated("{a=", 100000)), too_deep);
  // Behind strings that end in more quotes than they began with, or that hold an escaped quote.
  EXPECT_EQ(problems_of("a = {b = \"\"\"x\"\"\"\", c" + dots + "=1}"), too_deep);
  EXPECT_EQ(problems_of("a = {b = '''x''''', c" + dots + "=1}"), too_deep);
  EXPECT_EQ(problems_of("a = {b = \"\\\"\", c" + dots + "=1}"), too_deep);
}

TEST(SettingsHostile, DotsAndBracketsInsideStringsAndCommentsAreNoDepth) {
  const std::string noise = repeated(".[{", 100);
  EXPECT_EQ(problems_of("title = \"" + noise + "\" # " + noise + "\neligible = '''\n" + noise + "\n'''"), "");
}

TEST(SettingsHostile, ManyMistakesAreCut) {
  std::string text = "title = \"t\"\n";
  for (int i = 0; i < 50000; ++i) text += "key" + std::to_string(i) + " = 1\n";
  std::vector<Problem> problems;
  load_settings_text(text, ".", "a.toml", sample_kind(), "", problems);
  EXPECT_LE(problems.size(), 300u);
}

// Damaged files must give a problem or a value, never a crash. 2,000 damages of one text, generator seeded.
TEST(SettingsHostile, RandomDamage) {
  const std::string whole =
      "title = \"t\"\nwindow = [2016, 2020]\n[capacity]\nby_year = { 2016 = 3000 }\nrelative_range = [0.9, 1.1]\n"
      "[effect.post]\nverb = \"slot\"\nwage = { value = 1, unit = \"yuan/year\", source = \"x\", range = [0.5, 2] }\n";
  const std::string bits = "[]{}=.,\"'\n\\#0\xE9t";
  std::mt19937 generator(20160113);
  for (int i = 0; i < 2000; ++i) {
    std::string text = whole;
    for (int damage = 0; damage < 3; ++damage) {
      const std::size_t at = generator() % text.size();
      if (generator() % 2)
        text[at] = bits[generator() % bits.size()];
      else
        text.insert(at, 1, bits[generator() % bits.size()]);
    }
    std::vector<Problem> problems;
    load_settings_text(text, ".", "a.toml", sample_kind(), "", problems).effective_text();
  }
}

}  // namespace
}  // namespace tuopin
