// The table of figures: what its rows say, figures that a program brings itself, and runs that record only some.
#include "models/measures/figure.hpp"
#include "models/measures/formulas.hpp"
#include "models/measures/recorder.hpp"
#include "models/population/synthesis.hpp"
#include "models/run/ensemble.hpp"

#include <gmock/gmock.h>

#include <bit>
#include <cmath>

#include "tests/models/worlds.hpp"

namespace tuopin::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

RunPlan hamlet_plan() {
  RunPlan plan;
  std::vector<Problem> problems;
  for (const char* name : {"baseline.toml", "plan.toml"})
    plan.scenarios.push_back(load_scenario(hamlet / name, problems));
  EXPECT_TRUE(problems.empty());
  SynthesisReport report;
  plan.populations = {
      std::make_shared<const Population>(synthesize(synthesis_input(*plan.scenarios[0].region, problems), 0, report))};
  plan.draws = 2;
  plan.leave_out_draws = 1;
  return plan;
}

Study run(const RunPlan& plan) {
  RunRecord record;
  return run_ensemble(plan, {}, StopFlag{}, record);
}

const Variable* find(const Study& study, const std::string& name) {
  for (const Variable& v : study.variables)
    if (v.name == name) return &v;
  return nullptr;
}

std::vector<std::uint64_t> bits(const Variable& variable) {
  std::vector<std::uint64_t> all;
  for (const double v : std::get<std::vector<double>>(variable.values)) all.push_back(std::bit_cast<std::uint64_t>(v));
  return all;
}

std::string refusal(const RunPlan& plan) {
  try {
    check_plan(plan);
  } catch (const UsageError& error) {
    return error.what();
  }
  return "";
}

TEST(FigureTable, EveryRowSaysWhatItIs) {
  for (const Figure& figure : shipped_figures().rows()) {
    EXPECT_FALSE(figure.unit.empty()) << figure.full_name();
    EXPECT_FALSE(figure.meaning.empty()) << figure.full_name();
    EXPECT_TRUE(std::any_of(figure.meaning_zh.begin(), figure.meaning_zh.end(), [](char c) { return c < 0; }))
        << figure.full_name();
    EXPECT_GE(figure.known.lag, 0);
    EXPECT_LE(figure.known.lag, figure.known.years_before) << figure.full_name();
  }
}

TEST(FigureTable, ANameStandsOnce) {
  FigureTable table = shipped_figures();
  EXPECT_THROW(table.add(*table.find("ledger/paid")), std::logic_error);
  EXPECT_EQ(table.find("paid"), nullptr);
}

TEST(FigureTable, SomeAloneInTheTablesOrder) {
  const FigureTable some = shipped_figures().only({"ledger/paid", "gini"});
  EXPECT_THAT(some.names(), ElementsAre("gini", "ledger/paid"));
}

TEST(FigureTable, WhatIsNotThereIsRefusedWithTheNearestName) {
  RunPlan plan = hamlet_plan();
  plan.figures = {"povert_rate", "gini", "ledger/payd"};
  const std::string text = refusal(plan);
  EXPECT_THAT(text, HasSubstr("did you mean \"poverty_rate\"?"));
  EXPECT_THAT(text, HasSubstr("did you mean \"ledger/paid\"?"));
  EXPECT_THAT(text, ::testing::Not(HasSubstr("gini")));
}

TEST(FigureTable, FiguresOfBatchesNeedRunsWithoutThem) {
  RunPlan plan = hamlet_plan();
  plan.figures = {"batches/spending"};
  EXPECT_EQ(refusal(plan), "");
  plan.leave_out_draws = 0;
  EXPECT_THAT(refusal(plan), HasSubstr("ask for --leave-out-batches"));
}

TEST(FiguresAsked, AreThoseOfTheFullRunAndNothingElse) {
  RunPlan plan = hamlet_plan();
  const Study full = run(plan);
  plan.figures = {"poverty_rate", "true_exits_out_one_year", "programmes/places", "ledger/amount",
                  "batches/fall_in_poverty_lost"};
  const Study some = run(plan);
  for (const std::string& name : plan.figures) {
    ASSERT_NE(find(some, name), nullptr) << name;
    EXPECT_EQ(bits(*find(some, name)), bits(*find(full, name))) << name;
    EXPECT_EQ(find(some, name)->dimensions, find(full, name)->dimensions) << name;
  }
  std::size_t recorded = 0;
  for (const Variable& v : some.variables) recorded += shipped_figures().find(v.name) != nullptr;
  EXPECT_EQ(recorded, plan.figures.size());
  EXPECT_EQ(some.attributes.at("hash_state"), full.attributes.at("hash_state"));
  EXPECT_EQ(std::get<std::string>(some.attributes.at("figures")),
            "poverty_rate,true_exits_out_one_year,programmes/places,ledger/amount,batches/fall_in_poverty_lost");
  EXPECT_FALSE(full.attributes.contains("figures"));
}

TEST(FiguresAsked, TakeTheirOwnMemoryAlone) {
  RunPlan plan = hamlet_plan();
  const double all = result_bytes(plan);
  plan.figures = {"gini"};
  const Region& region = *plan.scenarios[0].region;
  const double years = region.last_year - region.base_year + 1;
  const double places = 1 + static_cast<double>(region.counties.size());
  EXPECT_EQ(result_bytes(plan), 8.0 * 2 * plan.draws * years * places * concepts);  // of two scenarios
  EXPECT_LT(result_bytes(plan), all / 20);
}

// --- figures of a program that is not this one ---

/// Households a person: nothing that the program records.
double households_a_person(const YearFacts& f, const At& at) {
  return ratio(f.sums(at).households, f.sums(at).persons);
}

TEST(FiguresFromOutside, StandInTheStudyLikeTheOthers) {
  RunPlan plan = hamlet_plan();
  const Study plain = run(plan);
  Catalogue catalogue = shipped_catalogue();
  FigureTable& known = catalogue.figures;
  plan.catalogue = &catalogue;
  known.add(Dimension{"multiple", std::vector<double>{1, 10, 100}, "1", "multiples 倍数"});
  known.add(Figure{"", "households_a_person", {}, "1", "households a person", "人均户数", households_a_person});
  known.add(Figure{"outside",
                   "spent_so_many_times",
                   {"multiple"},
                   "yuan",
                   "spending, multiplied",
                   "支出的倍数",
                   [](const YearFacts& f, const At& at) {
                     const double factor = at.own == 0 ? 1 : at.own == 1 ? 10 : 100;
                     return factor * yuan(f.declared_or_zero("safety_net_fen", at) + f.spent_on_programmes(at));
                   }});
  known.add(Figure{"outside",
                   "fen_a_person",
                   {},
                   "fen",
                   "spent on the batch by person who entered",
                   "人均支出（分）",
                   [](const LeftOutFacts& f, const At&) { return ratio(f.spent_fen, f.entered_persons); }});
  const Study study = run(plan);
  for (const Variable& v : plain.variables)  // what was there before is as it was
    if (shipped_figures().find(v.name)) {
      EXPECT_EQ(bits(*find(study, v.name)), bits(v)) << v.name;
    }
  EXPECT_EQ(study.attributes.at("hash_state"), plain.attributes.at("hash_state"));

  const Population& people = *plan.populations[0];
  const double expected = static_cast<double>(people.households.rows()) / static_cast<double>(people.persons.rows());
  const Variable& households = *find(study, "households_a_person");
  EXPECT_EQ(households.unit, "1");
  EXPECT_THAT(households.dimensions, ElementsAre("scenario", "draw", "replicate", "year", "place"));
  EXPECT_EQ(std::get<std::vector<double>>(households.values).front(), expected);

  const Variable& times = *find(study, "outside/spent_so_many_times");
  EXPECT_THAT(times.dimensions, ElementsAre("scenario", "draw", "replicate", "year", "place", "multiple"));
  const auto& spent = std::get<std::vector<double>>(find(study, "spending")->values);
  const auto& multiples = std::get<std::vector<double>>(times.values);
  ASSERT_EQ(multiples.size(), 3 * spent.size());
  for (std::size_t i = 0; i < spent.size(); ++i) {
    EXPECT_EQ(multiples[3 * i], spent[i]);
    EXPECT_EQ(multiples[3 * i + 2], 100 * spent[i]);
  }
  EXPECT_TRUE(std::any_of(study.dimensions.begin(), study.dimensions.end(),
                          [](const Dimension& d) { return d.name == "multiple" && d.size() == 3; }));
  const auto& a_person = std::get<std::vector<double>>(find(study, "outside/fen_a_person")->values);
  EXPECT_TRUE(std::any_of(a_person.begin(), a_person.end(), [](double v) { return v > 0; }));

  plan.figures = {"outside/fen_a_person"};  // asked for by name like any other
  EXPECT_EQ(bits(*find(run(plan), "outside/fen_a_person")), bits(*find(study, "outside/fen_a_person")));
}

/// A recorder of one scenario, draw and year with two counties.
RecordShape small_shape() {
  RecordShape shape;
  shape.scenarios = {"one"};
  shape.first_year = shape.last_year = 2015;
  shape.places = {"whole", "east", "west"};
  shape.accounts.programmes = shape.accounts.funds = {"safety_net"};
  return shape;
}

TEST(FiguresFromOutside, ReadSumsThatAMechanismDeclares) {
  const auto declared = std::make_shared<DeclaredSums>();
  const SumHandle ill = declared->declare({"ill_days", "days"});
  FigureTable table;
  table.add(Figure{"", "ill_days", {}, "days", "days of illness", "患病天数", [](const YearFacts& f, const At& at) {
                     return f.declared("ill_days", at);
                   }});
  Recorder recorder(small_shape(), table);
  recorder.allocate();
  recorder.begin(0, 0);
  YearResult result;
  result.places.resize(2);
  result.places[0].add(ill, 3);
  result.places[1].add(ill, 4);
  recorder.record(0, 0, 0, 2015, result, {}, Lines{});
  EXPECT_TRUE(std::isnan(recorder.recorded("ill_days").values[0]));  // a scenario without the mechanism
  result.declared = declared;
  recorder.record(0, 0, 0, 2015, result, {}, Lines{});
  EXPECT_THAT(recorder.recorded("ill_days").values, ElementsAre(7, 3, 4));
}

TEST(FiguresFromOutside, CannotStandOverWhatIsNotThere) {
  const auto with = [](std::vector<std::string> dimensions) {
    FigureTable table;
    table.add(Dimension{"crop", std::vector<std::string>{"rice"}, "", "crop 作物"});
    table.add(Figure{"", "sold", std::move(dimensions), "kg", "sold", "出售", households_a_person});
    return table;
  };
  EXPECT_NO_THROW(Recorder(small_shape(), with({"crop"})));
  EXPECT_THROW(Recorder(small_shape(), with({"village"})), std::logic_error);
  EXPECT_THROW(Recorder(small_shape(), with({"crop", "crop"})), std::logic_error);
  EXPECT_THROW(Recorder(small_shape(), with({"draw"})), std::logic_error);
}

}  // namespace
}  // namespace tuopin::testing
