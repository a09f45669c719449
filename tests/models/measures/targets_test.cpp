// When a target is reached: hand-made figures of six households of one to six persons, and the places that must stay
// empty because households enter as a whole.
#include "models/measures/targets.hpp"
#include "models/run/load.hpp"

#include "tests/models/worlds.hpp"

namespace tuopin {
namespace {

using testing::hamlet;
using testing::settings_of;

Settings programme_of(const std::string& name, const std::string& unit, const std::string& capacity) {
  return settings_of("title = \"t\"\nbatch = \"ecology\"\nwindow = [2016, 2017]\nunit = \"" + unit +
                         "\"\neligible = \"true\"\n[evidence]\ngrade = \"D\"\nsource = \"test\"\n[score]\n"
                         "expression = \"0\"\nnoise_sd = 0\n[capacity]\n" +
                         capacity +
                         "\n[effect.money]\nverb = \"stream_add\"\nstream = \"allowance\"\n"
                         "amount = { value = 1, unit = \"yuan/year\", source = \"test\", grade = \"D\" }\n"
                         "[duration]\nyears = 1\n[cost]\nadmin_share = 0\nfunding = { county = 1.0 }\n",
                     shipped_file_kinds().programme, name);
}

/// Two scenarios, of which the second has the programmes; years 2015 to 2017; two counties; one draw, one replicate.
class Targets : public ::testing::Test {
 protected:
  Targets() {
    std::vector<Problem> problems;
    scenarios_ = {load_scenario(hamlet / "baseline.toml", problems), load_scenario(hamlet / "baseline.toml", problems)};
    EXPECT_TRUE(problems.empty());
    scenarios_[1].programmes = {
        programme_of("plots", "household", "unit = \"persons\"\nby_year = { 2016 = 15, 2017 = 15 }\nsource = \"test\""),
        programme_of("by_county", "household",
                     "unit = \"persons\"\nby = \"county\"\nby_year = { 2016 = 15, 2017 = 15 }\nsource = \"test\""),
        programme_of("posts", "person", "unit = \"posts\"\nby_year = { 2016 = 15, 2017 = 15 }\nsource = \"test\""),
        programme_of("everyone", "household", "unit = \"persons\"\nall = true")};
    shape_.scenarios = {"none", "plan"};
    shape_.scenario_titles = shape_.scenario_titles_zh = shape_.scenarios;
    shape_.first_year = 2015;
    shape_.last_year = 2017;
    shape_.places = shape_.place_names = shape_.place_names_zh = {"all", "east", "west"};
    shape_.accounts.funds = {"safety_net"};
    shape_.accounts.programmes = {"safety_net", "plots", "by_county", "posts", "everyone", "elsewhere"};
    record(shipped_figures());
  }

  void record(const FigureTable& figures) {
    recorder_ = std::make_unique<Recorder>(shape_, figures);
    recorder_->allocate();
    recorder_->begin(0, 0);
  }

  void set(const char* variable, std::size_t scenario, std::size_t year, double value, std::size_t place = 0,
           std::size_t programme = 0, std::size_t programmes = 1) {
    const auto values = recorder_->recorded(variable).values;
    const_cast<double&>(values[(((scenario * 3) + year) * 3 + place) * programmes + programme]) = value;
  }
  /// Places and entries of the plan in a year; `of_east` of the places are in the first county.
  void enter(std::size_t programme, std::size_t year, double places, double entered, double of_east = 0) {
    set("programmes/places", 1, year, places, 0, programme, 6);
    set("programmes/places", 1, year, of_east, 1, programme, 6);
    set("programmes/places", 1, year, places - of_east, 2, programme, 6);
    set("programmes/entered_units", 1, year, entered, 0, programme, 6);
  }

  struct Found {
    double probability, median, allowance;
    std::string note;
  };
  Found held_against(Target target, double share = 1, std::size_t scenario = 1) {
    Region region;
    target.id = "T";
    target.in_model = true;
    region.targets = {target};
    region.measures = measures_;
    Study study;
    add_targets(study, *recorder_, scenarios_, region, {{share, 6, {}}});
    const auto number = [&](const char* name) {
      return std::get<std::vector<double>>(variable(study, name))[scenario];
    };
    return {number("targets/probability"), number("targets/median"), number("targets/allowance_persons"),
            std::get<std::vector<std::string>>(variable(study, "targets/note"))[scenario]};
  }
  static decltype(Variable::values) variable(const Study& study, const std::string& name) {
    for (const Variable& v : study.variables)
      if (v.name == name) return v.values;
    ADD_FAILURE() << name;
    return {};
  }
  static Target target_of(const std::string& measure, int year, double value, const char* comparison = "at_least") {
    Target target;
    target.measure = measure;
    target.comparison = comparison;
    target.year = year;
    target.value = value;
    return target;
  }

  std::vector<Scenario> scenarios_;
  RecordShape shape_;
  std::vector<TargetMeasure> measures_ = shipped_measures();
  std::unique_ptr<Recorder> recorder_;
};

TEST_F(Targets, AQueueLeavesAtMostTheLargestHouseholdLessOnePerson) {
  const Target target = target_of("programme_entered:plots", 2016, 15);
  for (const double entered : {9.0, 10.0, 15.0}) {  // a household of six does not fit into 15 − 10 = 5
    enter(1, 1, 15, entered);
    const Found found = held_against(target);
    EXPECT_EQ(found.probability, entered >= 10) << entered;
    EXPECT_EQ(found.median, entered);
    EXPECT_EQ(found.allowance, 5);
  }
}

TEST_F(Targets, EachYearAndCountyIsAQueueAndNoneLeavesMoreThanItsPlaces) {
  const Target target = target_of("programme_entered_cumulative:by_county", 2017, 30);
  enter(2, 0, 0, 0);
  enter(2, 1, 15, 8, 12);  // queues of 12 and 3: at most 5 and 3 are left
  enter(2, 2, 15, 4, 9);   // of 9 and 6: 5 and 5
  EXPECT_EQ(held_against(target).allowance, 18);
  EXPECT_EQ(held_against(target).probability, 1);  // 12 entered of 30: not one fewer
  enter(2, 2, 15, 3, 9);
  EXPECT_EQ(held_against(target).probability, 0);
}

TEST_F(Targets, PostsAreFilledOneByOne) {
  const Target target = target_of("programme_entered:posts", 2016, 15);
  enter(3, 1, 15, 14);
  EXPECT_EQ(held_against(target).allowance, 0);
  EXPECT_EQ(held_against(target).probability, 0);
  enter(3, 1, 15, 15);
  EXPECT_EQ(held_against(target).probability, 1);
}

TEST_F(Targets, WherePlacesAreMoreOrFewerThanTheTargetNothingElseIsAllowed) {
  enter(1, 1, 15, 12);
  EXPECT_EQ(held_against(target_of("programme_entered:plots", 2016, 13)).allowance, 3);  // 10 could be filled
  EXPECT_EQ(held_against(target_of("programme_entered:plots", 2016, 10)).allowance, 0);
  EXPECT_EQ(held_against(target_of("programme_entered:plots", 2016, 16)).allowance, 0);  // 15 are too few
  EXPECT_EQ(held_against(target_of("programme_entered:plots", 2016, 16)).probability, 0);
  enter(4, 1, std::nan(""), 12);
  EXPECT_EQ(held_against(target_of("programme_entered:everyone", 2016, 13)).probability, 0);
  EXPECT_EQ(held_against(target_of("programme_entered:everyone", 2016, 12)).probability, 1);
}

TEST_F(Targets, InASampleWhatStaysEmptyIsScaledUp) {
  const Target plots = target_of("programme_entered:plots", 2016, 15);
  enter(1, 1, 8, 3);  // half of 15 places: eight
  EXPECT_EQ(held_against(plots, 0.5).probability, 1);
  EXPECT_EQ(held_against(plots, 0.5).median, 6);
  EXPECT_EQ(held_against(plots, 0.5).allowance, 9);
  enter(1, 1, 8, 2);
  EXPECT_EQ(held_against(plots, 0.5).probability, 0);
  const Target posts = target_of("programme_entered:posts", 2016, 15);
  enter(3, 1, 7, 7);  // rounded down: all that there are
  EXPECT_EQ(held_against(posts, 0.5).probability, 1);
  EXPECT_EQ(held_against(posts, 0.5).allowance, 1);
  enter(3, 1, 7, 6);
  EXPECT_EQ(held_against(posts, 0.5).probability, 0);
}

TEST_F(Targets, OtherComparisonsAllowNothing) {
  set("register_persons", 1, 1, 10);
  for (const double value : {9.0, 10.0}) {
    EXPECT_EQ(held_against(target_of("register_persons", 2016, value, "at_most")).probability, value >= 10);
    EXPECT_TRUE(std::isnan(held_against(target_of("register_persons", 2016, value, "at_most")).allowance));
  }
  EXPECT_EQ(held_against(target_of("register_persons", 2016, 11, "about")).probability, 1);
  EXPECT_EQ(held_against(target_of("register_persons", 2016, 12, "about")).probability, 0);
}

TEST_F(Targets, ARateIsOfItsOwnBase) {
  set("register_persons", 1, 1, 3);
  set("register_rate", 1, 1, 3 / 21.0);
  Target target = target_of("register_rate", 2016, 0.15, "at_most");
  EXPECT_EQ(held_against(target).median, 3 / 21.0);
  EXPECT_EQ(held_against(target).probability, 1);
  target.base = 12;
  EXPECT_EQ(held_against(target).median, 0.25);
  EXPECT_EQ(held_against(target).probability, 0);
  EXPECT_EQ(held_against(target, 0.5).median, 0.5);  // a sample's three stand for six, the base is of the whole
}

TEST_F(Targets, ThatTheRunCannotAnswerSaySo) {
  EXPECT_EQ(held_against(target_of("programme_entered:elsewhere", 2016, 1)).note, "not in this run");
  EXPECT_EQ(held_against(target_of("programme_entered:unheard_of", 2016, 1)).note, "not in this run");
  EXPECT_EQ(held_against(target_of("fall_in_poverty_lost:ecology", 2016, 1)).note, "needs --leave-out-batches");
  EXPECT_EQ(held_against(target_of("fall_in_poverty_lost:ecology", 2016, 1), 1, 0).note, "");  // has no such batch
  EXPECT_EQ(held_against(target_of("fall_in_poverty_lost:roads", 2016, 1)).note, "not in this run");
  enter(3, 1, 15, 15);
  EXPECT_EQ(held_against(target_of("programme_entered:posts", 2016, 15)).note, "");
  EXPECT_EQ(held_against(target_of("programme_entered:posts", 2016, 15), 1, 0).note, "");
}

TEST_F(Targets, WhoseFigureWasNotAskedForSaySo) {
  record(shipped_figures().only({"register_rate", "programmes/entered_units", "exits_gross"}));
  Target rate = target_of("register_rate", 2016, 0.15, "at_most");
  set("register_rate", 1, 1, 0.1);
  EXPECT_EQ(held_against(rate).note, "");
  EXPECT_EQ(held_against(rate).probability, 1);
  rate.base = 12;  // of a base of its own, persons are read
  for (const Target& target : {rate, target_of("register_persons", 2016, 10, "at_most"),
                               target_of("programme_entered:plots", 2016, 15)}) {  // needs the places, too
    EXPECT_EQ(held_against(target).note, "figure not asked for") << target.measure;
    EXPECT_TRUE(std::isnan(held_against(target).probability)) << target.measure;
    EXPECT_TRUE(std::isnan(held_against(target).median)) << target.measure;
  }
  EXPECT_EQ(held_against(target_of("programme_entered:unheard_of", 2016, 1)).note, "not in this run");
}

TEST_F(Targets, AMeasureFromOutsideIsReadLikeTheOthers) {
  measures_.push_back({"entries_cumulative", "persons", "", "entries", true});
  measures_.push_back({"households_paid", "yuan", "programme", "programmes/to_households"});
  set("entries", 1, 0, 4);
  set("entries", 1, 1, 5);
  set("entries", 1, 2, 6);
  EXPECT_EQ(held_against(target_of("entries_cumulative", 2016, 9)).median, 9);
  EXPECT_EQ(held_against(target_of("entries_cumulative", 2016, 9.5)).probability, 0);
  set("programmes/to_households", 1, 1, 700, 0, 3, 6);
  EXPECT_EQ(held_against(target_of("households_paid:posts", 2016, 700), 0.5).median, 1400);
  EXPECT_EQ(held_against(target_of("households_paid:elsewhere", 2016, 700)).note, "not in this run");
}

}  // namespace
}  // namespace tuopin
