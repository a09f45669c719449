// What the tables of a summary share: language, scales, cells.
#pragma once

#include <string>

#include "models/main/figures.hpp"
#include "models/main/table.hpp"

namespace tuopin {

constexpr std::size_t page_width = 120;

/// A figure is divided by `unit` and called by `name`.
struct Scale {
  double unit;
  std::string name;
};

/// A study, the language of its tables, and the scales that fit its size: one choice for all tables, so that figures
/// can be compared between them.
struct Page {
  Page(const Study& of, const std::string& language, bool with_bold);

  StudyView study;
  bool zh, bold;
  bool one_world;  ///< one draw and replicate: nothing to make an interval of
  Scale persons, money;

  const std::string& operator()(const std::string& english, const std::string& chinese) const {
    return zh ? chinese : english;
  }
  std::string heading(const std::string& text) const;
  /// " · preview" for a run that was made to look at only; every heading says so.
  std::string preview() const;
  std::string note(const std::string& text) const { return paragraph("  ", text, page_width); }
  std::string scenario_title(std::size_t scenario) const;
};

/// Refuses studies with implausibly large dimensions, because tables are made by iterating over all worlds and years.
void check_sizes(const StudyView& study);

/// Decimals that keep three digits of the largest figure of a column.
int decimals_for(double largest);
/// Median above its interval; the median alone where all worlds agree or there is but one.
std::string cell(const Spread& spread, int decimals);
/// The spread of each year; `unit` divides.
std::vector<Spread> spreads_by_year(const Page& page, const std::string& variable, std::size_t scenario, double unit,
                                    const char* dimension = nullptr, std::size_t entry = 0);
/// Cells of counts by year, with as many decimals as the largest figure of all scenarios calls for.
std::vector<std::string> count_cells(const Page& page, const char* variable, std::size_t scenario, double unit);
/// Cells of rates in percent: a second decimal only where the Monte Carlo error of the median is below half of it.
std::vector<std::string> rate_cells(const std::vector<Spread>& spreads);

/// A column of a table that has a row for each year.
struct YearColumn {
  std::string heading;
  std::vector<std::string> cells;  ///< by year
  TextTable::Align align = TextTable::Align::right;
};
/// One part for each scenario under its title, all with equal columns; columns without a word in any are left out.
std::string years_by_scenario(const Page& page, const std::vector<std::vector<YearColumn>>& columns,
                              const std::string& first_title_ends_with = "");
/// "≤", "≥" or "≈".
std::string comparison_sign(const std::string& comparison);
/// Share of the worlds in percent; yes or no if there is only one world.
std::string probability_text(const Page& page, double probability);
/// A printed figure of the document: a rate in percent, otherwise a whole number.
std::string target_figure(double value, bool is_rate);

std::string years_section(const Page& page);
std::string effect_section(const Page& page);
std::string income_section(const Page& page);
std::string dynamics_section(const Page& page);
std::string error_section(const Page& page);
std::string money_section(const Page& page);
std::string programme_section(const Page& page);
std::string batch_section(const Page& page);
std::string target_section(const Page& page);
std::string warning_section(const Page& page);

}  // namespace tuopin
