#include "models/main/new_region_template.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "engine/base/wrapped_text.hpp"
#include "engine/settings/settings_text.hpp"
#include "engine/settings/units.hpp"
#include "models/main/language.hpp"
#include "models/scenario/margin_names.hpp"
#include "models/scenario/tables.hpp"

namespace tuopin {

namespace {

/// Excel reads a table as UTF-8 only where it begins with this.
constexpr const char* byte_order_mark = "\xEF\xBB\xBF";
constexpr MessageId judgement = msgid("assumption: judgement of the template");
constexpr MessageId to_be_said = msgid("to be said: where the figure was read");
constexpr std::size_t line_width = 120;

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

/// `2025 = 100, 2026 = 100, …` for so many years after the base year.
std::string each_year(const NewRegion& region, int years, const char* value) {
  std::string text;
  for (int year = region.base_year + 1; year <= region.base_year + years; ++year)
    text += fmt::format("{}{} = {}", text.empty() ? "" : ", ", year, value);
  return text;
}

/// The files of a region, with comments, sources, units and notes in one language, and titles in both.
class Template {
 public:
  Template(const NewRegion& region, const std::string& language)
      : region_(region), translation_(translation_into(language)) {}

  std::string counties_csv() const {
    std::string text = std::string(byte_order_mark) + "id,name,name_zh,level,parent\n";
    text += csv_row({region_.whole.id, region_.whole.name, region_.whole.name_zh, "prefecture", ""});
    for (const Place& county : region_.counties)
      text += csv_row({county.id, county.name, county.name_zh, "county", region_.whole.id});
    return text;
  }

  std::string margins_csv() const;
  std::string lines_csv() const;
  std::string region_toml() const;
  std::string baseline_toml() const;
  std::string plan_toml() const;
  std::string posts_toml() const;

 private:
  std::string say(const Message& message) const { return message.said(translation_); }
  std::string unit(const std::string& name) const { return say(unit_in_words(name)); }

  /// Lines that begin with `#`.
  std::string comment(const Message& message) const {
    std::string text;
    for (const std::string& line : wrapped(say(message), line_width - 2)) text += "# " + line + "\n";
    return text;
  }

  /// English files give the meaning in both languages.
  Message meaning_of(const RowField& field) const {
    return Message::in_both(field.meaning.en + " / " + field.meaning.zh, field.meaning.zh);
  }

  /// In both languages, for tables and charts.
  static std::string title(const Message& text) {
    return fmt::format("{{ en = {}, zh = {} }}", in_quotes(text.english()),
                       in_quotes(text.said(translation_into("zh"))));
  }
  Message name() const {
    const Place& whole = region_.whole;
    return Message::in_both(whole.name, whole.name_zh.empty() ? whole.name : whole.name_zh);
  }

  /// A number of a scenario file that the template assumes.
  std::string assumed_number(const char* value, const char* in_unit, const char* range) const {
    return fmt::format(R"({{ value = {}, unit = "{}", range = [{}], source = "{}", grade = "D" }})", value,
                       unit(in_unit), range, say(judgement));
  }

  const NewRegion& region_;
  const Translation& translation_;
};

std::string Template::margins_csv() const {
  const std::string year = std::to_string(region_.base_year);
  std::string text = std::string(byte_order_mark) + "name,place,value,unit,year,source,status,low,high,note\n";
  const auto ask = [&](const RowField& field, const std::string& place) {
    text += csv_row({field.name, place, "?", unit(field.unit), year, say(to_be_said), "assumption", "", "",
                     say(message("to be filled in: {}", meaning_of(field)))});
  };
  for (const RowField& field : margins_table().rows) {
    if (is_among(asked_by_county, field.name))
      for (const Place& county : region_.counties) ask(field, county.id);
    else if (is_among(asked_of_region, field.name))
      ask(field, region_.whole.id);
    for (const AssumedMargin& assumed : assumed_margins)
      if (assumed.name == field.name)
        text +=
            csv_row({field.name, region_.whole.id, assumed.value, unit(field.unit), year, say(judgement), "assumption",
                     assumed.low, assumed.high, say(message("assumed, grade D: {}", meaning_of(field)))});
  }
  return text;
}

std::string Template::lines_csv() const {
  std::string text = std::string(byte_order_mark) + "name,year,value,unit,source,status,low,high,note\n";
  for (const RowField& field : lines_table().rows)
    if (!field.shown_only)
      text += csv_row({field.name, std::to_string(region_.base_year), "?", unit(field.unit), say(to_be_said),
                       "assumption", "", "",
                       say(message("to be filled in: {}; it holds for later years, too, unless they get rows of their "
                                   "own",
                                   meaning_of(field)))});
  return text;
}

std::string Template::region_toml() const {
  return comment(message("Cells marked ? in margins.csv and lines.csv are to be filled in, with their sources: `tuopin "
                         "check` lists them. All other numbers are assumptions of grade D, by no evidence of this "
                         "region: replace them as evidence is found.")) +
         fmt::format(R"(title          = {}
synthesis_seed = 1
populations    = 5
base_year      = {}
last_year      = {}
# groups       = ["…", "…"]   # {}

[files]
counties = "counties.csv"
margins  = "margins.csv"
lines    = "lines.csv"
)",
                     title(name()), region_.base_year, region_.last_year,
                     say(message("groups of persons, at most three, each with a row of its name in margins.csv")));
}

std::string Template::baseline_toml() const {
  std::string text = comment(
      message("Without any programme. Every number is an assumption of grade D: replace it as evidence is found."));
  text += fmt::format("title      = {}\nregion     = \"region/region.toml\"\nprogrammes = []\n",
                      title(message("{}: without a plan", name())));
  const auto section = [&](const char* heading) { text += fmt::format("\n[{}]\n", heading); };
  const auto number = [&](const char* key, const char* value, const char* in_unit, const char* range) {
    text += fmt::format("{} = {}\n", key, assumed_number(value, in_unit, range));
  };
  section("growth");
  text +=
      comment(message("at prices of the base year, as long as the lines of region/lines.csv stay as in the base year"));
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
  number("days_per_worker", "249", "days/year", "220, 270");
  number("partial_ability", "0.5", "share", "0.3, 0.7");
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

std::string Template::plan_toml() const {
  return comment(message("The plan: what is added to the baseline. Its money and places are examples: put in those of "
                         "the plan's document.")) +
         fmt::format(R"(extends    = "baseline.toml"
title      = {}
programmes = ["posts"]

[funds.county]
title   = {}
by_year = {{ {} }}
source  = "{}"
grade   = "D"
)",
                     title(message("{}: with the plan", name())), title(message("County funds")),
                     each_year(region_, region_.last_year - region_.base_year, "2_500_000"), say(judgement));
}

std::string Template::posts_toml() const {
  return comment(message("Public posts for registered households, three years each. An example: copy it for each "
                         "programme of the plan.")) +
         fmt::format(R"toml(title    = {}
batch    = "ecology"
window   = [{}, {}]
unit     = "person"
eligible = "household.registered and work_ability >= partial and age >= 18 and age <= 65 and not away"

[evidence]
grade  = "D"
source = "{}"

[score]   # {}
expression = "-log(household.measured_income / line)"
noise_sd   = {}

[capacity]   # {}
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
                     title(message("Public posts")), region_.base_year + 1, region_.base_year + 3, say(judgement),
                     say(message("the poorest first, ranked with an error")),
                     assumed_number("1.0", "standard deviations", "0.6, 1.5"),
                     say(message("places of each year, shared by the counties' registered poor")),
                     each_year(region_, 3, "100"), say(judgement),
                     assumed_number("8_000", "yuan/year", "6_000, 10_000"),
                     assumed_number("120", "days/year", "90, 150"), assumed_number("0.05", "share/year", "0.02, 0.1"),
                     assumed_number("0.02", "share", "0.01, 0.05"));
}

}  // namespace

std::vector<std::pair<std::string, std::string>> files_of(const NewRegion& region, const std::string& language) {
  const Template files(region, language);
  return {{"region/region.toml", files.region_toml()},  {"region/counties.csv", files.counties_csv()},
          {"region/margins.csv", files.margins_csv()},  {"region/lines.csv", files.lines_csv()},
          {"baseline.toml", files.baseline_toml()},     {"plan.toml", files.plan_toml()},
          {"programmes/posts.toml", files.posts_toml()}};
}

}  // namespace tuopin
