// Who leaves income poverty, who stays out, who falls back, and how often the same persons are poor.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "models/main/summary_parts.hpp"

namespace tuopin {

namespace {

/// A figure of a year, world by world: persons, or a share in percent of those who left income poverty.
std::vector<double> dynamics_worlds(const Page& page, const char* variable, bool of_exits, double unit, std::size_t s,
                                    std::size_t y) {
  auto values = page.study.worlds(variable, s, y);
  const auto exits = page.study.worlds("true_exits", s, y);
  for (std::size_t w = 0; w < values.size(); ++w)
    values[w] = !of_exits ? values[w] / unit : exits[w] > 0 ? 100 * values[w] / exits[w] : std::nan("");
  return values;
}

std::vector<Spread> shares_of_exits(const Page& page, const char* variable, std::size_t s) {
  std::vector<Spread> spreads;
  for (std::size_t y = 0; y < page.study.size("year"); ++y)
    spreads.push_back(spread_of(dynamics_worlds(page, variable, true, 1, s, y)));
  return spreads;
}

std::vector<YearColumn> dynamics_columns(const Page& page, std::size_t s) {
  const auto counts = [&](const char* variable) { return count_cells(page, variable, s, page.persons.unit); };
  const std::vector<std::string> blank(page.study.size("year"));
  std::vector<YearColumn> columns = {{page("left\nincome\npoverty", "脱离\n收入贫困"), counts("true_exits")}};
  const auto still_out = [&](const char* variable, std::string heading, std::string of_first) {
    columns.push_back({std::move(heading), rate_cells(shares_of_exits(page, variable, s))});
    columns.push_back({std::move(of_first), s > 0 ? rate_cells(shares_of_exits(page, variable, 0)) : blank});
  };
  still_out("true_exits_out_one_year", page("out 1 year\nlater, %", "一年后\n仍未贫困%"),
            page("the same\nin (1), %", "方案(1)中\n同一比例%"));
  still_out("true_exits_out_two_years", page("and 2 years\nlater, %", "连续两年\n仍未贫困%"),
            page("the same\nin (1), %", "方案(1)中\n同一比例%"));
  columns.push_back(
      {page("poor\nagain, %", "重新\n贫困%"), rate_cells(spreads_by_year(page, "fall_back_rate", s, 0.01))});
  columns.push_back({page("poor in\nno year", "三年中\n未贫困"), counts("poor_none_of_three_years")});
  columns.push_back({page("in 1 or 2\nof 3 years", "一至两年\n贫困"), counts("poor_one_or_two_of_three_years")});
  columns.push_back({page("in all\n3 years", "三年均\n贫困"), counts("poor_all_three_years")});
  columns.push_back({page("on the\nregister\nagain", "重新\n纳入名册"), counts("fall_back_registered")});
  return columns;
}

/// Scenario `s` less the first one in the same worlds, by year.
std::vector<std::string> difference_cells(const Page& page, const char* variable, bool of_exits, double unit,
                                          std::size_t s) {
  std::vector<std::string> cells;
  for (std::size_t y = 0; y < page.study.size("year"); ++y) {
    auto values = dynamics_worlds(page, variable, of_exits, unit, s, y);
    const auto first = dynamics_worlds(page, variable, of_exits, unit, 0, y);
    for (std::size_t w = 0; w < values.size(); ++w) values[w] -= first[w];
    const Spread spread = spread_of(std::move(values));
    const int decimals = unit == 1 && !of_exits ? 0 : 1;
    const std::string median = spread.worlds == 0 ? "" : grouped(spread.median, decimals);
    cells.push_back(spread.worlds == 0 || spread.same ? median
                                                      : median + "\n" + grouped(spread.low, decimals) +
                                                            page(" to ", "至") + grouped(spread.high, decimals));
  }
  return cells;
}

std::vector<YearColumn> difference_columns(const Page& page, std::size_t s) {
  const auto of_exits = [&](const char* variable) { return difference_cells(page, variable, true, 1, s); };
  const auto persons = [&](const char* variable) {
    return difference_cells(page, variable, false, page.persons.unit, s);
  };
  return {{page("left\nincome poverty", "脱离\n收入贫困"), persons("true_exits")},
          {page("out 1 year\nlater, points", "一年后仍未\n贫困，百分点"), of_exits("true_exits_out_one_year")},
          {page("and 2 years\nlater, points", "连续两年未\n贫困，百分点"), of_exits("true_exits_out_two_years")},
          {page("poor again,\npoints", "重新贫困，\n百分点"), difference_cells(page, "fall_back_rate", false, 0.01, s)},
          {page("poor in\nno year", "三年中\n未贫困"), persons("poor_none_of_three_years")},
          {page("in all\n3 years", "三年均\n贫困"), persons("poor_all_three_years")}};
}

/// Effects on the dynamics: each later scenario less the first, under equal luck.
std::string dynamics_differences(const Page& page) {
  std::string text;
  const auto years = page.study.years();
  for (std::size_t s = 1; s < page.study.size("scenario"); ++s) {
    const std::vector<YearColumn> columns = difference_columns(page, s);
    TextTable table;
    table.add_column(page("year", "年份"), TextTable::Align::left);
    for (const YearColumn& column : columns) table.add_column(column.heading);
    for (std::size_t y = 0; y < years.size(); ++y) {
      std::vector<std::string> row = {std::to_string(years[y])};
      for (const YearColumn& column : columns) row.push_back(column.cells[y]);
      table.add_row(std::move(row));
    }
    text += page.heading(
                fmt::format(fmt::runtime(page("({}) less (1) in the same worlds", "({})减(1)，同样世界")), s + 1)) +
            table.text(0, page_width);
  }
  return text;
}

}  // namespace

std::string dynamics_section(const Page& page) {
  if (!page.study.has("true_exits")) return "";
  std::vector<std::vector<YearColumn>> columns;
  for (std::size_t s = 0; s < page.study.size("scenario"); ++s) columns.push_back(dynamics_columns(page, s));
  return page.heading(page("Income poverty from year to year", "收入贫困的动态")) + years_by_scenario(page, columns) +
         dynamics_differences(page) +
         page.note(page(
             "Left income poverty: poor the year before and not poor in the year, in the scenario's own life, whatever "
             "the reason. Of these, the share not poor one year later, and in both later years. Beside it the same "
             "share among those who left in (1): as many stay out by growth and luck alone.",
             "脱离收入贫困：上年贫困而当年不贫困，按本方案自身计，不论原因。其后为一年后仍不贫困、连续两年不贫困者所占"
             "比例；"
             "旁列方案(1)中的同一比例：仅凭增长与运气即有这么多人保持。")) +
         page.note(
             page("Poor again: of those who left income poverty in the three years before, the share that is "
                  "income-poor in the year. Poor in no, one or two, all years: of the year and the two before it.",
                  "重新贫困：此前三年内脱离收入贫困者中当年又贫困的比例。三年：当年与此前两年。"));
}

}  // namespace tuopin
