#include "models/main/effect_table.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "models/main/effects.hpp"

namespace tuopin {

namespace {

constexpr std::size_t effect_indent = 2;

struct EffectRow {
  std::string label;
  double unit = 1;
  bool is_rate = false;                           ///< percent: a decimal for levels, two for differences
  std::vector<double> without, with, difference;  ///< by world; empty: no such figure
  bool counts_worlds = false;                     ///< say in how many worlds it is lower
  std::string words;                              ///< in place of a difference
};

/// How much of it is shown.
struct Detail {
  bool level_intervals, one_line;
};

double largest_of(const Spread& spread) {
  return spread.worlds == 0 ? 0 : std::max(std::fabs(spread.low), std::fabs(spread.high));
}

Spread spread_in(std::vector<double> values, double unit) {
  for (double& v : values) v /= unit;
  return spread_of(std::move(values));
}

std::string with_interval(const Page& page, const Spread& spread, int decimals, bool interval) {
  if (spread.worlds == 0) return "";
  const std::string median = spread.same && spread.median == 0 ? "0" : grouped(spread.median, decimals);
  if (!interval || spread.same) return median;
  // A sign and a dash side by side cannot be read.
  const std::string between = spread.low < 0 ? page(" to ", "至") : "–";
  return fmt::format("{} ({}{}{})", median, grouped(spread.low, decimals), between, grouped(spread.high, decimals));
}

std::string in_worlds(const Page& page, const std::vector<double>& differences) {
  const Lower lower = lower_worlds(differences);
  return fmt::format(fmt::runtime(page("lower in {0} of {1} worlds", "{1}个世界中有{0}个更低")), lower.worlds,
                     lower.of);
}

enum class RowKind {
  level,          ///< without the plan, with it, and the difference
  counted_level,  ///< the same, and in how many worlds it is lower
  rate,           ///< a level in percent
  effect          ///< a difference alone
};

/// A row as it is asked for: the variables that it reads, and its figure of a scenario, by world.
struct RowWanted {
  std::string label;
  RowKind kind;
  double unit;
  std::vector<const char*> variables;
  std::function<std::vector<double>(std::size_t scenario)> of;
  std::string words;  ///< where there is no figure, if anything
};

std::vector<RowWanted> rows_wanted(const Page& page, std::size_t s, bool with_person_years) {
  const StudyView& study = page.study;
  const std::size_t last = study.size("year") - 1;
  const double persons = page.persons.unit, money = page.money.unit;
  std::vector<RowWanted> rows;
  const auto add = [&](const std::string& label, RowKind kind, double unit, std::vector<const char*> variables, auto of,
                       const std::string& words = "") {
    rows.push_back(
        {label, kind, unit, std::move(variables), [&study, of](std::size_t of_s) { return of(study, of_s); }, words});
  };
  const auto last_of = [last](const char* name) {
    return [last, name](const StudyView& in, std::size_t of) { return in.worlds(name, of, last); };
  };
  add(page("income-poor (simulated)", "模拟收入贫困"), RowKind::counted_level, persons, {"poverty_rate", "persons"},
      [last](const StudyView& in, std::size_t of) { return poor_persons(in, of, last); });
  add(page("  % of all persons", "  占全部人口%"), RowKind::rate, 0.01, {"poverty_rate"}, last_of("poverty_rate"));
  add(page("on the register", "建档立卡在册"), RowKind::counted_level, persons, {"register_persons"},
      last_of("register_persons"));
  if (s > 0) {
    add(page("out of poverty by the plan", "因规划脱贫"), RowKind::effect, persons, {"out_of_poverty"},
        last_of("out_of_poverty"));
    add(page("into poverty by the plan", "因规划致贫"), RowKind::effect, persons, {"into_poverty"},
        last_of("into_poverty"));
    if (with_person_years)
      add(page("person-years spared, all years", "各年人年合计"), RowKind::effect, persons, {"fall_in_poverty"},
          person_years);
  }
  add(page("spent", "支出"), RowKind::level, money, {"spending"}, spent);
  add(page("unspent", "未用资金"), RowKind::level, money, {"ledger/lapsed", "ledger/carried_over"}, unspent);
  if (s > 0)
    add(
        page("cost per person-year, yuan", "每人年费用（元）"), RowKind::effect, 1, {"fall_in_poverty", "spending"},
        [](const StudyView& in, std::size_t of) {
          return cost_per_person_year(in, of).value_or(std::vector<double>{});
        },
        page("not estimable", "无法估计"));
  return rows;
}

bool has_all(const StudyView& study, const RowWanted& row) {
  return std::all_of(row.variables.begin(), row.variables.end(),
                     [&](const char* variable) { return study.has(variable); });
}

/// Those of which the study has every variable.
std::vector<EffectRow> effect_rows(const Page& page, std::size_t s, bool with_person_years) {
  const bool many = page.study.size("draw") * page.study.size("replicate") > 1;
  std::vector<EffectRow> rows;
  for (const RowWanted& wanted : rows_wanted(page, s, with_person_years)) {
    if (!has_all(page.study, wanted)) continue;
    const bool counts = wanted.kind == RowKind::counted_level && many;
    EffectRow row{wanted.label, wanted.unit, wanted.kind == RowKind::rate, {}, {}, {}, counts, ""};
    if (wanted.kind == RowKind::effect) {
      row.difference = wanted.of(s);
      if (row.difference.empty()) row.words = wanted.words;
    } else {
      row.with = wanted.of(s);
      if (s > 0) {
        row.without = wanted.of(0);
        row.difference = difference(row.with, row.without);
      }
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

std::vector<std::string> effect_cells(const Page& page, const EffectRow& row, std::size_t s, const Detail& detail) {
  const Spread without = spread_in(row.without, row.unit), with = spread_in(row.with, row.unit),
               change = spread_in(row.difference, row.unit);
  const auto decimals = [&](double largest, int of_rate) {
    return row.is_rate    ? std::min(of_rate, std::max(1, decimals_for(largest)))
           : row.unit > 1 ? decimals_for(largest)
                          : 0;
  };
  const int of_levels = decimals(std::max(largest_of(without), largest_of(with)), 1);
  const std::string level = with_interval(page, with, of_levels, detail.level_intervals || s == 0);
  if (s == 0) return {row.label, level};
  std::string changed =
      row.words.empty() ? with_interval(page, change, decimals(largest_of(change), 2), true) : row.words;
  if (row.counts_worlds && change.worlds > 0)
    changed += (detail.one_line ? page(", ", "，") : "\n") + in_worlds(page, row.difference);
  return {row.label, with_interval(page, without, of_levels, detail.level_intervals), level, changed};
}

std::string effect_layout(const Page& page, const std::vector<EffectRow>& rows, std::size_t s, const Detail& detail,
                          std::size_t width) {
  constexpr std::size_t enough = 20;  // worlds: below, the 5% and 95% order statistics are the least and the largest
  const bool whole_range = page.study.size("draw") * page.study.size("replicate") < enough;
  const std::string interval =
      whole_range ? page("median (whole range)", "中位数（全距）") : page("median (90% interval)", "中位数（90%区间）");
  TextTable table;
  table.add_column("", TextTable::Align::left);
  if (s == 0) {
    table.add_column(page.one_world ? page("the one world", "唯一的世界") : interval);
  } else {
    table.add_column(page("without\nthe plan", "无规划"));
    table.add_column(page("with it", "有规划"));
    table.add_column(
        page("difference in the same worlds", "同样世界中的差异") + (page.one_world ? "" : "\n" + interval),
        TextTable::Align::left);
  }
  for (const EffectRow& row : rows) table.add_row(effect_cells(page, row, s, detail));
  return table.text(effect_indent, width);
}

bool fits(const std::string& text, std::size_t width) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    if (display_width(std::string_view(text).substr(at, end - at)) > width) return false;
    at = end + 1;
  }
  return true;
}

}  // namespace

std::string effect_table(const Page& page, std::size_t scenario, std::size_t width, bool with_person_years) {
  const auto rows = effect_rows(page, scenario, with_person_years);
  if (rows.empty()) return "";
  for (const Detail detail : {Detail{true, true}, Detail{false, true}, Detail{true, false}}) {
    std::string text = effect_layout(page, rows, scenario, detail, width);
    if (fits(text, width)) return text;
  }
  return effect_layout(page, rows, scenario, {false, false}, width);
}

std::string effect_in_words(const Page& page, std::size_t scenario) {
  const RowWanted first = rows_wanted(page, scenario, false).front();
  if (!has_all(page.study, first)) return page("not asked for", "未要求");
  const EffectRow row = effect_rows(page, scenario, false).front();
  const Spread with = spread_in(row.with, row.unit), change = spread_in(row.difference, row.unit);
  const auto decimals = [&](const Spread& of) { return row.unit > 1 ? decimals_for(largest_of(of)) : 0; };
  std::string text = with_interval(page, with, decimals(with), false) + page("; difference ", "；差异 ") +
                     with_interval(page, change, decimals(change), true);
  if (row.counts_worlds) text += page(", ", "，") + in_worlds(page, row.difference);
  return text;
}

std::string missing_figures(const Page& page, std::size_t scenario) {
  std::vector<std::string> missing;
  for (const RowWanted& row : rows_wanted(page, scenario, false))
    for (const char* variable : row.variables)
      if (!page.study.has(variable) && std::find(missing.begin(), missing.end(), variable) == missing.end())
        missing.emplace_back(variable);
  if (missing.empty()) return "";
  return fmt::format(fmt::runtime(page("Not asked for, so not in the table: {}.", "未要求、因而不在表中的指标：{}。")),
                     fmt::join(missing, page(", ", "、")));
}

std::string interval_sentence(const Page& page) {
  const bool draws = page.study.size("draw") > 1;
  if (page.one_world)
    return page(
        "One draw and one replicate: one possible world, without an interval. It is not a forecast, and a "
        "wrong equation does not show in it.",
        "仅一次参数抽样、一次重复：只是一个可能的世界，无区间；它不是预测，方程若有错误也看不出来。");
  return draws ? page(
                     "The interval shows how the result varies over the stated assumptions; it is not a forecast, and "
                     "a wrong equation is not in it.",
                     "区间表示结果随所列假设变动的范围；它不是预测，也不包含方程本身的错误。")
               : page(
                     "The interval shows how the result varies with luck alone, at the central values of the "
                     "assumptions; it is not a forecast, and a wrong equation is not in it.",
                     "区间仅表示结果随运气变动的范围（假设取中心值）；它不是预测，也不包含方程本身的错误。");
}

}  // namespace tuopin
