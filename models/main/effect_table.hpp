// The table of effects at the end of a run: without the plan, with it, and the paired difference under the same draws
// and luck.
#pragma once

#include <string>

#include "models/findings/effect_rows.hpp"

namespace tuopin {

/// Effects of a later scenario relative to the first; for the first one only its own column. Lines are at most `width`
/// columns wide for numbers of ordinary size: what does not fit is left out, first the intervals of the levels.
std::string effect_table(const Page& page, std::size_t scenario, std::size_t width);
/// "-29.0 (-34.2 to -25.1), lower in 100 of 100 worlds" for the income-poor of the last year.
std::string effect_in_words(const Page& page, std::size_t scenario);
/// Figures of the table that the run did not record; empty if none is missing.
std::string missing_figures(const Page& page, std::size_t scenario);

}  // namespace tuopin
