#include "models/main/new_region_template.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "engine/settings/settings_text.hpp"
#include "models/scenario/margin_names.hpp"
#include "models/scenario/tables.hpp"

namespace tuopin {

namespace {

/// Excel reads a table as UTF-8 only where it begins with this.
constexpr const char* byte_order_mark = "\xEF\xBB\xBF";
constexpr const char* judgement = "assumption: judgement of the template";
constexpr const char* to_be_said = "to be said: where the figure was read";

/// A margin that the template assumes, with 5% and 95% points; no range where both are empty.
struct AssumedMargin {
  std::string_view name;
  const char *value, *low, *high;
};

constexpr AssumedMargin assumed_margins[] = {{"household_size_1", "0.1", "0.07", "0.14"},
                                             {"household_size_2", "0.22", "0.18", "0.26"},
                                             {"household_size_3", "0.22", "0.18", "0.26"},
                                             {"household_size_4", "0.2", "0.16", "0.24"},
                                             {"household_size_5", "0.13", "0.1", "0.16"},
                                             {"household_size_6", "0.08", "0.05", "0.11"},
                                             {"household_size_7", "0.05", "0.03", "0.08"},
                                             {margin::largest_size_mean, "7.6", "7.3", "8"},
                                             {margin::child, "0.19", "0.17", "0.21"},
                                             {margin::adult, "0.61", "0.59", "0.63"},
                                             {margin::elder, "0.2", "0.18", "0.22"},
                                             {margin::male, "0.51", "0.5", "0.52"},
                                             {margin::able, "0.55", "0.52", "0.57"},
                                             {margin::away, "0.22", "0.15", "0.3"},
                                             {margin::in_school, "0.15", "0.14", "0.16"},
                                             {margin::partial, "0.06", "0.04", "0.09"},
                                             {margin::none, "0.03", "0.02", "0.04"},
                                             {margin::forest_villages, "0", "", ""},
                                             {margin::forest_mu, "0", "", ""},
                                             {margin::forest_households, "0", "", ""},
                                             {margin::hazard, "0.05", "0.02", "0.1"},
                                             {margin::housing_unsafe, "0.05", "0.02", "0.1"},
                                             {margin::water_unsafe, "0.05", "0.02", "0.1"},
                                             {margin::schooling_unmet, "0.01", "0.005", "0.02"},
                                             {margin::medical_unmet, "0.03", "0.01", "0.06"},
                                             {margin::share_wage, "0.4", "0.33", "0.47"},
                                             {margin::share_business, "0.36", "0.3", "0.43"},
                                             {margin::share_property, "0.02", "0.01", "0.03"},
                                             {margin::share_transfer, "0.22", "0.17", "0.28"},
                                             {margin::stream_share_sd, "0.6", "0.3", "0.9"},
                                             {margin::arable_per_person, "1.2", "0.8", "1.8"},
                                             {margin::village_correlation, "0.25", "0.1", "0.35"},
                                             {margin::village_size_sd, "0.45", "0.3", "0.6"},
                                             {margin::arable_sd, "0.5", "0.35", "0.7"},
                                             {margin::permanent_sd, "0.55", "0.5", "0.6"},
                                             {margin::size_correlation, "-0.15", "-0.25", "-0.05"},
                                             {margin::labour_correlation, "0.25", "0.1", "0.4"},
                                             {margin::guarantee_correlation, "0.25", "0.1", "0.4"},
                                             {margin::remoteness_correlation, "-0.3", "-0.5", "-0.1"},
                                             {margin::hazard_correlation, "0.5", "0.2", "0.8"},
                                             {margin::poor_village_correlation, "-0.5", "-0.8", "-0.2"},
                                             {margin::wage_correlation, "0.3", "0.1", "0.5"}};

/// Margins that cannot be assumed and must be filled in, by county or for the whole region.
constexpr std::string_view asked_by_county[] = {margin::persons, margin::households, margin::villages,
                                                margin::registered};
constexpr std::string_view asked_of_region[] = {margin::poor_villages, margin::true_poverty_rate, margin::mean_income};

bool is_among(std::span<const std::string_view> names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::string csv_cell(const std::string& text) {
  if (text.find_first_of(",\"\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

std::string csv_row(const std::vector<std::string>& cells) {
  std::string row;
  for (std::size_t i = 0; i < cells.size(); ++i) row += (i ? "," : "") + csv_cell(cells[i]);
  return row + "\n";
}

std::string in_both(const Text& meaning) { return meaning.en + " / " + meaning.zh; }

std::string counties_csv(const NewRegion& region) {
  std::string text = std::string(byte_order_mark) + "id,name,name_zh,level,parent\n";
  text += csv_row({region.whole.id, region.whole.name, region.whole.name_zh, "prefecture", ""});
  for (const Place& county : region.counties)
    text += csv_row({county.id, county.name, county.name_zh, "county", region.whole.id});
  return text;
}

std::string margins_csv(const NewRegion& region) {
  const std::string year = std::to_string(region.base_year);
  std::string text = std::string(byte_order_mark) + "name,place,value,unit,year,source,status,low,high,note\n";
  const auto ask = [&](const RowField& field, const std::string& place) {
    text += csv_row({field.name, place, "?", field.unit, year, to_be_said, "assumption", "", "",
                     "to be filled in: " + in_both(field.meaning)});
  };
  for (const RowField& field : margins_table().rows) {
    if (is_among(asked_by_county, field.name))
      for (const Place& county : region.counties) ask(field, county.id);
    else if (is_among(asked_of_region, field.name))
      ask(field, region.whole.id);
    for (const AssumedMargin& assumed : assumed_margins)
      if (assumed.name == field.name)
        text += csv_row({field.name, region.whole.id, assumed.value, field.unit, year, judgement, "assumption",
                         assumed.low, assumed.high, "assumed, grade D: " + in_both(field.meaning)});
  }
  return text;
}

std::string lines_csv(const NewRegion& region) {
  std::string text = std::string(byte_order_mark) + "name,year,value,unit,source,status,low,high,note\n";
  for (const RowField& field : lines_table().rows)
    if (!field.shown_only)
      text += csv_row({field.name, std::to_string(region.base_year), "?", field.unit, to_be_said, "assumption", "", "",
                       "to be filled in: " + in_both(field.meaning) +
                           "; it holds for later years, too, unless they get rows of their own"});
  return text;
}

std::string title_of(const NewRegion& region, const char* en, const char* zh) {
  return fmt::format("{{ en = {}, zh = {} }}", in_quotes(region.whole.name + en),
                     in_quotes((region.whole.name_zh.empty() ? region.whole.name : region.whole.name_zh) + zh));
}

std::string region_toml(const NewRegion& region) {
  return fmt::format(
      R"(# Cells marked ? in margins.csv and lines.csv are to be filled in, with their sources: `tuopin check` lists them. All
# other numbers are assumptions of grade D, by no evidence of this region: replace them as evidence is found.
title          = {}
synthesis_seed = 1
populations    = 5
base_year      = {}
last_year      = {}
# groups       = ["…", "…"]   # groups of persons, at most three, each with a row of its name in margins.csv

[files]
counties = "counties.csv"
margins  = "margins.csv"
lines    = "lines.csv"
)",
      title_of(region, "", ""), region.base_year, region.last_year);
}

/// A number of a scenario file that the template assumes.
std::string assumed_number(const char* value, const char* unit, const char* range) {
  return fmt::format(R"({{ value = {}, unit = "{}", range = [{}], source = "{}", grade = "D" }})", value, unit, range,
                     judgement);
}

std::string baseline_toml(const NewRegion& region) {
  std::string text = fmt::format(
      R"(# Without any programme. Every number is an assumption of grade D: replace it as evidence is found.
title      = {}
region     = "region/region.toml"
programmes = []
)",
      title_of(region, ": without a plan", "：无规划"));
  const auto section = [&](const char* heading) { text += fmt::format("\n[{}]\n", heading); };
  const auto number = [&](const char* key, const char* value, const char* unit, const char* range) {
    text += fmt::format("{} = {}\n", key, assumed_number(value, unit, range));
  };
  section("growth");
  text += "# at prices of the base year, as long as the lines of region/lines.csv stay as in the base year\n";
  number("nominal", "0.03", "share/year", "0.0, 0.06");
  section("income");
  number("permanent_share", "0.6", "share", "0.52, 0.68");
  number("persistent_share", "0.2", "share", "0.12, 0.28");
  number("autocorrelation", "0.5", "1", "0.3, 0.7");
  number("measurement_share", "0.5", "share", "0.3, 0.7");
  section("shocks");
  number("prefecture_sd", "0.03", "log", "0.01, 0.05");
  number("county_sd", "0.04", "log", "0.02, 0.06");
  number("village_sd", "0.12", "log", "0.08, 0.16");
  section("labour");
  number("days_per_worker", "300", "days/year", "270, 320");
  number("displacement", "0.3", "share", "0.15, 0.5");
  section("safety_net");
  number("coverage", "0.5", "share", "0.3, 0.7");
  number("adequacy", "0.6", "share", "0.4, 0.8");
  number("applies_below", "1.0", "multiple of the line", "0.9, 1.2");
  number("assessment_sd", "0.4", "log", "0.25, 0.6");
  section("guarantees");
  number("housing_repair", "0.1", "share/year", "0.05, 0.2");
  number("water_repair", "0.25", "share/year", "0.15, 0.4");
  number("schooling_repair", "0.3", "share/year", "0.15, 0.5");
  number("medical_repair", "0.35", "share/year", "0.2, 0.5");
  section("measurement");
  number("mean_reversion", "0.05", "1", "0.0, 0.15");
  section("register");
  text += "line = \"administrative\"\n";
  number("detection", "0.5", "share/year", "0.3, 0.7");
  return text;
}

/// `2025 = 100, 2026 = 100, …` for so many years after the base year.
std::string each_year(const NewRegion& region, int years, const char* value) {
  std::string text;
  for (int year = region.base_year + 1; year <= region.base_year + years; ++year)
    text += fmt::format("{}{} = {}", text.empty() ? "" : ", ", year, value);
  return text;
}

std::string plan_toml(const NewRegion& region) {
  return fmt::format(
      R"(# The plan: what is added to the baseline. Its money and places are examples: put in those of the plan's document.
extends    = "baseline.toml"
title      = {}
programmes = ["posts"]

[funds.county]
title   = {{ en = "County funds", zh = "县级资金" }}
by_year = {{ {} }}
source  = "{}"
grade   = "D"
)",
      title_of(region, ": with the plan", "：有规划"),
      each_year(region, region.last_year - region.base_year, "2_500_000"), judgement);
}

std::string posts_toml(const NewRegion& region) {
  return fmt::format(
      R"toml(# Public posts for registered households, three years each. An example: copy it for each programme of the plan.
title    = {{ en = "Public posts", zh = "公益性岗位" }}
batch    = "ecology"
window   = [{}, {}]
unit     = "person"
eligible = "household.registered and work_ability >= partial and age >= 18 and age <= 65 and not away"

[evidence]
grade  = "D"
source = "{}"

[score]   # the poorest first, ranked with an error
expression = "-log(household.measured_income / line)"
noise_sd   = {}

[capacity]   # places of each year, shared by the counties' registered poor
unit    = "posts"
by      = "county"
key     = "registered_persons"
by_year = {{ {} }}
source  = "{}"

[effect.post]
verb   = "slot"
stream = "public_service_wage"
wage   = {}
days   = {}

[duration]
years   = 3
dropout = {}

[cost]
admin_share = {}
funding     = {{ county = 1.0 }}
)toml",
      region.base_year + 1, region.base_year + 3, judgement, assumed_number("1.0", "standard deviations", "0.6, 1.5"),
      each_year(region, 3, "100"), judgement, assumed_number("8_000", "yuan/year", "6_000, 10_000"),
      assumed_number("120", "days/year", "90, 150"), assumed_number("0.05", "share/year", "0.02, 0.1"),
      assumed_number("0.02", "share", "0.01, 0.05"));
}

}  // namespace

std::vector<std::pair<std::string, std::string>> files_of(const NewRegion& region) {
  return {{"region/region.toml", region_toml(region)},  {"region/counties.csv", counties_csv(region)},
          {"region/margins.csv", margins_csv(region)},  {"region/lines.csv", lines_csv(region)},
          {"baseline.toml", baseline_toml(region)},     {"plan.toml", plan_toml(region)},
          {"programmes/posts.toml", posts_toml(region)}};
}

}  // namespace tuopin
