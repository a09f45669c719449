// A table of years for each scenario, with the document's targets beside the register; and mean income by year.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "engine/base/numbers.hpp"
#include "models/main/summary_parts.hpp"

namespace tuopin {

namespace {

using Spreads = std::vector<Spread>;  // by year

Spreads by_year(const Page& page, const std::string& variable, std::size_t scenario, double unit) {
  Spreads spreads;
  for (std::size_t y = 0; y < page.study.size("year"); ++y) {
    auto values = page.study.worlds(variable, scenario, y);
    for (double& v : values) v /= unit;
    spreads.push_back(spread_of(std::move(values)));
  }
  return spreads;
}

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

/// With as many decimals as the largest figure of the column calls for, in all scenarios alike.
std::vector<std::string> count_cells(const Page& page, const char* variable, std::size_t scenario, double unit) {
  double most = 0;
  for (std::size_t s = 0; s < page.study.size("scenario"); ++s)
    for (const Spread& spread : by_year(page, variable, s, unit))
      most = std::max(most, spread.worlds > 0 ? spread.high : 0);
  std::vector<std::string> out;
  for (const Spread& spread : by_year(page, variable, scenario, unit))
    out.push_back(cell(spread, unit > 1 ? decimals_for(most) : 0));
  return out;
}

std::vector<std::string> ratio_cells(const Spreads& spreads) {
  std::vector<std::string> out;
  for (const Spread& s : spreads) out.push_back(cell(s, decimals_for(s.worlds > 0 ? s.high : 0)));
  return out;
}

/// Rates in percent: a second decimal only where the Monte Carlo error of the median is below half of it.
std::vector<std::string> rate_cells(const Spreads& spreads) {
  std::vector<std::string> out;
  for (const Spread& s : spreads) out.push_back(cell(s, s.error < 0.005 ? 2 : 1));
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

struct Part {
  std::string heading;
  std::vector<std::string> cells;  ///< by year
  TextTable::Align align = TextTable::Align::right;
};

std::vector<Part> parts_of(const Page& page, std::size_t s) {
  const auto counts = [&](const char* variable) { return count_cells(page, variable, s, page.persons.unit); };
  const std::vector<std::string> blank(page.study.size("year"));
  std::vector<std::string> targets, fall = blank;
  for (const std::int64_t year : page.study.years()) targets.push_back(register_targets(page, s, year));
  if (s > 0) fall = counts("fall_in_poverty");
  return {{page("true\npoverty\nrate, %", "实际贫困\n发生率%"), rate_cells(by_year(page, "poverty_rate", s, 0.01))},
          {page("register\nrate, %", "建档立卡\n发生率%"), rate_cells(by_year(page, "register_rate", s, 0.01))},
          {page("target:\nprobability\nreached", "文件目标\n及实现概率"), targets, TextTable::Align::left},
          {page("exits\ngross", "当年退出\n（总）"), counts("exits_gross")},
          {page("fall in\npoverty", "因规划\n减贫"), fall},
          {page("fell back:\nregister", "返贫：\n重新纳入"), counts("fall_back_registered")},
          {page("fell back:\ntruly poor", "返贫：\n实际贫困"), counts("fall_back_true")},
          {page("spending", "支出"), count_cells(page, "spending", s, page.money.unit)},
          {page("spending\n÷ gap", "支出÷\n贫困缺口"), ratio_cells(spending_over_gap(page, s))}};
}

std::string scenario_tables(const Page& page) {
  const auto years = page.study.years();
  const std::size_t scenarios = page.study.size("scenario");
  std::vector<std::vector<Part>> parts;
  for (std::size_t s = 0; s < scenarios; ++s) parts.push_back(parts_of(page, s));
  const auto has_words = [&](std::size_t part) {  // a column in which no scenario and year has a word is left out
    return std::any_of(parts.begin(), parts.end(), [&](const std::vector<Part>& of) {
      return std::any_of(of[part].cells.begin(), of[part].cells.end(), [](const std::string& c) { return !c.empty(); });
    });
  };
  std::vector<std::size_t> shown;
  for (std::size_t p = 0; !parts.empty() && p < parts[0].size(); ++p)
    if (has_words(p)) shown.push_back(p);

  TextTable table;
  table.add_column(page("year", "年份"), TextTable::Align::left);
  for (const std::size_t p : shown) table.add_column(parts[0][p].heading, parts[0][p].align);
  for (std::size_t s = 0; s < scenarios; ++s) {
    table.add_section(page.heading(
        fmt::format("({}) {}{}", s + 1, page.scenario_title(s),
                    s > 0 || scenarios < 2 ? "" : page(" · the others are held against it", " · 其他方案与之对照"))));
    for (std::size_t y = 0; y < years.size(); ++y) {
      std::vector<std::string> row = {std::to_string(years[y])};
      for (const std::size_t p : shown) row.push_back(parts[s][p].cells[y]);
      table.add_row(std::move(row));
    }
  }
  return table.text(0, page_width);
}

/// Largest Monte Carlo error of the medians of a rate, in points.
double largest_error(const Page& page, const char* variable) {
  double most = 0;
  for (std::size_t s = 0; s < page.study.size("scenario"); ++s)
    for (const Spread& spread : by_year(page, variable, s, 0.01))
      most = std::max(most, std::isnan(spread.error) ? 0 : spread.error);
  return most;
}

std::string how_to_read(const Page& page) {
  const std::size_t worlds = page.study.size("draw") * page.study.size("replicate");
  std::string text = page.note(
      fmt::format(fmt::runtime(page("Persons: {}; money: {}, nominal.", "人数单位：{}；金额单位：{}（当年价）。")),
                  page.persons.name, page.money.name));
  if (page.one_world) {
    text += page.note(
        page("One draw and one replicate: one possible world, without intervals and without a Monte Carlo error.",
             "仅一次参数抽样、一次重复：只是一个可能的世界，无区间，也无蒙特卡洛误差。"));
  } else {
    text += page.note(fmt::format(
        fmt::runtime(page(
            "Medians; below them the 90% interval: the 5% and 95% order statistics of {} worlds{}; no interval where "
            "all worlds agree. Monte Carlo error of the "
            "medians: true rate at most {:.2f}, register rate at most {:.2f} points.",
            "上行为中位数，下行为90%区间：{}个模拟世界的5%与95%次序统计量{}"
            "；各世界数值相同处不列区间。中位数的蒙特卡洛误差：实际贫困发生率不超过{:.2f}、"
            "建档立卡贫困发生率不超过{:.2f}个百分点。")),
        worlds, worlds < 20 ? page(" (fewer than 20: the whole range)", "（不足20个，即全距）") : "",
        largest_error(page, "poverty_rate"), largest_error(page, "register_rate")));
  }
  text += page.note(page(
      "Exits gross: left the register in the year, whatever the reason. Fall in poverty: the income-poor of the first "
      "scenario less those here, under equal luck; a stock of each year, not to be added over years.",
      "当年退出（总）：当年退出建档立卡的人数，不论原因。因规划减贫：同样运气下第一个方案的收入贫困人数减本方案的收"
      "入贫困人数；为各年存量，不可跨年相加。"));
  text += page.note(page(
      "Fall-back: left the register once and is on it again; or is off it and truly poor again. Gap: what would lift "
      "everybody exactly to the line in the first scenario, with perfect information. Spending includes the safety "
      "net.",
      "返贫：曾退出而重新纳入；或已退出而实际再次贫困。贫困缺口：信息完全时，在第一个方案中把每个人恰好提升到贫困线所需"
      "金额。支出含安全网。"));
  if (page.study.number("sample") < 1)
    text += page.note(
        page("This run is a sample of villages: persons and money are those of the sample; for the document's targets "
             "they are scaled up to the whole.",
             "本次仅模拟部分村（抽样）：人数与金额均为样本数，与文件目标比较时按比例放大。"));
  return text;
}

}  // namespace

std::string years_section(const Page& page) { return scenario_tables(page) + "\n" + how_to_read(page); }

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
    for (const Spread& spread : by_year(page, "mean_income", s, 1)) row.push_back(cell(spread, 0));
    auto growth = page.study.worlds("mean_income", s, years.size() - 1);
    const auto start = page.study.worlds("mean_income", s, 0);
    for (std::size_t w = 0; w < growth.size(); ++w) {
      const double ratio = growth[w] / start[w];
      growth[w] = ratio > 0 && std::isfinite(ratio) ? 100 * (fixed_exp(fixed_log(ratio) / span) - 1) : std::nan("");
    }
    row.push_back(cell(spread_of(std::move(growth)), 1));
    table.add_row(std::move(row));
  }
  return page.heading(page("Mean true income, yuan a head and year, nominal", "人均实际纯收入（元/年，名义值）")) +
         table.text(0, page_width) +
         page.note(page("Growth without the plan is an input, not a finding: poverty that falls in the first scenario "
                        "falls by this growth "
                        "and the measures already in it.",
                        "无规划的增长是输入假设，不是结论：第一个方案中贫困的下降来自这一增长及其中已有的措施。"));
}

}  // namespace tuopin
