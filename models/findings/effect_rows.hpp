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
  Message label;
  Scale scale;                       ///< the spreads are already divided by it
  bool is_rate = false;              ///< percent
  bool of_row_above = false;         ///< the same figure in another unit
  bool own_unit = false;             ///< neither persons nor the money of all tables: said beside the label
  Spread without, with, difference;  ///< no worlds: the row has no such figure
  Lower lower;                       ///< of no worlds: not said
  Message words;                     ///< in place of a difference
  int decimals = 0;                  ///< of the whole row, and of all rows in the same unit
};

/// Of a later scenario against the first; of the first its own figures alone. Rows of figures that the study does not
/// have are left out.
std::vector<EffectRow> effect_rows(const Page& page, std::size_t scenario, bool with_person_years);
/// The row of the income-poor; false where the study does not have it.
bool has_income_poor(const Page& page);
/// Figures that the rows read and the run did not record, each once.
std::vector<std::string> figures_not_recorded(const Page& page, std::size_t scenario);
/// What an interval is called: "90% interval", "whole range".
Message interval_name(const Page& page);
/// A sentence that says what an interval covers and what it does not.
Message interval_sentence(const Page& page);

}  // namespace tuopin
