#include "tests/fuzz/samples.hpp"

#include "models/run/load.hpp"

#include <variant>

namespace tuopin::fuzz {

namespace {

using Texts = std::vector<std::string>;
using Whole = std::vector<std::int64_t>;

/// Values 1/3, 1/4, …: no two alike.
Variable figures(const char* name, Texts dimensions, const Study& study) {
  std::size_t count = 1;
  for (const std::string& dimension : dimensions)
    for (const Dimension& d : study.dimensions)
      if (d.name == dimension) count *= d.size();
  std::vector<double> values(count);
  for (std::size_t i = 0; i < count; ++i) values[i] = 1.0 / static_cast<double>(i + 3);
  return {name, std::move(dimensions), "1", name, "", "", std::move(values)};
}

}  // namespace

Study small_study() {
  Study study;
  study.attributes = {{"title", std::string("a hamlet")},
                      {"region", std::string("hamlet")},
                      {"region_zh", std::string("小村")},
                      {"seed", std::int64_t{1}},
                      {"sample", 0.5},
                      {"persons", std::int64_t{240}},
                      {"households", std::int64_t{60}},
                      {"inputs_published", std::int64_t{1}},
                      {"inputs_derived", std::int64_t{2}},
                      {"inputs_assumption", std::int64_t{3}},
                      {"uncertainty_layers", std::string("luck; synthetic population (2 populations)")},
                      {"left_out:baseline:shocks", std::string("teaching")},
                      {"funds_unlimited", std::string("gifts")},
                      {"hash_state", std::string("0123456789abcdef")}};
  study.dimensions = {{"scenario", Texts{"baseline", "plan"}, "", ""},
                      {"draw", Whole{0, 1}, "1", ""},
                      {"replicate", Whole{0}, "1", ""},
                      {"year", Whole{2015, 2016}, "year", ""},
                      {"place", Texts{"hamlet"}, "", ""},
                      {"line", std::vector<double>{1}, "1", ""},
                      {"income", Texts{"true"}, "", ""},
                      {"target", Texts{"S001", "S002"}, "", ""},
                      {"batch", Texts{"ecology"}, "", ""},
                      {"left_out_draw", Whole{0, 1}, "1", ""},
                      {"programme", Texts{"safety_net", "posts"}, "", ""},
                      {"fund", Texts{"safety_net", "gift"}, "", ""},
                      {"standard", Texts{"statistical_line", "register_line"}, "", ""}};
  const Texts world = {"scenario", "draw", "replicate", "year", "place"};
  for (const char* name : {"persons", "spending", "perfect_information_gap", "out_of_poverty", "into_poverty",
                           "fall_in_poverty", "register_rate", "true_exits", "true_exits_out_one_year"})
    study.variables.push_back(figures(name, world, study));
  Texts with_line = world, with_income = world, with_standard = world, of_programme = world;
  with_standard.emplace_back("standard");
  of_programme.emplace_back("programme");
  with_line.insert(with_line.end(), {"line", "income"});
  with_income.emplace_back("income");
  study.variables.push_back(figures("poverty_rate", with_line, study));
  study.variables.push_back(figures("mean_income", with_income, study));
  for (const char* name : {"batches/fall_in_poverty_lost", "batches/into_poverty_lost", "batches/spending"})
    study.variables.push_back(figures(name, {"scenario", "batch", "left_out_draw", "year"}, study));
  study.variables.push_back(figures("inclusion_error", with_standard, study));
  for (const char* name : {"programmes/entered_units", "programmes/places"})
    study.variables.push_back(figures(name, of_programme, study));
  for (const char* name : {"ledger/transfer_in", "ledger/paid", "ledger/lapsed", "ledger/carried_over"})
    study.variables.push_back(figures(name, {"scenario", "draw", "replicate", "year", "fund"}, study));
  study.variables.push_back({"targets/kind", {"target"}, "", "", "", "", Texts{"outcome", ""}});
  study.variables.push_back(
      {"targets/note", {"scenario", "target"}, "", "", "", "", Texts{"not in this run", "", "a note", ""}});
  for (const char* name : {"targets/probability", "targets/median", "targets/allowance_persons"})
    study.variables.push_back(figures(name, {"scenario", "target"}, study));
  study.variables.push_back({"targets/year", {"target"}, "year", "", "", "", Whole{2016, 0}});
  study.variables.push_back(figures("targets/value", {"target"}, study));
  study.variables.push_back({"targets/measure", {"target"}, "", "", "", "", Texts{"register_rate", ""}});
  study.variables.push_back({"targets/comparison", {"target"}, "", "", "", "", Texts{"at_most", ""}});
  study.variables.push_back({"targets/name", {"target"}, "", "", "", "", Texts{"out of poverty", "roads"}});
  study.variables.push_back({"scenario_title", {"scenario"}, "", "", "", "", Texts{"without", "the plan"}});
  return study;
}

Population small_population() {
  std::vector<Problem> problems;
  const Region region =
      load_region(TUOPIN_SOURCE_DIR "/scenarios/hamlet/region/region.toml", problems, shipped_file_kinds().region);
  const SynthesisInput input = synthesis_input(region, problems);
  must(problems.empty(), "the hamlet is sound");
  SynthesisReport report;
  return synthesize(input, 0, report);
}

}  // namespace tuopin::fuzz
