// The names of the margins that the synthesis reads; units, bounds and places are in margins_table.cpp. To rename a
// margin, change it here only.
#pragma once

#include <cstddef>
#include <string_view>

namespace tuopin::margin {

// Totals: if counties have no numbers of their own, the region's number is distributed over them.
inline constexpr std::string_view persons = "register_population";  // persons, migrants included
inline constexpr std::string_view households = "households";        // households
inline constexpr std::string_view villages = "villages";            // villages
inline constexpr std::string_view poor_villages = "poor_villages";  // villages
inline constexpr std::string_view registered = "registered_poor";   // persons
inline constexpr std::string_view forest_mu = "forest_mu";          // mu
inline constexpr std::string_view forest_households = "forest_households";
inline constexpr std::string_view forest_villages = "forest_villages";

// Shares of households: by size (the last class means seven and over), and others.
inline constexpr std::string_view size_prefix = "household_size_";  // household_size_1 … household_size_7
inline constexpr std::string_view hazard = "hazard_household_share";
inline constexpr std::string_view housing_unsafe = "housing_unsafe";
inline constexpr std::string_view water_unsafe = "water_unsafe";
inline constexpr std::string_view schooling_unmet = "schooling_unmet";
inline constexpr std::string_view medical_unmet = "medical_unmet";

// Shares of persons.
inline constexpr std::string_view child = "age_0_15";
inline constexpr std::string_view adult = "age_16_59";
inline constexpr std::string_view elder = "age_60_plus";
inline constexpr std::string_view male = "male";
inline constexpr std::string_view able = "able_worker";
inline constexpr std::string_view away = "away_worker";
inline constexpr std::string_view in_school = "in_school";
inline constexpr std::string_view partial = "work_ability_partial";  // of 16 and over
inline constexpr std::string_view none = "work_ability_none";        // of 16 to 65
// Groups of persons: a region names its own (`groups` in its file); a margin each, the rest is other.
inline constexpr std::size_t most_groups = 3;

// Income and land.
inline constexpr std::string_view true_poverty_rate = "true_poverty_rate";  // share of persons
inline constexpr std::string_view mean_income = "mean_income";              // yuan/year per head
inline constexpr std::string_view relative_income = "relative_income";      // of the region's mean, by county
inline constexpr std::string_view share_wage = "share_wage";                // shares of market income
inline constexpr std::string_view share_business = "share_business";
inline constexpr std::string_view share_property = "share_property";
inline constexpr std::string_view share_transfer = "share_transfer";
inline constexpr std::string_view stream_share_sd = "stream_share_sd";         // log
inline constexpr std::string_view arable_per_person = "arable_mu_per_person";  // mu

// Standard deviations and correlations. Those below "May be left out" are zero if not given.
inline constexpr std::string_view village_correlation = "village_intraclass_correlation";

// May be left out.
inline constexpr std::string_view largest_size_mean = "household_size_7_plus_mean";  // persons; absent: seven
inline constexpr std::string_view village_size_sd = "village_size_sd";               // log
inline constexpr std::string_view arable_sd = "arable_mu_sd";                        // log
inline constexpr std::string_view forest_sd = "forest_mu_sd";                        // log
inline constexpr std::string_view wage_lowest_fifth = "share_wage_lowest_fifth";     // shares of income, of fifths of
inline constexpr std::string_view business_lowest_fifth = "share_business_lowest_fifth";  // persons by income
inline constexpr std::string_view wage_highest_fifth = "share_wage_highest_fifth";
inline constexpr std::string_view business_highest_fifth = "share_business_highest_fifth";
inline constexpr std::string_view permanent_sd = "permanent_income_sd";                      // log
inline constexpr std::string_view size_correlation = "correlation_size_income";              // with permanent income
inline constexpr std::string_view labour_correlation = "correlation_labour_income";          // with permanent income
inline constexpr std::string_view remoteness_correlation = "correlation_remoteness_income";  // with permanent income
inline constexpr std::string_view guarantee_correlation = "correlation_guarantee_income";    // with permanent income
inline constexpr std::string_view hazard_correlation = "correlation_hazard_remoteness";
inline constexpr std::string_view forest_correlation = "correlation_forest_remoteness";
inline constexpr std::string_view poor_village_correlation =
    "correlation_poor_village_income";                                           // negative: the poorer are designated
inline constexpr std::string_view wage_correlation = "correlation_wage_labour";  // of streams
inline constexpr std::string_view ethnic_correlation = "ethnic_intraclass_correlation";  // intraclass

/// Margins that must be of the base year (its end), because lines, growth and the first register start from them. All
/// other margins change slowly, so figures of a nearby year are accepted and listed in the report.
inline constexpr std::string_view of_base_year[] = {true_poverty_rate, mean_income, registered};

}  // namespace tuopin::margin
