#include "models/main/effect_table.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/base/wrapped_text.hpp"
#include "models/findings/number_text.hpp"
#include "models/main/table.hpp"

namespace tuopin {

namespace {

constexpr std::size_t effect_indent = 2;

/// How much of it is shown.
struct Detail {
  bool level_intervals, one_line;
};

std::string with_interval(const Page& page, const Spread& spread, int decimals, bool interval) {
  if (spread.worlds == 0) return "";
  const std::string median = spread.same && spread.median == 0 ? "0" : grouped(spread.median, decimals);
  if (!interval || spread.same) return median;
  // A sign and a dash side by side cannot be read.
  const std::string between = spread.low < 0 ? page(" to ", "至") : "–";
  return fmt::format("{} ({}{}{})", median, grouped(spread.low, decimals), between, grouped(spread.high, decimals));
}

std::string in_worlds(const Page& page, const Lower& lower) {
  return fmt::format(fmt::runtime(page("lower in {0} of {1} worlds", "{1}个世界中有{0}个更低")), lower.worlds,
                     lower.of);
}

/// The title of the table names the units of persons and money; others stand in the row.
std::string label_of(const Page& page, const EffectRow& row) {
  if (row.of_row_above) return "  " + row.label;
  if (row.scale.name == page("yuan", "元")) return row.label + page(", ", "（") + row.scale.name + page("", "）");
  return row.label;
}

std::vector<std::string> effect_cells(const Page& page, const EffectRow& row, std::size_t s, const Detail& detail) {
  const std::string level = with_interval(page, row.with, row.level_decimals, detail.level_intervals || s == 0);
  if (s == 0) return {label_of(page, row), level};
  std::string changed =
      row.words.empty() ? with_interval(page, row.difference, row.difference_decimals, true) : row.words;
  if (row.lower.of > 0) changed += (detail.one_line ? page(", ", "，") : "\n") + in_worlds(page, row.lower);
  return {label_of(page, row), with_interval(page, row.without, row.level_decimals, detail.level_intervals), level,
          changed};
}

std::string effect_layout(const Page& page, const std::vector<EffectRow>& rows, std::size_t s, const Detail& detail,
                          std::size_t width) {
  const std::string interval = fmt::format(fmt::runtime(page("median ({})", "中位数（{}）")), interval_name(page));
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

std::string effect_table(const Page& page, std::size_t scenario, std::size_t width) {
  const auto rows = effect_rows(page, scenario, false);
  if (rows.empty()) return "";
  for (const Detail detail : {Detail{true, true}, Detail{false, true}, Detail{true, false}}) {
    std::string text = effect_layout(page, rows, scenario, detail, width);
    if (fits(text, width)) return text;
  }
  return effect_layout(page, rows, scenario, {false, false}, width);
}

std::string effect_in_words(const Page& page, std::size_t scenario) {
  const auto rows = effect_rows(page, scenario, false);
  if (rows.empty() || !has_income_poor(page)) return page("not asked for", "未要求");
  const EffectRow& row = rows.front();
  std::string text = with_interval(page, row.with, row.level_decimals, false) + page("; difference ", "；差异 ") +
                     with_interval(page, row.difference, row.difference_decimals, true);
  if (row.lower.of > 0) text += page(", ", "，") + in_worlds(page, row.lower);
  return text;
}

std::string missing_figures(const Page& page, std::size_t scenario) {
  const auto missing = figures_not_recorded(page, scenario);
  if (missing.empty()) return "";
  return fmt::format(fmt::runtime(page("Not asked for, so not in the table: {}.", "未要求、因而不在表中的指标：{}。")),
                     fmt::join(missing, page(", ", "、")));
}

}  // namespace tuopin
