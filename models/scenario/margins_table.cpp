// The single table of margins that the synthesis reads: for which places, in which unit and within which bounds.
#include <algorithm>
#include <iterator>
#include <string>

#include "models/scenario/limits.hpp"
#include "models/scenario/margin_names.hpp"
#include "models/scenario/tables.hpp"

namespace tuopin {

namespace {

constexpr const char* of_households = "share of households";
constexpr const char* of_persons = "share of persons";

RowField total_of(std::string_view name, const char* unit, Text meaning) {
  const bool counted = std::string_view(unit) != "mu";
  return {std::string(name), unit, 0, max_margin, Level::either, true, true, counted, false, std::move(meaning)};
}

RowField share_of(std::string_view name, const char* unit, Text meaning, Level level = Level::either) {
  return {std::string(name), unit, 0, 1, level, true, false, false, false, std::move(meaning)};
}

RowField spread(std::string_view name, Text meaning, bool required = false) {
  return {std::string(name), "log", 0, 10, Level::region, required, false, false, false, std::move(meaning)};
}

RowField correlation_of(std::string_view name, double least, Text meaning, bool required = false) {
  return {std::string(name), "1", least, 1, Level::region, required, false, false, false, std::move(meaning)};
}

void add_sizes(std::vector<RowField>& rows) {
  for (int size = 1; size <= 7; ++size) {
    const std::string n = std::to_string(size);
    rows.push_back(share_of(
        std::string(margin::size_prefix) + n, of_households,
        size < 7 ? Text{"households of " + n, n + "人户"} : Text{"households of seven and more", "七人及以上户"}));
  }
  rows.push_back({std::string(margin::largest_size_mean),
                  "persons",
                  7,
                  10,
                  Level::either,
                  false,
                  false,
                  false,
                  false,
                  {"mean members of households of seven and more; absent: seven", "七人及以上户平均人口"}});
}

void add_people(std::vector<RowField>& rows) {
  const std::pair<std::string_view, Text> shares[] = {
      {margin::child, {"children", "0至15岁人口"}},
      {margin::adult, {"adults", "16至59岁人口"}},
      {margin::elder, {"elders", "60岁及以上人口"}},
      {margin::male, {"men and boys", "男性"}},
      {margin::able, {"able to work, 16 to 65, no students", "劳动力"}},
      {margin::away, {"able workers who work outside the county", "外出务工"}},
      {margin::in_school, {"pupils and students", "在校"}},
      {margin::partial, {"weak ability to work, of 16 and over", "弱劳动力"}},
      {margin::none, {"no ability to work, of 16 to 65", "无劳动能力"}}};
  for (const auto& [name, meaning] : shares) rows.push_back(share_of(name, of_persons, meaning));
  RowField minority = share_of("minority", of_persons, {"all but Han", "少数民族"});
  minority.required = false;
  minority.shown_only = true;
  rows.push_back(minority);
}

void add_income(std::vector<RowField>& rows) {
  rows.push_back(
      share_of(margin::true_poverty_rate, of_persons,
               {"persons below the statistical line in true income: not the register rate", "模拟收入贫困发生率"},
               Level::region));
  rows.push_back({std::string(margin::mean_income),
                  "yuan/year",
                  1,
                  max_income,
                  Level::either,
                  true,
                  false,
                  false,
                  false,
                  {"mean income per head in the base year", "人均收入"}});
  rows.push_back({std::string(margin::relative_income),
                  "1",
                  0.01,
                  100,
                  Level::county,
                  false,
                  false,
                  false,
                  false,
                  {"a county's mean income over the region's; another way to say mean_income by county",
                   "县人均收入与整个地区之比"}});
  rows.push_back(share_of(margin::share_wage, "share of income", {"wages in market income", "工资性收入占比"}));
  rows.push_back(
      share_of(margin::share_business, "share of income", {"own business in market income", "经营性收入占比"}));
  rows.push_back(share_of(margin::share_property, "share of income", {"property in market income", "财产性收入占比"}));
  rows.push_back(share_of(margin::share_transfer, "share of income", {"transfers in market income", "转移性收入占比"}));
  const std::pair<std::string_view, Text> of_fifths[] = {
      {margin::wage_lowest_fifth,
       {"wages in the income of the lowest fifth of persons", "最低五分之一人口工资性收入占比"}},
      {margin::business_lowest_fifth,
       {"own business in the income of the lowest fifth", "最低五分之一人口经营性收入占比"}},
      {margin::wage_highest_fifth, {"wages in the income of the highest fifth", "最高五分之一人口工资性收入占比"}},
      {margin::business_highest_fifth,
       {"own business in the income of the highest fifth", "最高五分之一人口经营性收入占比"}}};
  for (const auto& [name, meaning] : of_fifths) {
    rows.push_back(share_of(name, "share of income", meaning, Level::region));
    rows.back().required = false;
  }
  rows.push_back(spread(margin::stream_share_sd,
                        {"spread of the log shares of income between households", "收入构成的户间差异"}, true));
  rows.push_back({std::string(margin::arable_per_person),
                  "mu/person",
                  0,
                  max_places,
                  Level::either,
                  true,
                  false,
                  false,
                  false,
                  {"arable land per head", "人均耕地"}});
}

void add_spreads(std::vector<RowField>& rows) {
  rows.push_back(correlation_of(margin::village_correlation, 0,
                                {"share of the variance of permanent income between villages", "村间收入组内相关"},
                                true));
  rows.push_back(
      correlation_of(margin::ethnic_correlation, 0, {"villages are mostly of one people", "村内民族组内相关"}));
  rows.push_back(spread(margin::village_size_sd, {"spread of log households between villages", "村庄规模差异"}));
  rows.push_back(spread(margin::arable_sd, {"spread of log arable land per head between households", "耕地差异"}));
  rows.push_back(spread(margin::forest_sd, {"spread of log forest area between its households", "公益林面积差异"}));
  rows.push_back(spread(margin::permanent_sd,
                        {"spread of permanent log income; needed where counties differ in income", "长期收入差异"}));
  const std::pair<std::string_view, Text> gradients[] = {
      {margin::size_correlation, {"members with permanent income", "户规模与长期收入"}},
      {margin::labour_correlation, {"share of able workers with permanent income", "劳动力占比与长期收入"}},
      {margin::remoteness_correlation, {"remoteness of the village with permanent income", "偏远程度与长期收入"}},
      {margin::guarantee_correlation, {"guarantees met with permanent income", "保障落实与长期收入"}},
      {margin::hazard_correlation, {"hazard zones with remoteness", "灾害区与偏远程度"}},
      {margin::forest_correlation, {"compensated forest with remoteness", "公益林与偏远程度"}},
      {margin::poor_village_correlation,
       {"the list of poor villages with the prosperity of the village", "贫困村认定与村庄富裕程度"}},
      {margin::wage_correlation, {"wages in income with the share of able workers", "工资占比与劳动力占比"}}};
  for (const auto& [name, meaning] : gradients) rows.push_back(correlation_of(name, -1, meaning));
}

TableKind make_margins() {
  TableKind kind{"margins", {"Totals and shares that the synthetic population meets.", "合成人口所依据的总量与比例"},
                 {},        {"name", "place"},
                 "name",    "margin"};
  Column place{"place", CellKind::reference, {"the whole region or a county", "整个地区或某县"}};
  place.refers_to = "place";
  Column year{"year", CellKind::year, {"year of the figure", "年份"}},
      note{"note", CellKind::text, {"remarks", "备注"}};
  year.required = year.filled = note.required = note.filled = false;
  kind.columns = {{"name", CellKind::name, {"which margin", "名称"}}, place};
  for (const Column& column : quantity_columns()) kind.columns.push_back(column);
  kind.columns.push_back(year);
  kind.columns.push_back(note);
  std::vector<RowField>& rows = kind.rows;
  rows.push_back(
      total_of(margin::persons, "persons", {"persons on the rural register, migrants included", "农村户籍人口"}));
  rows.push_back(total_of(margin::households, "households", {"households", "户数"}));
  add_sizes(rows);
  add_people(rows);
  rows.push_back(total_of(margin::villages, "villages", {"villages", "行政村"}));
  rows.push_back(total_of(margin::poor_villages, "villages", {"listed poor villages", "贫困村"}));
  rows.push_back(total_of(margin::forest_villages, "villages", {"villages with compensated forest", "公益林村"}));
  rows.push_back(total_of(margin::forest_mu, "mu", {"compensated forest", "公益林面积"}));
  rows.push_back(total_of(margin::forest_households, "households", {"households that hold it", "公益林户"}));
  rows.push_back(
      total_of(margin::registered, "persons", {"registered poor at the end of the base year", "建档立卡贫困人口"}));
  rows.push_back(share_of(margin::hazard, of_households, {"households where life is harsh", "搬迁区户"}));
  rows.push_back(share_of(margin::housing_unsafe, of_households, {"unsafe housing", "住房不安全户"}));
  rows.push_back(share_of(margin::water_unsafe, of_households, {"unsafe water", "饮水不安全户"}));
  rows.push_back(
      share_of(margin::schooling_unmet, of_households, {"a child of 6 to 15 out of school", "义务教育未保障户"}));
  rows.push_back(
      share_of(margin::medical_unmet, of_households, {"no insurance, or no clinic in reach", "基本医疗未保障户"}));
  add_income(rows);
  add_spreads(rows);
  return kind;
}

}  // namespace

const TableKind& margins_table() {
  static const TableKind kind = make_margins();
  return kind;
}

TableKind margins_table_of_any_region() {
  TableKind kind = margins_table({"GROUP"});
  for (RowField& field : kind.rows)
    if (field.name == "GROUP")
      field.meaning = {
          "persons of a group that the region names (groups in region.toml, three at most); needed for each",
          "地区所列群体（region.toml中的groups，至多三个）的人口；每个群体须有一行"};
  return kind;
}

TableKind margins_table(const std::vector<std::string>& groups) {
  TableKind kind = margins_table();
  const auto after = std::find_if(kind.rows.begin(), kind.rows.end(),
                                  [](const RowField& field) { return field.name == margin::none; });
  const auto at = std::next(after) - kind.rows.begin();
  for (std::size_t g = 0; g < groups.size(); ++g)
    kind.rows.insert(kind.rows.begin() + at + static_cast<std::ptrdiff_t>(g),
                     share_of(groups[g], of_persons,
                              {"persons of the group " + groups[g] + "; no rule can read it", groups[g] + "人口"}));
  return kind;
}

}  // namespace tuopin
