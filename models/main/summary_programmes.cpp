// Every programme of a scenario: whom it reached and what it spent, over all years.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "models/main/summary_parts.hpp"

namespace tuopin {

namespace {

/// Sum or last value over the years, world by world; NaN where the programme is not in the scenario.
enum class Over { sum, most, last };
std::vector<double> over_years(const Page& page, const char* variable, std::size_t s, std::size_t programme, Over how) {
  const StudyView& study = page.study;
  std::vector<double> out;
  for (std::size_t d = 0; d < study.size("draw"); ++d)
    for (std::size_t r = 0; r < study.size("replicate"); ++r) {
      double total = std::nan("");
      for (std::size_t y = 0; y < study.size("year"); ++y) {
        const double v =
            study.at(variable, {{"scenario", s}, {"draw", d}, {"replicate", r}, {"year", y}, {"programme", programme}});
        if (std::isnan(v)) continue;
        total = std::isnan(total) || how == Over::last ? v : how == Over::most ? std::max(total, v) : total + v;
      }
      out.push_back(total);
    }
  return out;
}

/// Of all programmes in all scenarios, so that their figures have equal decimals.
struct Column {
  const char* variable;
  Over how;
  double unit;
  int decimals = 0;
};

std::string figure(const Page& page, const Column& column, std::size_t s, std::size_t programme) {
  auto values = over_years(page, column.variable, s, programme, column.how);
  for (double& value : values) value /= column.unit;
  return cell(spread_of(std::move(values)), column.decimals);
}

/// The title in the programme's own text, which the study holds; its name where there is none.
std::string title_of(const Page& page, const std::string& name) {
  const std::string language = page.zh ? "zh = \"" : "en = \"";
  for (const std::string& line : page.study.lines("programme_text:" + name)) {
    const std::size_t begin = line.starts_with("title = ") ? line.find(language) : std::string::npos;
    if (begin == std::string::npos) continue;
    const std::size_t start = begin + language.size(), end = std::min(line.find('"', start), line.size());
    if (end > start) return fmt::format("{} [{}]", line.substr(start, end - start), name);
  }
  return name;
}

bool has_programme(const Page& page, std::size_t s, std::size_t programme) {
  return spread_of(over_years(page, "programmes/entered_units", s, programme, Over::sum)).worlds > 0;
}

void set_decimals(const Page& page, Column& column) {
  if (column.unit <= 1) return;
  double most = 0;
  for (std::size_t s = 0; s < page.study.size("scenario"); ++s)
    for (std::size_t p = 0; p < page.study.size("programme"); ++p)
      for (const double v : over_years(page, column.variable, s, p, column.how))
        most = std::max(most, std::isnan(v) ? 0 : v / column.unit);
  column.decimals = decimals_for(most);
}

std::string programme_table(const Page& page, std::size_t s) {
  Column columns[] = {{"programmes/eligible_persons", Over::most, page.persons.unit},
                      {"programmes/places", Over::sum, 1},
                      {"programmes/entered_units", Over::sum, 1},
                      {"programmes/entered_persons", Over::sum, page.persons.unit},
                      {"programmes/holding_persons", Over::last, page.persons.unit},
                      {"programmes/spending", Over::sum, page.money.unit}};
  for (Column& column : columns) set_decimals(page, column);
  TextTable table;
  table.add_column(page("programme", "项目"), TextTable::Align::left, 34);
  table.add_column(page("persons eligible,\nlargest year", "符合条件人口\n（最多的年份）"));
  table.add_column(page("places\noffered", "计划\n名额"));
  table.add_column(page("places\nfilled", "用上的\n名额"));
  table.add_column(page("persons\nentered", "进入户\n人口"));
  const auto years = page.study.years();
  table.add_column(fmt::format(fmt::runtime(page("persons enrolled at\nthe end of {}", "{}年\n年末在项目人口")),
                               years.empty() ? 0 : years.back()));
  table.add_column(page("spent\n", "支出\n") + page.money.name);
  const auto names = page.study.names("programme");
  for (std::size_t p = 0; p < names.size(); ++p) {
    if (!has_programme(page, s, p)) continue;
    std::vector<std::string> row = {title_of(page, names[p])};
    for (const Column& column : columns) row.push_back(figure(page, column, s, p));
    if (row[2] == "0" && row[3] != "0") row[2] = page("no limit", "不限");  // everyone may enter: no places are counted
    table.add_row(std::move(row));
  }
  return table.text(0, page_width);
}

}  // namespace

std::string programme_section(const Page& page) {
  if (!page.study.has("programmes/entered_units")) return "";
  std::string text;
  for (std::size_t s = 0; s < page.study.size("scenario"); ++s) {
    bool any = false;
    for (std::size_t p = 0; p < page.study.size("programme"); ++p) any = any || has_programme(page, s, p);
    if (!any) continue;
    text += page.heading(
                fmt::format(fmt::runtime(page("Programmes of ({}) {}, all years", "方案({}) {}的项目（各年合计）")),
                            s + 1, page.scenario_title(s))) +
            programme_table(page, s);
  }
  return text;
}

}  // namespace tuopin
