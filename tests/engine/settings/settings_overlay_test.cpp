// A file that extends another one: what is replaced, what is merged, what becomes zero.
#include <gmock/gmock.h>

#include <random>

#include "tests/engine/settings/settings_sample.hpp"

namespace tuopin {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class SettingsOverlay : public testing::Test {
 protected:
  /// The child over the base; problems and warnings without the folder.
  void lay(const std::string& base, const std::string& child, FileKind kind = sample_kind()) {
    folder.write("base.toml", base);
    std::vector<Problem> found;
    settings = load_settings(folder.write("child.toml", "extends = \"base.toml\"\n" + child), kind, "", found);
    problems = in_words(found);
    warnings = in_words(settings.warnings());
  }
  std::vector<std::string> in_words(std::vector<Problem> found) const {
    std::vector<std::string> lines;
    for (Problem& problem : found) {
      problem.origin.file = std::filesystem::path(problem.origin.file).filename().string();
      lines.push_back(to_text(problem));
    }
    return lines;
  }

  Folder folder;
  Settings settings;
  std::vector<std::string> problems, warnings;
};

const std::string places =
    "title = { en = \"Base\", zh = \"基准\" }\n[capacity]\nunit = \"persons\"\nby_year = { 2016 = 5, 2017 = 6, 2018 = "
    "0 "
    "}\nrelative_range = [0.9, 1.1]\nsource = \"Yearbook\"\ngrade = \"B\"\n";

TEST_F(SettingsOverlay, SeriesBesideItsQualifiers) {
  lay(places, "[capacity]\nby_year = { 2017 = 7 }\n");
  EXPECT_THAT(problems, IsEmpty());
  EXPECT_EQ(settings.series("capacity.by_year").values, (std::map<int, double>{{2017, 7}}));
  const Quantity& factor = settings.series("capacity.by_year").factor;
  EXPECT_EQ(factor.source, "") << "the source of the base is of its own numbers";
  EXPECT_EQ(factor.grade, "");
  EXPECT_EQ(factor.low, factor.high) << "and so is its range";
  EXPECT_EQ(settings.text("capacity.unit"), "persons") << "a key of its own stays";
  EXPECT_THAT(warnings, ElementsAre("child.toml:3:11: capacity.by_year: replaces the whole series of base.toml: 2016 "
                                    "becomes zero (merge = true beside the years keeps those that are not said "
                                    "again)"));
}

TEST_F(SettingsOverlay, AListThatDropsInheritedNamesIsWarnedAbout) {
  lay("title = \"Base\"\nprogrammes = [\"a\", \"b\", \"c\"]\n", "programmes = [\"d\", \"b\"]\n");
  EXPECT_THAT(problems, IsEmpty());
  EXPECT_EQ(settings.names("programmes"), (std::vector<std::string>{"d", "b"}));
  EXPECT_THAT(warnings,
              ElementsAre("child.toml:2:14: programmes: replaces the list of base.toml and drops a, c (a list is not "
                          "joined to the inherited one: name again what is to stay)"));
  for (const char* programmes : {"programmes = []\n", "programmes = [\"c\", \"a\", \"d\", \"b\"]\n"}) {
    lay("title = \"Base\"\nprogrammes = [\"a\", \"b\", \"c\"]\n", programmes);
    EXPECT_THAT(warnings, IsEmpty()) << programmes;
  }
}

TEST_F(SettingsOverlay, MergeBesideOrInside) {
  for (const char* child :
       {"[capacity]\nby_year = { 2017 = 7 }\nmerge = true\n", "[capacity]\nby_year = { 2017 = 7, merge = true }\n",
        "capacity.by_year = { 2017 = 7, merge = true }\n"}) {
    lay(places, child);
    EXPECT_THAT(problems, IsEmpty());
    EXPECT_THAT(warnings, IsEmpty());
    EXPECT_EQ(settings.series("capacity.by_year").values, (std::map<int, double>{{2016, 5}, {2017, 7}, {2018, 0}}));
    EXPECT_EQ(settings.series("capacity.by_year").factor.source, "Yearbook");
    EXPECT_THAT(settings.effective_text(), Not(HasSubstr("merge")));
  }
}

TEST_F(SettingsOverlay, NamedSeries) {
  const std::string base =
      "title = \"t\"\ngrowth.spending = { by_year = { 2016 = 5, 2017 = 6 }, source = \"Yearbook\" }\n";
  lay(base, "growth.spending = { by_year = { 2018 = 1 } }\n");
  EXPECT_EQ(settings.series("growth.spending").values, (std::map<int, double>{{2018, 1}}));
  EXPECT_EQ(settings.series("growth.spending").factor.source, "");
  EXPECT_THAT(warnings, ElementsAre(HasSubstr("growth.spending: replaces the whole series of base.toml: 2016, 2017 "
                                              "become zero")));
  lay(base, "growth.spending = { by_year = { 2018 = 1 }, merge = true }\n");
  EXPECT_EQ(settings.series("growth.spending").values, (std::map<int, double>{{2016, 5}, {2017, 6}, {2018, 1}}));
  EXPECT_THAT(warnings, IsEmpty());
}

TEST_F(SettingsOverlay, LevelsAreReplacedWithoutANote) {
  lay("title = \"t\"\n[line]\nfrom_year = { 2015 = 1, 2017 = 2 }\nsource = \"Yearbook\"\n",
      "[line]\nfrom_year = { 2015 = 3 }\n");
  EXPECT_EQ(settings.series("line.from_year").at(2018), 3);
  EXPECT_THAT(warnings, IsEmpty()) << "a level holds on: no year becomes zero";
}

TEST_F(SettingsOverlay, QuantitySharesAndText) {
  const std::string base = places +
                           "[growth]\nnominal = { value = 0.1, unit = \"share/year\", range = [0.05, 0.15], source = "
                           "\"Yearbook\" }\npersistence = 0.4\n[cost]\nfunding = { a = 0.5, b = 0.5 }\n";
  lay(base,
      "title = \"Child\"\n[growth]\nnominal = { value = 0.2, unit = \"share/year\", source = \"mine\" "
      "}\n[cost]\nfunding "
      "= { a = 1.0 }\n");
  EXPECT_THAT(problems, IsEmpty());
  EXPECT_EQ(settings.quantity("growth.nominal").high, 0.2) << "the range went with the value";
  EXPECT_EQ(settings.number("growth.persistence"), 0.4) << "sections merge key by key";
  EXPECT_EQ(settings.shares("cost.funding"), (std::map<std::string, double>{{"a", 1.0}}));
  lay(base,
      "title = { zh = \"子\", merge = true }\n[growth]\nnominal = { value = 0.12, merge = true }\n"
      "[cost]\nfunding = { a = 0.25, c = 0.25, merge = true }\n");
  EXPECT_THAT(problems, IsEmpty());
  EXPECT_EQ(settings.translated("title").en, "Base");
  EXPECT_EQ(settings.translated("title").zh, "子");
  EXPECT_EQ(settings.quantity("growth.nominal").high, 0.15);
  EXPECT_EQ(settings.shares("cost.funding"), (std::map<std::string, double>{{"a", 0.25}, {"b", 0.5}, {"c", 0.25}}));
  lay(base, "title = { zh = \"子\" }\n[growth]\nnominal.value = 0.12\n");
  EXPECT_THAT(problems, ElementsAre(HasSubstr("title: has no text en"),
                                    HasSubstr("growth.nominal: has no unit (it replaces the whole of base.toml; "),
                                    HasSubstr("growth.nominal: has no source (it replaces the whole of base.toml; ")));
}

TEST_F(SettingsOverlay, NamedSectionsMergeKeyByKey) {
  const std::string base = places +
                           "[effect.post]\nverb = \"slot\"\nwage = { value = 1, unit = \"yuan/year\", source = "
                           "\"x\" }\n";
  lay(base,
      "[effect.post]\nwage = { value = 2, unit = \"元/年\", source = \"y\" }\n[effect.more]\nverb = \"move\"\n"
      "return_rate = 0.1\n");
  EXPECT_THAT(problems, IsEmpty());
  EXPECT_THAT(settings.tables("effect"), ElementsAre("post", "more"));
  EXPECT_EQ(settings.number("effect.post.wage"), 2);
}

TEST_F(SettingsOverlay, MergeWithNothingIsRefused) {
  lay(places, "growth.spending = { by_year = { 2016 = 1 }, merge = true }\n");
  EXPECT_THAT(problems, ElementsAre("child.toml:2:45: growth.spending.merge: has nothing to merge with (merge = true "
                                    "stands in a value that the file extended gives as a table as well)"));
  lay(places, "[capacity]\nmerge = true\n");
  EXPECT_THAT(problems, ElementsAre(HasSubstr("capacity.merge: has nothing to merge with")));
  lay("title = \"t\"\n", "[capacity]\nby_year = { 2016 = 1 }\nmerge = true\n");
  EXPECT_THAT(problems, ElementsAre(HasSubstr("capacity.merge: has nothing to merge with")));
  EXPECT_THAT(problems_of("title = \"t\"\ncost.funding = { a = 1.0, merge = true }"),
              HasSubstr("cost.funding.merge: has nothing to merge with"));
  EXPECT_THAT(problems_of("title = \"t\"\n[capacity]\nby_year = { 2016 = 1, merge = true }"),
              HasSubstr("capacity.by_year.merge: has nothing to merge with"));
  EXPECT_EQ(problems_of("title = \"t\"\ncost.funding = { a = 0.5, merge = 0.5 }"), "") << "a fund may be called merge";
}

TEST_F(SettingsOverlay, NumbersThatAreJoinedAreInOneUnit) {
  const std::string base = "title = \"t\"\ngrowth.spending = { by_year = { 2016 = 5 } }\n";
  lay(base, "growth.spending = { by_year = { 2017 = 1 }, unit = \"万元\", merge = true }\n");
  EXPECT_THAT(problems, ElementsAre("child.toml:2:52: growth.spending: merge = true joins numbers in \"万元\" with "
                                    "numbers in \"yuan/year\" of base.toml (give both in one unit)"));
  lay(base, "growth.spending = { by_year = { 2017 = 1 }, unit = \"yuan a year\", merge = true }\n");
  EXPECT_THAT(problems, IsEmpty());
  lay(places, "[capacity]\nunit = \"万人\"\n");
  EXPECT_THAT(problems, ElementsAre(HasSubstr("capacity.unit: is \"万人\", where the years of base.toml are in "
                                              "\"persons\"")));
  lay(places, "[capacity]\nunit = \"万人\"\nby_year = { 2016 = 1, 2017 = 1 }\n");
  EXPECT_THAT(problems, IsEmpty());
  EXPECT_EQ(settings.series("capacity.by_year").at(2016), 10'000);
}

/// The sample with a flag that stands in place of by_year.
FileKind kind_with_all() {
  FileKind kind = sample_kind();
  for (Section& section : kind.sections) {
    if (section.path != "capacity") continue;
    Field all{"all", FieldKind::flag, msgid("everyone"), "", -1e300, 1e300, false, "", {}};
    all.instead_of = "by_year";
    section.fields.push_back(all);
  }
  return kind;
}

TEST_F(SettingsOverlay, AFlagTakesThePlaceOfTheYearsAndTheReverse) {
  lay(places, "[capacity]\nall = true\n", kind_with_all());
  EXPECT_THAT(problems, IsEmpty());
  EXPECT_FALSE(settings.has("capacity.by_year"));
  EXPECT_THAT(settings.effective_text(), Not(HasSubstr("Yearbook")));
  lay("title = \"t\"\n[capacity]\nall = true\n", "[capacity]\nby_year = { 2016 = 1 }\n", kind_with_all());
  EXPECT_THAT(problems, IsEmpty());
  EXPECT_FALSE(settings.has("capacity.all"));
  EXPECT_EQ(settings.series("capacity.by_year").at(2016), 1);
  lay(places, "[capacity]\nall = true\nby_year = { 2016 = 1, 2017 = 1 }\n", kind_with_all());
  EXPECT_THAT(problems,
              ElementsAre("child.toml:3:1: capacity.all: is true beside by_year (give either by_year or all = "
                          "true)"));
  lay("title = \"t\"\n[capacity]\nall = false\n", "", kind_with_all());
  EXPECT_THAT(problems, ElementsAre(HasSubstr("capacity.by_year: is missing")));
}

TEST_F(SettingsOverlay, ThreeFilesInARow) {
  folder.write("root.toml", places);
  lay("extends = \"root.toml\"\n[capacity]\nby_year = { 2016 = 1 }\n",
      "[capacity]\nby_year = { 2019 = 2 }\nmerge = true\n");
  EXPECT_EQ(settings.series("capacity.by_year").values, (std::map<int, double>{{2016, 1}, {2019, 2}}));
  EXPECT_THAT(warnings,
              ElementsAre(HasSubstr("base.toml:3:11: capacity.by_year: replaces the whole series of root.toml: "
                                    "2017 becomes zero")));
  ASSERT_EQ(settings.bases().size(), 2u);
  EXPECT_EQ(settings.bases()[1].filename(), "root.toml");
  EXPECT_EQ(settings.folders("capacity.by_year").size(), 3u);
}

TEST_F(SettingsOverlay, RelativePathsOfALinkStartAtTheFile) {
  folder.write("real/margins.csv", "a\n");
  folder.write("real/base.toml", "title = \"t\"\n");
  folder.write("real/child.toml", "extends = \"base.toml\"\nmargins = \"margins.csv\"\n");
  std::filesystem::create_directory(folder.path / "links");
  const auto link = folder.path / "links/other.toml";
  std::filesystem::create_symlink("../real/child.toml", link);
  std::vector<Problem> found;
  const Settings linked = load_settings(link, sample_kind(), "", found);
  EXPECT_THAT(in_words(found), IsEmpty());
  EXPECT_EQ(linked.file("margins"), std::filesystem::canonical(folder.path / "real/margins.csv"));
  EXPECT_EQ(linked.stem(), "other") << "the name stays the link's";
}

// Merging of 100 pairs of random series, checked against a plain union of the years.
TEST_F(SettingsOverlay, RandomSeries) {
  std::mt19937 generator(20160113);
  const auto random_years = [&] {
    std::map<int, double> years;
    for (int year = 2016; year <= 2020; ++year)
      if (generator() % 2) years[year] = static_cast<double>(1 + generator() % 9);
    return years;
  };
  const auto in_toml = [](const std::map<int, double>& years) {
    std::string text;
    for (const auto& [year, value] : years)
      text += (text.empty() ? "" : ", ") + std::to_string(year) + " = " + std::to_string(static_cast<int>(value));
    return "by_year = { " + text + " }\n";
  };
  for (int i = 0; i < 100; ++i) {
    const auto base = random_years(), child = random_years();
    const bool merge = generator() % 2;
    lay("title = \"t\"\n[capacity]\n" + in_toml(base),
        "[capacity]\n" + in_toml(child) + (merge ? "merge = true\n" : ""));
    std::map<int, double> expected = child;
    if (merge) expected.insert(base.begin(), base.end());
    ASSERT_THAT(problems, IsEmpty());
    ASSERT_EQ(settings.series("capacity.by_year").values, expected);
    const bool lost =
        std::any_of(base.begin(), base.end(), [&](const auto& entry) { return !expected.contains(entry.first); });
    ASSERT_EQ(!warnings.empty(), lost);
  }
}

}  // namespace
}  // namespace tuopin
