// A table of years for each scenario, with the document's targets beside the register; and mean income by year.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "engine/base/numbers.hpp"
#include "models/main/summary_parts.hpp"

namespace tuopin {

namespace {

using Spreads = std::vector<Spread>;  // by year

/// What was spent over what would have lifted everybody exactly to the line in the first scenario, world by world.
Spreads spending_over_gap(const Page& page, std::size_t scenario) {
  Spreads spreads;
  for (std::size_t y = 0; y < page.study.size("year"); ++y) {
    auto values = page.study.worlds("spending", scenario, y);
    const auto gap = page.study.worlds("perfect_information_gap", 0, y);
    for (std::size_t w = 0; w < values.size(); ++w) values[w] = gap[w] > 0 ? values[w] / gap[w] : std::nan("");
    spreads.push_back(spread_of(std::move(values)));
  }
  return spreads;
}

std::vector<std::string> ratio_cells(const Spreads& spreads) {
  std::vector<std::string> out;
  for (const Spread& s : spreads) out.push_back(cell(s, decimals_for(s.worlds > 0 ? s.high : 0)));
  return out;
}

/// "≤250k S004 35%" for each target on the register in this year.
std::string register_targets(const Page& page, std::size_t scenario, std::int64_t year) {
  const auto ids = page.study.names("target");
  std::string text;
  for (std::size_t t = 0; t < ids.size(); ++t) {
    const std::string measure = page.study.text_at("targets/measure", t);
    const bool is_rate = measure == "register_rate";
    if ((!is_rate && measure != "register_persons") ||
        page.study.at("targets/year", {{"target", t}}) != static_cast<double>(year))
      continue;
    const double value = page.study.at("targets/value", {{"target", t}});
    const std::string figure = is_rate || value < 10000 ? target_figure(value, is_rate)
                               : page.zh                ? fmt::format("{:.4g}万", value / 1e4)
                                                        : fmt::format("{:.4g}k", value / 1e3);
    text += fmt::format(
        "{}{}{} {} {}", text.empty() ? "" : "\n", comparison_sign(page.study.text_at("targets/comparison", t)), figure,
        ids[t], probability_text(page, page.study.at("targets/probability", {{"scenario", scenario}, {"target", t}})));
  }
  return text;
}

std::vector<YearColumn> columns_of(const Page& page, std::size_t s) {
  const auto counts = [&](const char* variable) { return count_cells(page, variable, s, page.persons.unit); };
  std::vector<std::string> targets;
  for (const std::int64_t year : page.study.years()) targets.push_back(register_targets(page, s, year));
  std::vector<YearColumn> columns = {
      {page("income-poor\n(simulated), %", "模拟收入\n贫困率%"),
       rate_cells(spreads_by_year(page, "poverty_rate", s, 0.01))},
      {page("on the\nregister, %", "建档立卡\n在册率%"), rate_cells(spreads_by_year(page, "register_rate", s, 0.01))},
      {page("target:\nprobability\nreached", "文件目标\n及实现概率"), targets, TextTable::Align::left},
      {page("left the\nregister", "当年\n退出名册"), counts("exits_gross")}};
  const std::vector<std::string> blank(page.study.size("year"));
  const auto effect = [&](const char* variable) { return s > 0 ? counts(variable) : blank; };
  columns.push_back({page("out of\npoverty by\nthe plan", "因规划\n脱贫"), effect("out_of_poverty")});
  columns.push_back({page("into\npoverty by\nthe plan", "因规划\n致贫"), effect("into_poverty")});
  columns.push_back({page("fall in\npoverty", "贫困人口\n减少"), effect("fall_in_poverty")});
  columns.push_back({page("spending", "支出"), count_cells(page, "spending", s, page.money.unit)});
  columns.push_back({page("spending\n÷ gap", "支出÷\n贫困缺口"), ratio_cells(spending_over_gap(page, s))});
  return columns;
}

std::string scenario_tables(const Page& page) {
  const std::size_t scenarios = page.study.size("scenario");
  std::vector<std::vector<YearColumn>> columns;
  for (std::size_t s = 0; s < scenarios; ++s) columns.push_back(columns_of(page, s));
  return years_by_scenario(page, columns,
                           scenarios < 2 ? "" : page(" · what the others are held against", " · 其他方案的对照"));
}

/// Largest Monte Carlo error of the medians of a rate, in points.
double largest_error(const Page& page, const char* variable) {
  double most = 0;
  for (std::size_t s = 0; s < page.study.size("scenario"); ++s)
    for (const Spread& spread : spreads_by_year(page, variable, s, 0.01))
      most = std::max(most, std::isnan(spread.error) ? 0 : spread.error);
  return most;
}

/// Where the study has both rates.
std::string monte_carlo_error(const Page& page) {
  if (!page.study.has("poverty_rate") || !page.study.has("register_rate")) return "";
  return fmt::format(fmt::runtime(page(" Monte Carlo error of the medians: rate of income poverty at most {:.2f}, "
                                       "register rate at most {:.2f} points.",
                                       "中位数的蒙特卡洛误差：模拟收入贫困率不超过{:.2f}、"
                                       "建档立卡在册率不超过{:.2f}个百分点。")),
                     largest_error(page, "poverty_rate"), largest_error(page, "register_rate"));
}

std::string how_to_read(const Page& page) {
  const std::size_t worlds = page.study.size("draw") * page.study.size("replicate");
  std::string text = page.note(
      fmt::format(fmt::runtime(page("Counted in {}; money in {}, nominal.", "人数单位：{}；金额单位：{}（当年价）。")),
                  page.persons.name, page.money.name));
  if (page.one_world) {
    text += page.note(
        page("One draw and one replicate: one possible world, without intervals and without a Monte Carlo error.",
             "仅一次参数抽样、一次重复：只是一个可能的世界，无区间，也无蒙特卡洛误差。"));
  } else {
    text += page.note(
        fmt::format(fmt::runtime(page("Medians; below them the 90% interval: the 5% and 95% order statistics of {} "
                                      "worlds{}; no interval where all worlds agree.",
                                      "上行为中位数，下行为90%区间：{}个模拟世界的5%与95%次序统计量{}"
                                      "；各世界数值相同处不列区间。")),
                    worlds, worlds < 20 ? page(" (fewer than 20: the whole range)", "（不足20个，即全距）") : "") +
        monte_carlo_error(page));
  }
  text += page.note(
      page("Income-poor (simulated): income of the year below the statistical line, as the model lives it; on the "
           "register: what the administration sees. Left the register: in the year, whatever the reason.",
           "模拟收入贫困：模型中当年收入低于统计贫困线；建档立卡在册：行政认定。当年退出名册：不论原因。"));
  text += page.note(
      page("Out of poverty by the plan: not income-poor in the year, but income-poor under equal luck in the first "
           "scenario; into poverty by the plan: the reverse. Fall = out - into = the difference of the income-poor. "
           "Stocks of each year: added over years they are person-years, not persons.",
           "因规划脱贫：当年不贫困，而同样运气下在第一个方案中贫困；因规划致贫：相反。减少＝脱贫－致贫＝贫困人数之差。"
           "均为各年存量，跨年相加得到的是人年而不是人数。"));
  text += page.note(page(
      "Gap: what would lift everybody exactly to the line in the first scenario, with perfect information. Spending "
      "includes the safety net.",
      "贫困缺口：信息完全时，在第一个方案中把每个人恰好提升到贫困线所需金额。支出含安全网。"));
  if (page.study.number("sample") < 1)
    text += page.note(
        page("This run is a sample of villages: persons and money are those of the sample; for the document's targets "
             "they are scaled up to the whole.",
             "本次仅模拟部分村（抽样）：人数与金额均为样本数，与文件目标比较时按比例放大。"));
  return text;
}

}  // namespace

std::string years_section(const Page& page) {
  constexpr const char* shown[] = {"poverty_rate", "register_rate",   "exits_gross", "out_of_poverty",
                                   "into_poverty", "fall_in_poverty", "spending"};
  if (std::none_of(std::begin(shown), std::end(shown), [&](const char* name) { return page.study.has(name); }))
    return "";
  return scenario_tables(page) + "\n" + how_to_read(page);
}

std::string income_section(const Page& page) {
  const auto years = page.study.years();
  if (years.size() < 2 || !page.study.has("mean_income")) return "";
  TextTable table;
  table.add_column(page("scenario", "方案"), TextTable::Align::left, 34);
  for (const std::int64_t year : years) table.add_column(std::to_string(year));
  table.add_column(page("growth\n% a year", "年均\n增长%"));
  const auto span = static_cast<double>(years.back()) - static_cast<double>(years.front());
  for (std::size_t s = 0; s < page.study.size("scenario"); ++s) {
    std::vector<std::string> row = {page.scenario_title(s)};
    for (const Spread& spread : spreads_by_year(page, "mean_income", s, 1)) row.push_back(cell(spread, 0));
    auto growth = page.study.worlds("mean_income", s, years.size() - 1);
    const auto start = page.study.worlds("mean_income", s, 0);
    for (std::size_t w = 0; w < growth.size(); ++w) {
      const double ratio = growth[w] / start[w];
      growth[w] = ratio > 0 && std::isfinite(ratio) ? 100 * (fixed_exp(fixed_log(ratio) / span) - 1) : std::nan("");
    }
    row.push_back(cell(spread_of(std::move(growth)), 1));
    table.add_row(std::move(row));
  }
  return page.heading(
             page("Mean income (simulated), yuan a head and year, nominal", "模拟人均纯收入（元/年，名义值）")) +
         table.text(0, page_width) +
         page.note(page("Growth without the plan is an input, not a finding: poverty that falls in the first scenario "
                        "falls by this growth "
                        "and the measures already in it.",
                        "无规划的增长是输入假设，不是结论：第一个方案中贫困的下降来自这一增长及其中已有的措施。"));
}

}  // namespace tuopin
