// Tables of a region: what each kind of fault is told, and what the spellings that pass become.
#include "models/scenario/tables.hpp"
#include "models/run/load.hpp"

#include <gmock/gmock.h>

#include "models/population/synthesis.hpp"
#include "models/scenario/scenario.hpp"
#include "tests/models/region_tables.hpp"

namespace tuopin::testing {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class RegionTables : public ::testing::Test {
 protected:
  /// The problems of these tables, in words.
  std::string problems_of(const Tables& tables, const std::string& more = "") {
    problems.clear();
    region = folder.read(tables, problems, more);
    return in_words(problems);
  }
  void add(Tables& tables, const char* name, const char* place, const char* value, const char* unit) {
    tables["margins"].rows.push_back({name, place, value, unit, "2015", "a", "assumption", "", "", ""});
  }
  void remove(Tables& tables, const std::string& name) {
    std::erase_if(tables["margins"].rows, [&](const auto& row) { return row.front() == name; });
  }

  RegionFolder folder;
  std::vector<Problem> problems;
  Region region;
};

TEST_F(RegionTables, ShippedOnesPass) {
  for (const char* path :
       {"hamlet/region/region.toml", "xiangxi/region/region.toml", "xiangxi/region/region-document-base.toml"}) {
    std::vector<Problem> found;
    const Region shipped =
        load_region(std::filesystem::path(TUOPIN_SOURCE_DIR "/scenarios") / path, found, shipped_file_kinds().region);
    EXPECT_EQ(in_words(found), "") << path;
    EXPECT_EQ(in_words(shipped.warnings), "") << path;
  }
}

TEST_F(RegionTables, EveryTableSaysWhatItsColumnsMeanInTwoLanguages) {
  for (const TableKind* kind : region_tables()) {
    for (const Column& column : kind->columns)
      EXPECT_TRUE(!column.meaning.en.empty() && !column.meaning.zh.empty()) << kind->name << column.name;
    for (const RowField& field : kind->rows) {
      EXPECT_TRUE(!field.meaning.en.empty() && !field.meaning.zh.empty()) << field.name;
      EXPECT_FALSE(field.required && field.shown_only) << field.name;
      EXPECT_EQ(kind->row(field.name), &field);
    }
    for (const std::string& key : kind->key)
      EXPECT_TRUE(std::any_of(kind->columns.begin(), kind->columns.end(), [&](const Column& column) {
        return column.name == key;
      })) << key;
  }
}

TEST_F(RegionTables, RowsByCountyAreReadOrRefused) {
  Tables tables = hamlet_tables(true);
  for (const char* county : {"brook", "hill"}) add(tables, "true_poverty_rate", county, "0.25", "share of persons");
  add(tables, "stream_share_sd", "brook", "0.5", "log");
  EXPECT_EQ(problems_of(tables),
            "margins.csv:49: place: is \"brook\", but true_poverty_rate is read of the whole region only (give it for "
            "hamlet, or leave it out)\n"
            "margins.csv:50: place: is \"hill\", but true_poverty_rate is read of the whole region only (give it for "
            "hamlet, or leave it out)\n"
            "margins.csv:51: place: is \"brook\", but stream_share_sd is read of the whole region only (give it for "
            "hamlet, or leave it out)\n");
  tables = hamlet_tables(true);
  add(tables, "water_unsafe", "brook", "0.15", "share of households");
  EXPECT_THAT(problems_of(tables),
              HasSubstr("margins.csv:49: place: water_unsafe has rows for some counties and none for hill"));
  add(tables, "water_unsafe", "hill", "0.9", "share of households");
  EXPECT_THAT(problems_of(tables),
              HasSubstr("margins.csv:41: value: water_unsafe: the counties average 0.525 share of households, expected "
                        "0.15 (hamlet, line 41): 0.15 (brook, line 49), 0.9 (hill, line 50)"));
  remove(tables, "water_unsafe");
  EXPECT_THAT(problems_of(tables), AllOf(HasSubstr("the margin water_unsafe is missing"),
                                         HasSubstr("add a row water_unsafe,hamlet,…, or one for every county")));
  for (const char* county : {"brook", "hill"}) add(tables, "water_unsafe", county, "40", "%");
  EXPECT_EQ(problems_of(tables), "");
  EXPECT_EQ(region.margins.own("water_unsafe", "hill")->value, 0.4);
}

TEST_F(RegionTables, IncomesOfCountiesAreSaidInOneWay) {
  Tables tables = hamlet_tables(true);
  add(tables, "mean_income", "brook", "5000", "yuan/year");
  add(tables, "mean_income", "hill", "7000", "yuan/year");
  EXPECT_THAT(problems_of(tables),
              AllOf(HasSubstr("permanent_income_sd is missing where counties differ in mean_income"),
                    HasSubstr("give the row permanent_income_sd,hamlet, in log")));
  add(tables, "permanent_income_sd", "hamlet", "0.5", "log");
  EXPECT_EQ(problems_of(tables), "");
  add(tables, "relative_income", "brook", "0.8", "1");
  add(tables, "relative_income", "hill", "1.2", "1");
  EXPECT_THAT(problems_of(tables), HasSubstr("relative_income says again what mean_income by county says (line 49)"));
}

TEST_F(RegionTables, RelativeIncomesAverageOne) {
  Tables tables = hamlet_tables(true);
  add(tables, "permanent_income_sd", "hamlet", "0.5", "log");
  add(tables, "relative_income", "brook", "0.80", "1");
  add(tables, "relative_income", "hill", "1.00", "1");
  EXPECT_THAT(problems_of(tables), HasSubstr("relative_income: the counties average 0.9, expected 1"));
}

TEST_F(RegionTables, CountiesSumToTheRegionOrBothFiguresStandInTheError) {
  Tables tables = hamlet_tables(true);
  add(tables, "register_population", "brook", "1000", "persons");
  add(tables, "register_population", "hill", "500", "persons");
  EXPECT_THAT(problems_of(tables),
              HasSubstr("margins.csv:2: value: register_population: the counties sum to 1500 "
                        "persons, expected 240 (hamlet, line 2): 1000 (brook, line 49), 500 (hill, "
                        "line 50)"));
  const std::string mine = "\n[margin.register_population]\nvalue = { value = 240, unit = \"人\", source = \"x\" }\n";
  remove(tables, "register_population");
  add(tables, "register_population", "brook", "0.1", "万人");
  add(tables, "register_population", "hill", "500", "persons");
  EXPECT_THAT(problems_of(tables, mine), HasSubstr("counties = \"in proportion\" in [margin.register_population]"));
  EXPECT_EQ(problems_of(tables, mine + "counties = \"in proportion\"\n"), "");
  SynthesisReport report;
  const Population p = synthesize(synthesis_input(region, problems), 0, report);
  EXPECT_EQ(p.persons.rows(), 240u);
  std::vector<std::string> notes;
  for (const Message& note : report.notes) notes.push_back(note.english());
  EXPECT_THAT(notes, ::testing::Contains(HasSubstr("register_population of the counties sums to 1500 persons: "
                                                   "brought to the region's 240")));
}

TEST_F(RegionTables, InProportionNeedsRowsByCounty) {
  EXPECT_THAT(problems_of(hamlet_tables(false),
                          "\n[margin.households]\ncounties = \"in proportion\"\nvalue = { value = "
                          "60, unit = \"households\", source = \"x\" }\n"),
              HasSubstr("margin.households.counties: is \"in proportion\", and households has no rows by county"));
}

TEST_F(RegionTables, MarginsOfTheRegionsFilePassTheSameChecks) {
  const auto with = [&](const std::string& name, const std::string& value) {
    return problems_of(hamlet_tables(false), "\n[margin." + name + "]\nvalue = { " + value + ", source = \"x\" }\n");
  };
  EXPECT_EQ(with("true_poverty_rate", "value = 25, unit = \"%\", range = [20, 30]"), "");
  EXPECT_EQ(region.margins.own("true_poverty_rate", "hamlet")->value, 0.25);
  EXPECT_EQ(region.margins.own("true_poverty_rate", "hamlet")->high, 0.3);
  EXPECT_THAT(with("mean_income", "value = 500, unit = \"yuan/month\""),
              AllOf(HasSubstr("margin.mean_income.value.unit: mean_income: is \"yuan/month\", expected \"yuan/year\""),
                    HasSubstr("a month need not be a twelfth of a year")));
  EXPECT_THAT(with("true_poverty_rate", "value = 25, unit = \"share of persons\""), HasSubstr("expected 0 to 1"));
  EXPECT_THAT(with("mean_incom", "value = 25, unit = \"yuan/year\""), HasSubstr("did you mean \"mean_income\"?"));
  EXPECT_THAT(with("minority", "value = 0.5, unit = \"share of persons\""),
              HasSubstr("no margin that the synthesis reads"));
  EXPECT_THAT(with("share_wage", "value = 0.7, unit = \"share of income\""), HasSubstr("sum to 1.3, expected 1"));
}

TEST_F(RegionTables, WhatIsShownOnlyPassesAndIsNotCounted) {
  Tables tables = hamlet_tables(false);
  add(tables, "minority", "hamlet", "0.7", "share of persons");
  add(tables, "minority", "brook", "0.7", "share of persons");
  EXPECT_EQ(problems_of(tables), "");
  EXPECT_THAT(region.shown_only, ElementsAre("observed_mean_income (lines.csv)", "establishment_cost (crops.csv)",
                                             "minority (margins.csv)"));
  SynthesisReport report, plain;
  synthesize(synthesis_input(region, problems), 0, report);
  problems_of(hamlet_tables(false));
  synthesize(synthesis_input(region, problems), 0, plain);
  EXPECT_EQ(report.assumption, plain.assumption);
  EXPECT_THAT(report.unused, ElementsAre("minority"));
}

TEST_F(RegionTables, TargetsAreInTheMeasuresOwnUnit) {
  Tables tables = hamlet_tables(false);
  TableText& targets = tables["targets"];
  for (auto& row : targets.rows) row.push_back("");
  targets.rows[0].back() = "base";
  targets.cell(2, "value") = "5";
  targets.cell(2, "unit") = "%";
  targets.cell(2, "base") = "0.02";
  EXPECT_THAT(problems_of(tables), HasSubstr("targets.csv:3: base: is \"0.02\" persons, expected at least 1"));
  targets.cell(2, "base") = "250";
  targets.cell(4, "value") = "0.004";
  targets.cell(4, "unit") = "万人";
  EXPECT_EQ(problems_of(tables), "");
  EXPECT_EQ(region.targets[1].value, 0.05);
  EXPECT_EQ(region.targets[1].unit, "share");
  EXPECT_EQ(region.targets[1].base, 250);
  EXPECT_EQ(region.targets[3].value, 40);
  EXPECT_EQ(region.targets[3].unit, "persons");
  targets.cell(1, "base") = "250";
  EXPECT_THAT(problems_of(tables), HasSubstr("targets.csv:2: base: H1: stands beside a figure that is no rate"));
}

TEST_F(RegionTables, MeasuresNameWhatThereIs) {
  const auto with = [&](const char* measure, const char* unit) {
    Tables tables = hamlet_tables(false);
    tables["targets"].cell(1, "measure") = measure;
    tables["targets"].cell(1, "unit") = unit;
    return problems_of(tables);
  };
  EXPECT_EQ(with("fall_in_poverty_lost:ecology", "persons"), "");
  EXPECT_THAT(with("fall_in_poverty_lost:ecologie", "persons"), HasSubstr("did you mean \"ecology\"?"));
  EXPECT_THAT(with("programme_net_exits:ecology", "persons"), HasSubstr("there is no measure \"programme_net_exits\""));
  EXPECT_THAT(with("programme_entered", "persons"),
              HasSubstr("expected programme_entered:NAME, the name of a programme"));
  EXPECT_THAT(with("register_persons:posts", "persons"), HasSubstr("register_persons names nothing"));
  EXPECT_THAT(with("register_persons", "households"), HasSubstr("unit: H1: is \"households\", expected persons"));
  EXPECT_THAT(with("programme_entered:posts", "mu"), HasSubstr("persons, households or posts"));
}

TEST_F(RegionTables, LinesThatNothingReads) {
  Tables tables = hamlet_tables(false);
  TableText& lines = tables["lines"];
  lines.cell(lines.row({"statistical", "2018"}), "name") = "statistcal";
  EXPECT_EQ(problems_of(tables),
            "lines.csv:5: name: there is no line \"statistcal\" (did you mean \"statistical\"?)\n");
  tables = hamlet_tables(false);
  std::erase_if(tables["lines"].rows, [](const auto& row) { return row[0] == "allowance" && row[1] != "2015"; });
  tables["lines"].cell(tables["lines"].row({"allowance", "2015"}), "year") = "2013";
  EXPECT_EQ(problems_of(tables), "") << "a line holds until its next row";
  EXPECT_EQ(region.line("allowance", 2020), 2300);
}

TEST_F(RegionTables, ALineOfAnotherSizeIsAskedAbout) {
  Tables tables = hamlet_tables(false);
  TableText& lines = tables["lines"];
  const std::size_t row = lines.row({"statistical", "2018"});
  lines.cell(row, "value") = "299.5";
  lines.cell(row, "low") = lines.cell(row, "high") = "";
  EXPECT_EQ(problems_of(tables), "");
  EXPECT_THAT(in_words(region.warnings),
              HasSubstr("lines.csv:5: value: statistical, 2018: is 299.5, where 2017 has 2952"));
}

TEST_F(RegionTables, NamesOfPlaces) {
  Tables tables = hamlet_tables(false);
  tables["counties"].cell(2, "name") =
      "Br\x0B"
      "ook";
  EXPECT_EQ(problems_of(tables),
            "counties.csv:3: name: is \"Br<U+000B>ook\", which holds the control character U+000B\n");
  tables["counties"].cell(2, "name") = "=HYPERLINK(\"http://example.invalid\")";
  tables["counties"].cell(2, "name_zh") = "";
  EXPECT_EQ(problems_of(tables), "");
  EXPECT_EQ(region.counties[0].name_zh, region.counties[0].name);
  tables["counties"].cell(2, "parent") = "hamlett";
  EXPECT_THAT(problems_of(tables),
              HasSubstr("counties.csv:3: parent: is \"hamlett\", expected the whole region, \"hamlet\""));
  tables["counties"].cell(2, "id") = "bro\u200Bok";
  EXPECT_THAT(problems_of(tables), HasSubstr("id: is \"bro<U+200B>ok\", which holds the character U+200B"));
}

TEST_F(RegionTables, AllErrorsOfAllTablesStandTogether) {
  Tables tables = hamlet_tables(false);
  tables["lines"].cell(1, "unit") = "yuan/month";
  tables["crops"].cell(1, "value") = "-3";
  tables["crop_shares"].cell(1, "share") = "1.3";
  tables["margins"].cell(1, "value") = "many";
  tables["targets"].cell(1, "in_model") = "maybe";
  tables["observations"].cell(1, "variable") = "register_rat";
  const std::string said = problems_of(tables);
  for (const char* what : {"lines.csv:2: unit", "crops.csv:2: value", "crop_shares.csv:2: share",
                           "margins.csv:2: value", "targets.csv:2: in_model", "observations.csv:2: variable"})
    EXPECT_THAT(said, HasSubstr(what));
  EXPECT_EQ(problems.size(), 6u) << said;
}

TEST_F(RegionTables, TargetsOfAProgrammeNeedItsFile) {
  const std::filesystem::path copy = folder.path() / "hamlet";
  std::filesystem::copy(TUOPIN_SOURCE_DIR "/scenarios/hamlet", copy, std::filesystem::copy_options::recursive);
  const std::string targets = whole_file(copy / "region/targets.csv");
  const auto check = [&](const std::string& from, const std::string& to, const char* scenario) {
    std::string text = targets;
    text.replace(text.find(from), from.size(), to);
    std::ofstream(copy / "region/targets.csv") << text;
    problems.clear();
    load_scenario(copy / scenario, problems);
    return in_words(problems);
  };
  EXPECT_EQ(check("entered:posts", "entered:posts", "baseline.toml"), "");
  EXPECT_THAT(
      check("entered:posts", "entered:post", "baseline.toml"),
      AllOf(HasSubstr("targets.csv:4: measure: H3: there is no programme file"), HasSubstr("did you mean \"posts\"?")));
  EXPECT_THAT(check("at_least,posts", "at_least,persons", "plan.toml"),
              HasSubstr("targets.csv:4: unit: H3: is \"persons\", and the places of posts are counted in posts"));
}

}  // namespace
}  // namespace tuopin::testing
