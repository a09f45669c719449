// What the tables of a summary share.
#include "models/main/summary_parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <initializer_list>

#include "engine/base/errors.hpp"

namespace tuopin {

namespace {

/// Largest value over scenarios, worlds and years.
double largest(const StudyView& study, const char* variable) {
  double most = 0;
  for (std::size_t s = 0; s < study.size("scenario"); ++s)
    for (std::size_t y = 0; y < study.size("year"); ++y)
      for (const double v : study.worlds(variable, s, y)) most = std::max(most, std::isnan(v) ? 0 : v);
  return most;
}

}  // namespace

Page::Page(const Study& of, const std::string& language, bool with_bold)
    : study(of), zh(language == "zh"), bold(with_bold), one_world(study.size("draw") * study.size("replicate") < 2) {
  persons = largest(study, "persons") < 1e5 ? Scale{1, zh ? "人" : "persons"}
            : zh                            ? Scale{1e4, "万人"}
                                            : Scale{1e3, "thousands of persons"};
  const double spending = largest(study, "spending");
  if (zh)
    money = spending >= 1e8 ? Scale{1e8, "亿元"} : Scale{1e4, "万元"};
  else
    money = spending >= 1e7 ? Scale{1e6, "million yuan"} : Scale{1e3, "thousand yuan"};
}

std::string Page::heading(const std::string& text) const {
  const std::string words = text + preview();
  return bold ? "\n\033[1m" + words + "\033[0m\n" : "\n" + words + "\n";
}

std::string Page::preview() const {
  const auto& attributes = study.study().attributes;
  return attributes.find("preview") == attributes.end() ? "" : zh ? " · 预览" : " · preview";
}

std::string Page::scenario_title(std::size_t scenario) const {
  const auto names = study.names("scenario");
  std::string title = study.text_at(zh ? "scenario_title_zh" : "scenario_title", scenario);
  if (title.empty()) title = study.text_at("scenario_title", scenario);
  const std::string name = scenario < names.size() ? names[scenario] : "";
  return title.empty() || title == name ? name : fmt::format("{} [{}]", title, name);
}

void check_sizes(const StudyView& study) {
  constexpr double most = 2e7;
  const auto product = [&](std::initializer_list<const char*> dimensions) {
    double figures = 1;
    for (const char* dimension : dimensions) figures *= static_cast<double>(study.size(dimension));
    return figures;
  };
  for (const double figures :
       {product({"scenario", "draw", "replicate", "year"}), product({"scenario", "draw", "replicate", "year", "fund"}),
        product({"scenario", "draw", "replicate", "year", "programme"}),
        product({"scenario", "batch", "left_out_draw", "year"}), product({"scenario", "target", "year"})})
    if (figures > most)
      throw DataError(
          {Problem{{},
                   "",
                   fmt::format("the study claims {:.3g} figures a table, at most {:g} are shown", figures, most),
                   "open it in Python"}});
}

int decimals_for(double largest) {
  if (largest >= 100 || largest == 0) return 0;
  return largest >= 10 ? 1 : largest >= 1 ? 2 : largest >= 0.1 ? 3 : 4;
}

std::string cell(const Spread& spread, int decimals) {
  if (spread.worlds == 0) return "";
  if (spread.same && spread.median == 0) return "0";
  const std::string median = grouped(spread.median, decimals);
  if (spread.same) return median;
  const std::string low = grouped(spread.low, decimals), high = grouped(spread.high, decimals);
  // A sign and a dash side by side cannot be read.
  return median + "\n" + (spread.low < 0 ? "[" + low + ", " + high + "]" : low + "–" + high);
}

std::vector<Spread> spreads_by_year(const Page& page, const std::string& variable, std::size_t scenario, double unit,
                                    const char* dimension, std::size_t entry) {
  std::vector<Spread> spreads;
  for (std::size_t y = 0; y < page.study.size("year"); ++y) {
    auto values = page.study.worlds(variable, scenario, y, dimension, entry);
    for (double& v : values) v /= unit;
    spreads.push_back(spread_of(std::move(values)));
  }
  return spreads;
}

std::vector<std::string> count_cells(const Page& page, const char* variable, std::size_t scenario, double unit) {
  double most = 0;
  for (std::size_t s = 0; s < page.study.size("scenario"); ++s)
    for (const Spread& spread : spreads_by_year(page, variable, s, unit))
      most = std::max(most, spread.worlds > 0 ? std::max(spread.high, -spread.low) : 0);
  std::vector<std::string> out;
  for (const Spread& spread : spreads_by_year(page, variable, scenario, unit))
    out.push_back(cell(spread, unit > 1 ? decimals_for(most) : 0));
  return out;
}

std::vector<std::string> rate_cells(const std::vector<Spread>& spreads) {
  std::vector<std::string> out;
  for (const Spread& s : spreads) out.push_back(cell(s, s.error < 0.005 ? 2 : 1));
  return out;
}

std::string years_by_scenario(const Page& page, const std::vector<std::vector<YearColumn>>& columns,
                              const std::string& first_title_ends_with) {
  const auto years = page.study.years();
  const auto has_words = [&](std::size_t column) {
    return std::any_of(columns.begin(), columns.end(), [&](const std::vector<YearColumn>& of) {
      return std::any_of(of[column].cells.begin(), of[column].cells.end(),
                         [](const std::string& c) { return !c.empty(); });
    });
  };
  std::vector<std::size_t> shown;
  for (std::size_t c = 0; !columns.empty() && c < columns[0].size(); ++c)
    if (has_words(c)) shown.push_back(c);
  if (shown.empty()) return "";

  TextTable table;
  table.add_column(page("year", "年份"), TextTable::Align::left);
  for (const std::size_t c : shown) table.add_column(columns[0][c].heading, columns[0][c].align);
  for (std::size_t s = 0; s < columns.size(); ++s) {
    table.add_section(page.heading(
        fmt::format("({}) {}{}", s + 1, page.scenario_title(s), s > 0 ? std::string{} : first_title_ends_with)));
    for (std::size_t y = 0; y < years.size(); ++y) {
      std::vector<std::string> row = {std::to_string(years[y])};
      for (const std::size_t c : shown) row.push_back(columns[s][c].cells[y]);
      table.add_row(std::move(row));
    }
  }
  return table.text(0, page_width);
}

std::string comparison_sign(const std::string& comparison) {
  return comparison == "at_most" ? "≤" : comparison == "at_least" ? "≥" : "≈";
}

std::string probability_text(const Page& page, double probability) {
  if (std::isnan(probability)) return "–";
  if (page.one_world) return probability > 0.5 ? page("yes", "是") : page("no", "否");
  return fmt::format("{:.0f}%", 100 * probability);
}

std::string target_figure(double value, bool is_rate) {
  if (std::isnan(value)) return "–";
  if (is_rate) return fmt::format("{:.4g}%", 100 * value);
  return grouped(value, 0);
}

}  // namespace tuopin
