// Invented regions for the tests of the synthesis.
#pragma once

#include <string>
#include <utility>

#include "models/population/synthesis.hpp"

namespace tuopin::testing {

inline void put(SynthesisInput& input, std::string name, std::string place, double value,
                Status status = Status::derived, double low = 0, double high = 0) {
  Margin margin{std::move(name), std::move(place), value, "1", "invented", status, low, high, {"margins.csv", 1, 0}};
  if (low >= high) margin.low = margin.high = value;
  input.margins.set(margin);
}

/// Everything but places and totals.
inline void put_shares(SynthesisInput& input) {
  const std::pair<const char*, double> shares[] = {{"household_size_1", .055},
                                                   {"household_size_2", .135},
                                                   {"household_size_3", .2041},
                                                   {"household_size_4", .24},
                                                   {"household_size_5", .1759},
                                                   {"household_size_6", .113},
                                                   {"household_size_7", .077},
                                                   {"household_size_7_plus_mean", 7.6},
                                                   {"age_0_15", .21},
                                                   {"age_16_59", .64},
                                                   {"age_60_plus", .15},
                                                   {"male", .51},
                                                   {"able_worker", .62},
                                                   {"away_worker", .28},
                                                   {"in_school", .165},
                                                   {"work_ability_partial", .06},
                                                   {"work_ability_none", .04},
                                                   {"tujia", .43},
                                                   {"miao", .33},
                                                   {"han", .23},
                                                   {"hazard_household_share", .25},
                                                   {"true_poverty_rate", .21},
                                                   {"mean_income", 6648},
                                                   {"share_wage", .34},
                                                   {"share_business", .42},
                                                   {"share_property", .012},
                                                   {"share_transfer", .228},
                                                   {"stream_share_sd", .6},
                                                   {"arable_mu_per_person", 1.2},
                                                   {"housing_unsafe", .13},
                                                   {"water_unsafe", .15},
                                                   {"schooling_unmet", .02},
                                                   {"medical_unmet", .08},
                                                   {"village_intraclass_correlation", .25},
                                                   {"correlation_size_income", -.15},
                                                   {"correlation_labour_income", .25},
                                                   {"correlation_guarantee_income", .25},
                                                   {"correlation_remoteness_income", -.3},
                                                   {"correlation_poor_village_income", -.5},
                                                   {"village_size_sd", .45}};
  for (const auto& [name, value] : shares) put(input, name, input.whole.id, value);
}

/// 24,240 persons in 6,000 households, 60 villages and two counties.
inline SynthesisInput two_counties() {
  SynthesisInput input;
  input.whole = {"valley", "Valley", "河谷", "prefecture", ""};
  input.counties = {{"north", "North", "北县", "county", "valley"}, {"south", "South", "南县", "county", "valley"}};
  input.margins = Margins("valley", {"tujia", "miao", "han"});
  input.seed = 7;
  put_shares(input);
  put(input, "register_population", "valley", 24240);
  put(input, "register_population", "north", 9000);
  put(input, "register_population", "south", 15000);  // scaled to the whole
  put(input, "households", "valley", 6000);
  put(input, "villages", "valley", 60);
  put(input, "poor_villages", "valley", 36);
  put(input, "registered_poor", "valley", 5050);
  put(input, "registered_poor", "north", 3000);
  put(input, "registered_poor", "south", 2001);
  put(input, "forest_villages", "valley", 50);
  put(input, "forest_households", "valley", 2500);
  put(input, "forest_mu", "valley", 70000);
  put(input, "relative_income", "north", .9);
  put(input, "relative_income", "south", 1.06);
  put(input, "permanent_income_sd", "valley", .558);
  put(input, "age_60_plus", "south", .17);  // a county's own share
  return input;
}

/// 240 persons in 60 households, 3 villages and one county.
inline SynthesisInput hamlet() {
  SynthesisInput input;
  input.whole = {"hamlet", "Hamlet", "小村", "prefecture", ""};
  input.counties = {{"brook", "Brook", "溪口", "county", "hamlet"}};
  input.margins = Margins("hamlet", {"tujia", "miao", "han"});
  input.seed = 1;
  put_shares(input);
  const std::pair<const char*, double> totals[] = {
      {"register_population", 240}, {"households", 60},     {"villages", 3},           {"poor_villages", 2},
      {"registered_poor", 60},      {"forest_villages", 2}, {"forest_households", 20}, {"forest_mu", 500}};
  for (const auto& [name, value] : totals) put(input, name, "hamlet", value);
  return input;
}

}  // namespace tuopin::testing
