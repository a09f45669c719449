#include "models/state/codebook.hpp"

namespace tuopin::codebook {

using enum ColumnSpec::Type;

const std::vector<ColumnSpec>& persons() {
  static const std::vector<ColumnSpec> columns = {
      {"id", u32, "1", "founder number, 31 bits, the address of luck", "编号", false, {}},
      {"household", u32, "1", "row of the person's household", "所属户", false, {}},
      {"age", u8, "years", "age at the end of the base year", "年龄", true, {}},
      {"sex", u8, "1", "sex", "性别", true, {"male", "female"}},
      {"work_ability", u8, "1", "ability to work", "劳动能力", true, {"none", "partial", "full"}},
      {"in_school", u8, "1", "attends school", "在校", true, {}},
      {"away", u8, "1", "works outside the county, a register member all the same", "外出务工", true, {}},
      {"ethnicity",
       u8,
       "1",
       "ethnicity: a margin only, never read by rules",
       "民族",
       false,
       {"group_1", "group_2", "group_3", "other"}},  // the region's own names stand in its files
  };
  return columns;
}

const std::vector<ColumnSpec>& households() {
  static const std::vector<ColumnSpec> columns = {
      {"id", u32, "1", "founder number, 31 bits, the address of luck", "编号", false, {}},
      {"village", u32, "1", "row of the household's village", "所属村", false, {}},
      {"person_begin", u32, "1", "row of the first member", "首位成员行号", false, {}},
      {"weight", u16, "households", "households this row stands for", "权重", false, {}},
      {"members", u8, "persons", "register members, migrants included", "户籍人口", true, {}},
      {"able_workers", u8, "persons", "members able to work, 16 to 65", "16至65岁能劳动的成员", true, {}},
      {"partial_workers", u8, "persons", "able workers of partial ability", "劳动能力部分受限的劳动力", true, {}},
      {"away_workers", u8, "persons", "members working away", "外出劳动力", true, {}},
      {"children", u8, "persons", "members under 16", "16岁以下成员", true, {}},
      {"elders", u8, "persons", "members of 60 and over", "60岁及以上成员", true, {}},
      {"students", u8, "persons", "members in school", "学生", true, {}},
      {"permanent_score",
       f32,
       "standard deviations",
       "permanent part of log income, a standard normal over persons",
       "持久收入得分",
       false,
       {}},
      {"share_wage", f32, "share", "share of wages in market income", "工资性收入占比", true, {}},
      {"share_business", f32, "share", "share of own business, farming included", "经营性收入占比", true, {}},
      {"share_property", f32, "share", "share of property income", "财产性收入占比", true, {}},
      {"share_transfer", f32, "share", "share of private and old public transfers", "转移性收入占比", true, {}},
      {"arable_mu", f32, "mu", "contracted arable land", "承包耕地", true, {}},
      {"forest_mu", f32, "mu", "public-welfare forest under compensation", "公益林面积", true, {}},
      {"housing_safe", u8, "1", "safe housing in the base year", "住房安全", false, {}},
      {"water_safe", u8, "1", "safe drinking water in the base year", "饮水安全", false, {}},
      {"schooling_met", u8, "1", "compulsory schooling met in the base year", "义务教育", false, {}},
      {"medical_met", u8, "1", "basic medical care met in the base year", "基本医疗", false, {}},
  };
  return columns;
}

const std::vector<ColumnSpec>& villages() {
  static const std::vector<ColumnSpec> columns = {
      {"id", u32, "1", "village number, the address of luck", "编号", false, {}},
      {"county", u32, "1", "row of the county", "所属县市", false, {}},
      {"household_begin", u32, "1", "row of the first household", "首户行号", false, {}},
      {"poor_village", u8, "1", "on the list of poor villages", "贫困村", true, {}},
      {"hazard_zone",
       u8,
       "1",
       "place where life is harsh: hazard, fragile, remote or reserve",
       "生存条件恶劣的地方（灾害、生态脆弱、偏远或保护区），搬迁区",
       true,
       {}},
      {"forest_zone", u8, "1", "holds public-welfare forest", "公益林区", true, {}},
      {"remoteness", f32, "share", "rank of travel time to the county town, 0 near to 1 far", "偏远程度", true, {}},
      {"prosperity",
       f32,
       "standard deviations",
       "common part of permanent income in the village",
       "村庄收入水平",
       false,
       {}},
  };
  return columns;
}

const std::vector<ColumnSpec>& counties() {
  static const std::vector<ColumnSpec> columns = {
      {"id", u32, "1", "county number, the address of luck", "编号", false, {}},
  };
  return columns;
}

namespace {

/// What a household has in a year, and what of it the register and allowances see.
std::vector<StateColumn> incomes_and_top_ups() {
  using enum Lifetime;
  return {
      {"household", {"persistent_income", f32, "log", "persistent part z of log income", "持续性收入成分", false, {}}},
      {"household",
       {"true_income", f32, "yuan/year", "true register net income per head", "真实人均纯收入", false, {}}},
      {"household",
       {"measured_income",
        f32,
        "yuan/year",
        "income per head as measured at the last review",
        "最近一次核查的测得收入（人均）",
        true,
        {}}},
      {"household",
       {"assessed_income",
        f32,
        "yuan/year",
        "income per head as measured at the last review, without top-ups: what top-ups are assessed on",
        "核定收入（人均）：上次核查的测得收入减去低保补差，补差据此核定",
        true,
        {}}},
      {"household",
       {"on_safety_net_list",
        u8,
        "1",
        "reached by the old safety net if assessed as poor: a lasting draw of the base year",
        "原有低保覆盖名单",
        false,
        {}}},
      {"household", {"holds_top_up", u8, "1", "holds a place that tops up income", "享受补差", true, {}}},
      {"household",
       {"top_ups", i32, "fen", "top-ups paid this year, whole household", "当年全户补差", false, {}},
       year},
  };
}

std::vector<StateColumn> of_register_and_guarantees() {
  using enum Lifetime;
  return {
      {"household", {"registered", u8, "1", "on the register after the last review", "建档立卡在册", true, {}}},
      {"household", {"ever_registered", u8, "1", "has been on the register", "曾建档立卡", true, {}}},
      {"household",
       {"exit_year", u16, "year", "year of the last exit from the register, 0 never", "最近退出名册年份", true, {}}},
      {"household", {"housing_safe", u8, "1", "safe housing", "住房安全", true, {}}, lasting, 0, "housing_safe"},
      {"household", {"water_safe", u8, "1", "safe drinking water", "饮水安全", true, {}}, lasting, 0, "water_safe"},
      {"household",
       {"schooling_met", u8, "1", "compulsory schooling met", "义务教育", true, {}},
       lasting,
       0,
       "schooling_met"},
      {"household",
       {"medical_met", u8, "1", "basic medical care met", "基本医疗", true, {}},
       lasting,
       0,
       "medical_met"},
  };
}

std::vector<StateColumn> of_programmes_and_places() {
  using enum Lifetime;
  return {
      {"household", {"moved", u8, "1", "relocated under a programme", "已由项目搬迁", true, {}}},
      {"household",
       {"days_taken", u16, "days/year", "labour days taken by programmes this year", "已占用劳动日", true, {}},
       year},
      {"household", {"free_days", u16, "days/year", "labour days still free this year", "剩余劳动日", true, {}}, year},
      {"household",
       {"wage_factor", f32, "1", "lasting change of wage income by programmes", "工资系数", false, {}},
       lasting,
       1},
      {"household",
       {"business_factor", f32, "1", "lasting change of business income by programmes", "经营系数", false, {}},
       lasting,
       1},
      {"household",
       {"programme_earnings",
        f32,
        "yuan/year",
        "market income from what programmes set up, whole household",
        "项目带来的经营收入",
        false,
        {}},
       year},
      {"household",
       {"planted_own",
        u32,
        "0.01 mu",
        "own arable land under plots of programmes",
        "种植地块占用的自家承包地",
        false,
        {}},
       year},
      {"household",
       {"planted_rented", u32, "0.01 mu", "rented land under plots of programmes", "种植地块租用的土地", false, {}},
       year},
      {"household",
       {"planted_cleared",
        u32,
        "0.01 mu",
        "newly cleared land under plots of programmes",
        "种植地块新开垦的土地",
        false,
        {}},
       year},
      {"household",
       {"payments", i32, "fen", "payments posted this year, whole household", "当年全户补助", false, {}},
       year},
      {"village",
       {"level",
        f64,
        "yuan/year",
        "mean market income of the year times common shocks, a head",
        "村平均市场收入（含共同冲击）",
        false,
        {}},
       year},
      {"region",
       {"mean_path",
        f64,
        "yuan/year",
        "mean market income per head of the year without shocks: reported incomes are drawn towards it",
        "当年平均市场收入（不含冲击）",
        false,
        {}},
       year},
  };
}

}  // namespace

const std::vector<StateColumn>& state() {
  static const std::vector<StateColumn> columns = [] {
    std::vector<StateColumn> all = incomes_and_top_ups();
    for (const auto& more : {of_register_and_guarantees(), of_programmes_and_places()})
      all.insert(all.end(), more.begin(), more.end());
    return all;
  }();
  return columns;
}

const std::vector<ColumnSpec>& household_state() {
  static const std::vector<ColumnSpec> specs = [] {
    std::vector<ColumnSpec> of_households;
    for (const StateColumn& column : state())
      if (column.level == "household") of_households.push_back(column.spec);
    return of_households;
  }();
  return specs;
}

}  // namespace tuopin::codebook
