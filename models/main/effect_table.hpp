// The table of what a scenario changes: without the plan, with it, and the difference in the same worlds.
#pragma once

#include "models/main/summary_parts.hpp"

namespace tuopin {

/// Of a later scenario against the first; of the first one its own column. Lines are at most `width` columns wide where
/// numbers of ordinary size allow it: what does not fit goes, the intervals of the levels first.
std::string effect_table(const Page& page, std::size_t scenario, std::size_t width, bool with_person_years = false);
/// "-29.0 (-34.2 to -25.1), lower in 100 of 100 worlds" for the income-poor of the last year.
std::string effect_in_words(const Page& page, std::size_t scenario);
/// Which figures of the table were not asked for; empty where none is missing.
std::string missing_figures(const Page& page, std::size_t scenario);
/// What an interval shows, and what it does not.
std::string interval_sentence(const Page& page);

}  // namespace tuopin
