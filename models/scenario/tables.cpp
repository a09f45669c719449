#include "models/scenario/tables.hpp"

#include <algorithm>

#include "models/scenario/limits.hpp"

namespace tuopin {

namespace {
namespace declarations {  // kinds of cells have the names of kinds of fields: side by side they would clash

using enum CellKind;

Column optional_column(Column column) {
  column.required = column.filled = false;
  return column;
}

Column empty_column(Column column) {
  column.filled = false;
  return column;
}

Column note() { return optional_column({"note", text, {"remarks", "备注"}}); }

Column choice_of(std::string name, std::vector<std::string> choices, Text meaning) {
  Column column{std::move(name), choice, std::move(meaning)};
  column.choices = std::move(choices);
  return column;
}

Column reference_to(std::string what, std::string name, Text meaning) {
  Column column{std::move(name), reference, std::move(meaning)};
  column.refers_to = std::move(what);
  return column;
}

void append(std::vector<Column>& columns, std::vector<Column> more) {
  for (Column& column : more) columns.push_back(std::move(column));
}

TableKind make_counties() {
  TableKind kind{"counties", {"Places: the whole region and its counties.", "地区及其县市"}, {}, {"id"}};
  kind.columns = {
      {"id", name, {"short name by which tables and rules call the place", "代号"}},
      {"name", name, {"name in English", "英文名"}},
      empty_column({"name_zh", name, {"name in Chinese; empty: as in English", "中文名"}}),
      choice_of("level", {"prefecture", "county", "province", "city", "district", "township"},
                {"what kind of place it is", "级别"}),
      empty_column(
          {"parent", name, {"id of the whole region; empty for the region itself", "所属地区的代号；地区本身留空"}})};
  return kind;
}

constexpr double one_fen = 0.01;  // the smallest sum of money, in yuan

TableKind make_lines() {
  TableKind kind{"lines", {"Poverty lines and the allowance line by year.", "各年贫困线与低保标准"},
                 {},      {"name", "year"},
                 "name",  "line"};
  kind.columns = {{"name", name, {"which line", "名称"}},
                  {"year", year, {"from this year on, until the next row", "年份"}}};
  append(kind.columns, quantity_columns());
  kind.columns.push_back(note());
  const auto line = [](const char* name, bool shown, Text meaning) {
    return RowField{name,   "yuan/year", one_fen, max_income, Level::region,
                    !shown, false,       false,   shown,      std::move(meaning)};
  };
  kind.rows = {line("statistical", false,
                    {"poverty line of the statistical office: true poverty is counted below it", "国家统计贫困线"}),
               line("administrative", false, {"income at which a household leaves the register", "行政识别线"}),
               line("allowance", false, {"standard of the rural minimum living allowance", "农村低保标准"}),
               line("observed_mean_income", true, {"mean income per head as published later", "公布的人均可支配收入"})};
  return kind;
}

TableKind make_crops() {
  TableKind kind{"crops",    {"Crops that plots carry: one number of one crop a row.", "作物参数"},
                 {},         {"crop", "quantity"},
                 "quantity", "quantity of a crop"};
  kind.columns = {{"crop", name, {"short name of the crop", "作物代号"}},
                  empty_column({"name_zh", name, {"name in Chinese", "中文名"}}),
                  {"quantity", name, {"which number", "参数"}}};
  append(kind.columns, quantity_columns());
  Column grade = choice_of("grade", {"A", "B", "C", "D"}, {"evidence: A trials … D judgement", "证据等级"});
  append(kind.columns, {optional_column(grade), note()});
  const auto number = [](const char* name, const char* unit, double lower, double upper, Text meaning) {
    return RowField{name, unit, lower, upper, Level::region, true, false, false, false, std::move(meaning)};
  };
  kind.rows = {
      number("years_to_first_harvest", "years", 0, 100, {"years from planting to the first harvest", "始收年限"}),
      number("years_to_full_harvest", "years", 0, 100, {"years from planting to the full harvest", "盛产年限"}),
      number("first_harvest_share", "share", 0, 1, {"first harvest over the full one", "首次收获占盛产比例"}),
      number("price", "yuan/kg", 0, max_income, {"farm-gate price, mean over years", "田头价格（多年平均）"}),
      number("yield", "kg/mu/year", 0, max_places, {"yield at the full harvest", "盛产期亩产"}),
      number("cash_cost", "yuan/mu/year", 0, max_places,
             {"cash cost at the full harvest, own labour not counted", "盛产期亩均现金成本（不含自家用工）"}),
      number("cash_cost_young", "yuan/mu/year", 0, max_places,
             {"cash cost before the first harvest, planting apart", "投产前亩均现金成本（不含建园）"}),
      number("labour_days_planting", "days/mu/year", 0, max_days,
             {"labour days in the year of planting", "定植当年亩均用工"}),
      number("labour_days_young", "days/mu/year", 0, max_days,
             {"labour days between planting and the first harvest", "投产前亩均用工"}),
      number("labour_days_bearing", "days/mu/year", 0, max_days, {"labour days at the full harvest", "盛产期亩均用工"}),
      number("price_sd", "log", 0, 3,
             {"standard deviation of the log price, one luck for all plots", "价格对数标准差"}),
      number("yield_sd", "log", 0, 3, {"standard deviation of the log yield of a plot", "单产对数标准差"}),
      RowField{"establishment_cost",
               "yuan/mu",
               0,
               max_income,
               Level::region,
               false,
               false,
               false,
               true,
               {"cost of planting, which programmes pay as their own cost says", "亩均建园成本"}}};
  kind.replaced = {{"net_margin", msgid("a price can fall only where it is known: give price, yield, cash_cost and "
                                        "cash_cost_young instead")},
                   {"labour_days", msgid("a sapling takes less work than a bearing tree: give labour_days_planting, "
                                         "labour_days_young and labour_days_bearing instead")}};
  return kind;
}

TableKind make_crop_shares() {
  TableKind kind{"crop_shares",
                 {"What a plot of a county carries: shares that sum to one.", "各县地块的作物构成，合计为1"},
                 {},
                 {"county", "crop"}};
  Column share{"share", number, {"share of plots", "比例"}, true, true, "share", 0, 1};
  kind.columns = {reference_to("place", "county", {"a county", "县"}), reference_to("crop", "crop", {"a crop", "作物"}),
                  share};
  const std::vector<Column> evidence = quantity_columns(true);
  for (const Column& column : evidence)
    if (column.name == "source" || column.name == "status") kind.columns.push_back(optional_column(column));
  kind.columns.push_back(note());
  return kind;
}

TableKind make_targets() {
  TableKind kind{"targets", {"Targets that the plan's document prints.", "规划目标"}, {}, {"id"}};
  const auto in_model = [](Column column) {
    column.only_where = "in_model";
    return column;
  };
  kind.columns = {{"id", name, {"short name of the target", "规划目标编号"}},
                  empty_column({"name", text, {"what it asks", "规划目标"}}),
                  empty_column({"name_zh", text, {"what it asks, in Chinese", "规划目标（中文）"}}),
                  in_model({"measure", name, {"figure of the model that it is held against", "对应指标"}}),
                  in_model({"year", year, {"year of the figure", "年份"}}),
                  in_model({"value", number, {"the figure that the document prints", "规划目标值"}}),
                  in_model(choice_of("comparison", {"at_most", "at_least", "about"},
                                     {"how the model's figure is held against it", "比较方式"})),
                  in_model({"unit", unit, {"unit of value: the measure's own or an exact multiple", "单位"}}),
                  empty_column({"phrase", text, {"the document's own words", "原文"}}),
                  {"in_model", truth, {"yes: it is evaluated; no: `reason` says why not", "是否评估"}},
                  empty_column({"reason", text, {"why it is not evaluated, or how it is read", "说明"}}),
                  optional_column(in_model(
                      {"base",
                       number,
                       {"persons that a rate is of, where they are not the simulated population", "比率的基数人口"},
                       true,
                       true,
                       "persons",
                       1,
                       max_margin}))};
  return kind;
}

TableKind make_observations() {
  TableKind kind{"observations",
                 {"Figures published later; shown beside results, never used.", "事后公布的数据，仅供对照"},
                 {},
                 {"variable", "year"},
                 "variable",
                 "published figure"};
  kind.columns = {{"variable", name, {"which figure", "指标"}},
                  {"year", year, {"year of the figure; it may lie outside the simulated years", "年份"}},
                  {"value", number, {"the figure", "数值"}},
                  {"unit", unit, {"its unit", "单位"}},
                  empty_column({"source", text, {"where it was published", "来源"}}),
                  choice_of("confidence", {"exact", "reported", "derived", "assumption"}, {"how sure it is", "可信度"}),
                  note()};
  const auto figure = [](const char* name, const char* unit, double upper, Text meaning) {
    return RowField{name, unit, 0, upper, Level::region, false, false, false, false, std::move(meaning)};
  };
  kind.rows = {
      figure("register_rate", "share", 1, {"registered poor over register members", "建档立卡贫困发生率"}),
      figure("admin_poverty_rate", "share", 1, {"the same under its administrative name", "贫困发生率（行政口径）"}),
      figure("poverty_rate", "share", 1, {"persons below the statistical line", "贫困发生率（统计口径）"}),
      figure("register_persons", "persons", max_margin,
             {"persons on the register at the end of the year", "建档立卡贫困人口"}),
      figure("poor_remaining_persons", "persons", max_margin, {"the same under another name", "剩余贫困人口"}),
      figure("exits_gross", "persons", max_margin, {"persons who left the register in the year", "当年脱贫人口"}),
      figure("mean_income", "yuan/year", max_income, {"mean income per head", "人均收入"}),
      figure("villages_exited_cumulative", "villages", max_places,
             {"poor villages that have left the list", "累计退出贫困村"}),
      figure("counties_exited_cumulative", "counties", max_places,
             {"poor counties that have left the list", "累计摘帽县"})};
  return kind;
}

}  // namespace declarations
}  // namespace

const TableKind& counties_table() {
  static const TableKind kind = declarations::make_counties();
  return kind;
}
const TableKind& lines_table() {
  static const TableKind kind = declarations::make_lines();
  return kind;
}
const TableKind& crops_table() {
  static const TableKind kind = declarations::make_crops();
  return kind;
}
const TableKind& crop_shares_table() {
  static const TableKind kind = declarations::make_crop_shares();
  return kind;
}
const TableKind& targets_table() {
  static const TableKind kind = declarations::make_targets();
  return kind;
}
const TableKind& observations_table() {
  static const TableKind kind = declarations::make_observations();
  return kind;
}

std::vector<const TableKind*> region_tables() {
  return {&counties_table(),    &margins_table(), &lines_table(),       &crops_table(),
          &crop_shares_table(), &targets_table(), &observations_table()};
}

const std::vector<std::string>& capacity_units() {
  static const std::vector<std::string> units{"persons", "households", "posts"};
  return units;
}

}  // namespace tuopin
