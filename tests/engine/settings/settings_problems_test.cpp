// One test per kind of mistake, each with the whole message that a user reads.
#include <gmock/gmock.h>

#include "tests/engine/settings/settings_sample.hpp"

namespace tuopin {
namespace {

/// Problems of a file that is right but for `body`, which starts on line 2.
std::string after_title(const std::string& body) { return problems_of("title = \"t\"\n" + body); }

TEST(SettingsProblems, SyntaxErrorStandsAlone) {
  EXPECT_EQ(problems_of("title = \"t\"\nwindow = [2016,, 2020]\nunknown = 1"),
            "a.toml:2:16: is not TOML: Error while parsing array: expected value or closing ']', saw comma");
}

TEST(SettingsProblems, UnknownKeyAndTable) {
  EXPECT_EQ(after_title("houshold = 3"), "a.toml:2:1: houshold: unknown key (did you mean \"households\"?)");
  EXPECT_EQ(after_title("[grwth]\nnominal = 3"), "a.toml:2:2: grwth: unknown table (did you mean \"growth\"?)");
  EXPECT_EQ(after_title("[growth]\nwindow = [2016, 2020]"),
            "a.toml:3:1: growth.window: unknown key (it belongs at the top of the file, before the first table)");
  EXPECT_EQ(after_title("[shocks]\nfunding = 3"), "a.toml:3:1: shocks.funding: unknown key (it belongs in [cost])");
  EXPECT_EQ(after_title("growth.nominal = { value = 0.1, unit = \"share/year\", source = \"x\", rnage = [0, 1] }"),
            "a.toml:2:68: growth.nominal.rnage: unknown key (did you mean \"range\"?)");
}

TEST(SettingsProblems, Missing) {
  EXPECT_EQ(problems_of(""), "a.toml:1: title: is missing, expected a text or { en = \"…\", zh = \"…\" } (name)");
  EXPECT_EQ(after_title("[cost]\n"),
            "a.toml:2:1: cost.funding: is missing, expected shares by name such as { central = 0.8, county = 0.2 } "
            "(by fund)");
  EXPECT_EQ(after_title("growth.nominal = { value = 0.1, source = \"x\" }"),
            "a.toml:2:18: growth.nominal: has no unit (expected { value = …, unit = \"share/year\", source = \"…\" })");
  FileKind kind = sample_kind();
  for (Section& section : kind.sections) section.required = true;
  std::vector<Problem> problems;
  load_settings_text("title = \"t\"", ".", "a.toml", kind, "", problems);
  ASSERT_EQ(problems.size(), 7u);
  EXPECT_EQ(to_text(problems.front()), "a.toml:1: growth: is missing, expected a table [growth] (Growth.)");
  EXPECT_EQ(to_text(problems.back()),
            "a.toml:1: effect: is missing, expected at least one table such as [effect.first] (Effects.)");
}

TEST(SettingsProblems, WrongType) {
  EXPECT_EQ(after_title("households = 2.5"), "a.toml:2:14: households: is the number 2.5, expected an integer");
  EXPECT_EQ(after_title("[growth]\npersistence = \"x\""),
            "a.toml:3:15: growth.persistence: is the text \"x\", expected a number in share");
  EXPECT_EQ(after_title("growth = 3"), "a.toml:2:10: growth: is the integer 3, expected a table [growth]");
  EXPECT_EQ(after_title("growth.nominal = 0.09"),
            "a.toml:2:18: growth.nominal: is the number 0.09, expected { value = …, unit = \"share/year\", source = "
            "\"…\" }");
  EXPECT_EQ(after_title("shocks.off = 1"), "a.toml:2:14: shocks.off: is the integer 1, expected true or false");
  EXPECT_EQ(after_title("eligible = true"), "a.toml:2:12: eligible: is true, expected a rule as text");
  EXPECT_EQ(after_title("window = 2016-01-01"),
            "a.toml:2:10: window: is a date or time, expected [first year, last year]");
  EXPECT_EQ(after_title("capacity.by_year = 3000"),
            "a.toml:2:20: capacity.by_year: is the integer 3000, expected numbers by year such as { 2016 = 1.0 } "
            "(by_year = { 2016 = … })");
}

TEST(SettingsProblems, WrongUnit) {
  EXPECT_EQ(
      after_title("[effect.post]\nverb = \"slot\"\nwage = { value = 30, unit = \"yuan/day\", source = \"plan\" }"),
      "a.toml:4:29: effect.post.wage: unit is \"yuan/day\", expected \"yuan/year\" (how many days of the year "
      "are meant is not said)");
}

TEST(SettingsProblems, OutOfBounds) {
  EXPECT_EQ(after_title("growth.persistence = 1.4"),
            "a.toml:2:22: growth.persistence: is 1.4 share, expected 0 to 1 share");
  EXPECT_EQ(after_title("households = 0"), "a.toml:2:14: households: is 0, expected 1 to 100");
  EXPECT_EQ(after_title("growth.spending.by_year.2016 = -5"),
            "a.toml:2:32: growth.spending.2016: is -5 yuan/year, expected at least 0 yuan/year");
  EXPECT_EQ(after_title("growth.persistence = nan"),
            "a.toml:2:22: growth.persistence: is nan share, expected a finite number");
}

TEST(SettingsProblems, Ranges) {
  const auto range = [](const std::string& text) {
    return after_title("growth.nominal = { value = 0.1, unit = \"share/year\", source = \"x\", range = " + text + " }");
  };
  EXPECT_EQ(range("[0.2, 0.3]"),
            "a.toml:2:76: growth.nominal.range: is [0.2, 0.3], expected it to hold the value 0.1 (move the range with "
            "the value, or leave the range out)");
  EXPECT_EQ(range("[0.2, 0.05]"),
            "a.toml:2:76: growth.nominal.range: is [0.2, 0.05], expected [low, high] with low below high (where there "
            "is no range, leave range out)");
  EXPECT_EQ(range("[0.1]"),
            "a.toml:2:76: growth.nominal.range: is half a range, expected [low, high] (the 5% and 95% points; where "
            "only one is known, leave range out)");
  EXPECT_EQ(after_title("growth.nominal = { value = 0.1, unit = \"share/year\", source = \"x\", low = 0.05 }"),
            "a.toml:2:68: growth.nominal.low: unknown key (range = [low, high])");
  EXPECT_EQ(after_title("[line]\nfrom_year = { 2016 = 1 }\nrelative_range = [1.1, 1.2]"),
            "a.toml:4:18: line.relative_range: is [1.1, 1.2], expected it to hold the value 1 (it multiplies every "
            "year: give it around 1, or leave it out)");
  EXPECT_EQ(range("[0.05, 1.5]"),
            "a.toml:2:76: growth.nominal.range: is [0.05, 1.5], expected it within the bounds -0.5 to 1");
}

TEST(SettingsProblems, ShapesGradesStatus) {
  const auto with = [](const std::string& text) {
    return after_title("growth.nominal = { value = 0.1, unit = \"share/year\", source = \"x\", " + text + " }");
  };
  EXPECT_EQ(with("shape = \"triangle\""),
            "a.toml:2:76: growth.nominal.shape: is \"triangle\", expected one of \"fixed\", \"lognormal\", \"normal\", "
            "\"triangular\", \"uniform\" (did you mean \"triangular\"?)");
  EXPECT_EQ(with("shape = \"normal\""), "a.toml:2:76: growth.nominal.shape: is \"normal\", which needs a range");
  EXPECT_EQ(with("range = [0, 1], shape = \"lognormal\""),
            "a.toml:2:92: growth.nominal.shape: is \"lognormal\", expected a range above 0");
  EXPECT_EQ(with("grade = \"E\""),
            "a.toml:2:76: growth.nominal.grade: is \"E\", expected \"A\", \"B\", \"C\" or \"D\"");
  EXPECT_EQ(with("status = \"guess\""),
            "a.toml:2:77: growth.nominal.status: is \"guess\", expected one of \"assumption\", \"derived\", "
            "\"published\"");
}

TEST(SettingsProblems, Choices) {
  EXPECT_EQ(after_title("capacity = { unit = \"prsons\", by_year = {} }"),
            "a.toml:2:21: capacity.unit: is \"prsons\", expected one of \"persons\", \"households\", \"posts\" "
            "(did you mean \"persons\"?)");
}

TEST(SettingsProblems, FlowWhereLevelIsMeantAndTheReverse) {
  const std::string difference =
      " (by_year is a flow, zero in every year that is not named; from_year is a level, which holds until the next "
      "entry)";
  EXPECT_EQ(after_title("capacity.from_year = { 2016 = 3000 }"),
            "a.toml:2:10: capacity.from_year: is given where by_year is meant" + difference);
  EXPECT_EQ(after_title("line.by_year = { 2016 = 3000 }"),
            "a.toml:2:6: line.by_year: is given where from_year is meant" + difference);
  EXPECT_EQ(after_title("growth.mean_income.by_year = { 2016 = 3000 }"),
            "a.toml:2:20: growth.mean_income: is given as by_year, expected from_year" + difference);
  EXPECT_EQ(after_title("growth.spending = { source = \"x\" }"),
            "a.toml:2:19: growth.spending: has no by_year" + difference);
}

TEST(SettingsProblems, YearsThatAreNone) {
  EXPECT_EQ(after_title("capacity.by_year = { 20l6 = 3000 }"),
            "a.toml:2:22: capacity.by_year: \"20l6\" is not a year (expected numbers by year such as { 2016 = 1.0 })");
  EXPECT_EQ(after_title("line.from_year = {}"),
            "a.toml:2:18: line.from_year: names no year (a level needs a first year from which it holds)");
  EXPECT_EQ(after_title("window = [2020, 2016]"),
            "a.toml:2:10: window: is [2020, 2016], expected the first year before the last");
  EXPECT_EQ(after_title("window = [16, 20]"), "a.toml:2:11: window: holds the integer 16, expected a year");
}

TEST(SettingsProblems, NamesAndShares) {
  EXPECT_EQ(after_title("programmes = [\"a\", \"b\", \"a\"]"), "a.toml:2:25: programmes: holds \"a\" twice");
  EXPECT_EQ(after_title("programmes = [\"a\", 3]"),
            "a.toml:2:20: programmes: holds the integer 3, expected a name as text");
  EXPECT_EQ(after_title("cost.funding = { central = 0.8, county = 0.3 }"),
            "a.toml:2:16: cost.funding: shares sum to 1.1, expected 1 (nothing is rescaled: give shares that add up)");
  EXPECT_EQ(after_title("cost.funding = { a = 0.333333, b = 0.333333, c = 0.333333 }"), "")
      << "a sum is held to a millionth";
  EXPECT_EQ(after_title("cost.funding = { a = 0.33333, b = 0.33333, c = 0.33333 }"),
            "a.toml:2:16: cost.funding: shares sum to 0.99999, expected 1 (nothing is rescaled: give shares that add "
            "up)");
  EXPECT_EQ(after_title("cost.funding = { central = 8 }"),
            "a.toml:2:28: cost.funding.central: is the integer 8, expected a share from 0 to 1");
}

TEST(SettingsProblems, NamedTables) {
  EXPECT_EQ(
      after_title("[[effect]]\nverb = \"slot\""),
      "a.toml:2:1: effect: is an array of tables, expected named tables (name each one, such as [effect.first]: a "
      "file that extends this one can then change it)");
  EXPECT_EQ(after_title("[effect.post]\nverb = \"slots\"\nanything = 1"),
            "a.toml:3:8: effect.post.verb: is \"slots\", expected one of \"move\", \"slot\" (did you mean \"slot\"?)");
  EXPECT_EQ(after_title("[effect.post]\nwage = 1"),
            "a.toml:2:1: effect.post.verb: is missing, expected one of \"move\", \"slot\" (what it does)");
  EXPECT_EQ(after_title("[effect.\"a b\"]\nverb = \"slot\""),
            "a.toml:2:9: effect.a b: is not a plain name (letters, digits, _ and -, at most 64)");
}

TEST(SettingsProblems, LeavingOutNeedsAReason) {
  EXPECT_EQ(after_title("[shocks]\noff = true"),
            "a.toml:3:7: shocks.off: is true without a reason (reason = \"…\" beside it is needed)");
  EXPECT_EQ(after_title("[shocks]\noff = true\nreason = \"null model\""), "");
}

TEST(SettingsProblems, Files) {
  const Folder folder;
  folder.write("margins.csv", "");
  EXPECT_EQ(problems_of("title = \"t\"\nmargins = \"margin.csv\"", folder.path),
            "a.toml:2:11: margins: no such file: \"margin.csv\" (did you mean \"margins.csv\"?)");
  EXPECT_EQ(problems_of("title = \"t\"\nmargins = \".\"", folder.path), "a.toml:2:11: margins: \".\" is not a file");
}

TEST(SettingsProblems, AllAtOnceInTheOrderOfTheFile) {
  EXPECT_EQ(problems_of("households = 0\n[growth]\nnominl = 3\npersistence = 2\n[capacity]\nunit = 4"),
            "a.toml:1:14: households: is 0, expected 1 to 100\n"
            "a.toml:1: title: is missing, expected a text or { en = \"…\", zh = \"…\" } (name)\n"
            "a.toml:3:1: growth.nominl: unknown key (did you mean \"nominal\"?)\n"
            "a.toml:4:15: growth.persistence: is 2 share, expected 0 to 1 share\n"
            "a.toml:5:1: capacity.by_year: is missing, expected numbers by year such as { 2016 = 1.0 } (entries)\n"
            "a.toml:6:8: capacity.unit: is the integer 4, expected one of \"persons\", \"households\", \"posts\"");
}

TEST(SettingsProblems, NearestName) {
  EXPECT_EQ(nearest_name("regsitered", {"registered", "region"}), "registered");
  EXPECT_EQ(nearest_name("Take-Up", {"take_up", "make_up"}), "take_up");
  EXPECT_EQ(nearest_name("colour", {"weight", "price"}), "");
}

TEST(SettingsProblems, AnOfficeIsATextOrBothLanguages) {
  const std::string start = "[growth]\nnominal = { value = 0.1, unit = \"share/year\", source = \"x\", office = ";
  EXPECT_THAT(after_title(start + "3 }"),
              testing::HasSubstr("growth.nominal.office: is the integer 3, expected a text or"));
  EXPECT_THAT(after_title(start + "{ en = \"Bureau\" } }"), testing::HasSubstr("has no text zh"));
  EXPECT_EQ(after_title(start + "{ en = \"Bureau\", zh = \"局\" } }"), "");
}

}  // namespace
}  // namespace tuopin
