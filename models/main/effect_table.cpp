#include "models/main/effect_table.hpp"

#include <fmt/format.h>

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

std::string with_interval(const SpokenPage& page, const Spread& spread, int decimals, bool interval) {
  if (spread.worlds == 0) return "";
  const std::string median = spread.same && spread.median == 0 ? "0" : grouped(spread.median, decimals);
  if (!interval || spread.same) return median;
  const std::string low = grouped(spread.low, decimals), high = grouped(spread.high, decimals);
  // A sign and a dash side by side cannot be read.
  return fmt::format("{} ({})", median, spread.low < 0 ? page(message("{} to {}", low, high)) : low + "–" + high);
}

template <typename Said>
Message with_worlds(const Said& change, const Lower& lower) {
  return message("{}, lower in {} of {} worlds", change, lower.worlds, lower.of);
}

/// The title of the table names the units of persons and money; others stand in the row.
std::string label_of(const SpokenPage& page, const EffectRow& row) {
  if (row.of_row_above) return "  " + page(row.label);
  return page(row.own_unit ? message("{}, {}", row.label, row.scale.name) : row.label);
}

std::vector<std::string> effect_cells(const SpokenPage& page, const EffectRow& row, std::size_t s,
                                      const Detail& detail) {
  const std::string level = with_interval(page, row.with, row.decimals, detail.level_intervals || s == 0);
  if (s == 0) return {label_of(page, row), level};
  std::string changed = row.words.empty() ? with_interval(page, row.difference, row.decimals, true) : page(row.words);
  if (row.lower.of > 0)
    changed = detail.one_line
                  ? page(with_worlds(changed, row.lower))
                  : changed + "\n" + page(message("lower in {} of {} worlds", row.lower.worlds, row.lower.of));
  return {label_of(page, row), with_interval(page, row.without, row.decimals, detail.level_intervals), level, changed};
}

std::string effect_layout(const SpokenPage& page, const std::vector<EffectRow>& rows, std::size_t s,
                          const Detail& detail, std::size_t width) {
  const std::string interval = page(message("median ({})", interval_name(page)));
  TextTable table;
  table.add_column("", TextTable::Align::left);
  if (s == 0) {
    table.add_column(page.one_world ? page(msgid("the one world")) : interval);
  } else {
    table.add_column(page(msgid("without\nthe plan")));
    table.add_column(page(msgid("with it")));
    table.add_column(page(msgid("difference in the same worlds")) + (page.one_world ? "" : "\n" + interval),
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

std::string effect_table(const SpokenPage& page, std::size_t scenario, std::size_t width) {
  const auto rows = effect_rows(page, scenario, false);
  if (rows.empty()) return "";
  for (const Detail detail : {Detail{true, true}, Detail{false, true}, Detail{true, false}}) {
    constexpr std::size_t any = 1000;  // two columns between cells; only the last layout may have one
    std::string text = effect_layout(page, rows, scenario, detail, any);
    if (fits(text, width)) return text;
  }
  return effect_layout(page, rows, scenario, {false, false}, width);
}

std::string effect_in_words(const SpokenPage& page, std::size_t scenario) {
  const auto rows = effect_rows(page, scenario, false);
  if (rows.empty() || !has_income_poor(page)) return page(msgid("not asked for"));
  const EffectRow& row = rows.front();
  const Message text = message("{}; difference {}", with_interval(page, row.with, row.decimals, false),
                               with_interval(page, row.difference, row.decimals, true));
  return page(row.lower.of > 0 ? with_worlds(text, row.lower) : text);
}

std::string missing_figures(const SpokenPage& page, std::size_t scenario) {
  const auto missing = figures_not_recorded(page, scenario);
  if (missing.empty()) return "";
  return page(message("Not asked for, so not in the table: {}.", listed(missing)));
}

}  // namespace tuopin
