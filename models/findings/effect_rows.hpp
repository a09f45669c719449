// The rows of the table of effects: without the plan, with it, and the paired difference under the same draws and luck.
// The end of a run, the summary and the workbook lay them out.
#pragma once

#include <string>
#include <vector>

#include "models/findings/effects.hpp"
#include "models/findings/order_statistics.hpp"
#include "models/findings/page.hpp"

namespace tuopin {

struct EffectRow {
  std::string label;
  Scale scale;                       ///< the spreads are already divided by it
  bool is_rate = false;              ///< percent: a decimal for levels, two for differences
  bool of_row_above = false;         ///< the same figure in another unit
  Spread without, with, difference;  ///< no worlds: the row has no such figure
  Lower lower;                       ///< of no worlds: not said
  std::string words;                 ///< in place of a difference
  int level_decimals = 0, difference_decimals = 0;
};

/// Of a later scenario against the first; of the first its own figures alone. Rows of figures that the study does not
/// have are left out.
std::vector<EffectRow> effect_rows(const Page& page, std::size_t scenario, bool with_person_years);
/// The row of the income-poor; false where the study does not have it.
bool has_income_poor(const Page& page);
/// Figures that the rows read and the run did not record, each once.
std::vector<std::string> figures_not_recorded(const Page& page, std::size_t scenario);
/// What an interval is called: "90% interval", "whole range".
std::string interval_name(const Page& page);
/// A sentence that says what an interval covers and what it does not.
std::string interval_sentence(const Page& page);

}  // namespace tuopin
