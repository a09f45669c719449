// Changing keys in memory gives the same result, and the same refusals, as a file that extends the first one.
#include <gmock/gmock.h>

#include "tests/engine/settings/settings_sample.hpp"

namespace tuopin {
namespace {

using testing::HasSubstr;

const std::string base =
    "title = { en = \"Base\", zh = \"基准\" }\nwindow = [2016, 2018]\n[growth]\nnominal = { value = 0.07, unit = "
    "\"share/year\", range = [0.05, 0.09], source = \"Yearbook\" }\npersistence = 0.25\nspending = { by_year = { 2016 "
    "= "
    "100 }, unit = \"万元/year\", source = \"Yearbook\" }\n[capacity]\nunit = \"persons\"\nby_year = { 2016 = 5, 2017 "
    "= "
    "6 }\nrelative_range = [0.9, 1.1]\nsource = \"Yearbook\"\n[evidence]\ngrade = \"B\"\n[cost]\nfunding = { central = "
    "0.8, county = 0.2 }\n[effect.post]\nverb = \"slot\"\nwage = { value = 800, unit = \"yuan/year\", source = \"x\" "
    "}\n[effect.away]\nverb = \"move\"\nreturn_rate = 0.1\n";

std::string refusal(const std::vector<SettingsChange>& changes) {
  const Settings settings = good_settings(base);
  std::vector<Problem> problems;
  const Settings same = settings.with_changes(changes, sample_kind(), "changed", problems);
  EXPECT_EQ(same.identity(), settings.identity()) << "what is refused changes nothing";
  std::string lines;
  for (const Problem& problem : problems) lines += to_text(problem) + "\n";
  return lines;
}

Settings changed(const std::vector<SettingsChange>& changes) {
  std::vector<Problem> problems;
  Settings settings = good_settings(base).with_changes(changes, sample_kind(), "changed", problems);
  if (!problems.empty()) throw ScenarioError(problems);
  return settings;
}

/// The same said by a file that extends the base.
std::string extended(const std::string& child) {
  const Folder folder;
  folder.write("base.toml", base);
  std::vector<Problem> problems;
  const Settings settings = load_settings(folder.write("child.toml", "extends = \"base.toml\"\n" + child),
                                          sample_kind(), "sample.", problems);
  if (!problems.empty()) throw ScenarioError(problems);
  return settings.effective_text();
}

TEST(SettingsChanges, AreWhatAnExtendingFileSays) {
  const std::pair<std::vector<SettingsChange>, std::string> cases[] = {
      {{{"title", "\"New\""}}, "title = \"New\""},
      {{{"title.zh", "\"新\""}}, "title = { zh = \"新\", merge = true }"},
      {{{"window", "[2017, 2018]"}, {"households", "7"}}, "window = [2017, 2018]\nhouseholds = 7"},
      {{{"growth.persistence", "0.5"}}, "[growth]\npersistence = 0.5"},
      {{{"growth.nominal.value", "0.08"}}, "[growth]\nnominal = { value = 0.08, merge = true }"},
      {{{"growth.spending.by_year.2017", "3"}}, "[growth]\nspending = { by_year = { 2017 = 3 }, merge = true }"},
      {{{"growth.mean_income", "{ from_year = { 2015 = 5 } }"}},
       "[growth]\nmean_income = { from_year = { 2015 = 5 } }"},
      {{{"capacity.by_year.2018", "9"}, {"capacity.by_year.2016", "1"}},
       "[capacity]\nby_year = { 2018 = 9, 2016 = 1, merge = true }"},
      {{{"capacity.by_year", "{ 2018 = 9 }"}}, "[capacity]\nby_year = { 2018 = 9 }"},
      {{{"line.from_year.2016", "3000"}}, "[line]\nfrom_year = { 2016 = 3000 }"},
      {{{"evidence.grade", "\"C\""}}, "[evidence]\ngrade = \"C\""},
      {{{"cost.funding.central", "0.5"}, {"cost.funding.county", "0.5"}},
       "[cost]\nfunding = { central = 0.5, county = 0.5, merge = true }"},
      {{{"effect.post.wage.value", "900"}, {"effect.away.return_rate", "0.2"}},
       "[effect.post]\nwage = { value = 900, merge = true }\n[effect.away]\nreturn_rate = 0.2"},
      {{{"shocks.off", "true"}, {"shocks.reason", "\"none\""}}, "[shocks]\noff = true\nreason = \"none\""},
  };
  for (const auto& [changes, child] : cases) EXPECT_EQ(changed(changes).effective_text(), extended(child)) << child;
}

TEST(SettingsChanges, AddUp) {
  std::vector<Problem> problems;
  const Settings twice = changed({{"capacity.by_year.2018", "9"}})
                             .with_changes({{"capacity.by_year.2016", "1"}}, sample_kind(), "again", problems);
  EXPECT_TRUE(problems.empty());
  EXPECT_EQ(twice.effective_text(),
            changed({{"capacity.by_year.2018", "9"}, {"capacity.by_year.2016", "1"}}).effective_text());
}

TEST(SettingsChanges, KeepNamesOriginsAndOrderOfWhatStays) {
  const Settings before = good_settings(base), after = changed({{"capacity.by_year.2018", "9"}});
  std::vector<std::string> names, same;
  before.for_each_quantity([&](const Quantity& quantity) { names.push_back(quantity.name); });
  after.for_each_quantity([&](const Quantity& quantity) { same.push_back(quantity.name); });
  EXPECT_EQ(names, same);
  EXPECT_EQ(after.origin("growth.nominal").line, before.origin("growth.nominal").line);
  EXPECT_EQ(after.origin("capacity.by_year").file, "changed");
  EXPECT_EQ(after.path(), before.path());
  EXPECT_EQ(after.tables("effect"), before.tables("effect"));
}

TEST(SettingsChanges, AreRefusedAsInFiles) {
  EXPECT_THAT(refusal({{"growth.nominl", "0.1"}}), HasSubstr("changed: growth.nominl: unknown key (did you mean"));
  EXPECT_THAT(refusal({{"grwth.nominal", "0.1"}}),
              HasSubstr("changed: grwth: unknown table (did you mean \"growth\"?)"));
  EXPECT_THAT(refusal({{"growth.nominal", "0.1"}}), HasSubstr("is the number 0.1, expected { value"));
  EXPECT_THAT(refusal({{"growth.nominal.value", "0.2"}}), HasSubstr("expected it to hold the value"));
  EXPECT_THAT(refusal({{"growth.nominal.valu", "0.2"}}), HasSubstr("unknown key"));
  EXPECT_THAT(refusal({{"growth.persistence", "7"}}), HasSubstr("expected 0 to 1"));
  EXPECT_THAT(refusal({{"cost.funding.central", "0.5"}}), HasSubstr("shares sum to 0.7"));
  EXPECT_THAT(refusal({{"effect.poost.wage.value", "900"}}), HasSubstr("did you mean \"post\"?"));
  EXPECT_THAT(refusal({{"effect.post.return_rate", "0.1"}}), HasSubstr("unknown key"));
  EXPECT_THAT(refusal({{"effect.post", "3"}}), HasSubstr("is a table, expected a key in it"));
  EXPECT_THAT(refusal({{"shocks.off", "true"}}), HasSubstr("is true without a reason"));
  EXPECT_THAT(refusal({{"growth", "3"}}), HasSubstr("is a table"));
}

TEST(SettingsChanges, TellEveryProblem) {
  const std::string words = refusal({{"growth.persistence", "7"}, {"capacity.by_year.2016", "-1"}, {"window", "3"}});
  EXPECT_THAT(words, HasSubstr("growth.persistence"));
  EXPECT_THAT(words, HasSubstr("capacity.by_year.2016"));
  EXPECT_THAT(words, HasSubstr("window"));
}

}  // namespace
}  // namespace tuopin
