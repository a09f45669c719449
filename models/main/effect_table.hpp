// The table of effects at the end of a run: without the plan, with it, and the paired difference under the same draws
// and luck.
#pragma once

#include <string>

#include "models/findings/effect_rows.hpp"
#include "models/main/language.hpp"

namespace tuopin {

/// A page, and the language of the end of a run.
struct SpokenPage : Page {
  SpokenPage(const Study& of, const std::string& language)
      : Page(of, language), translation(translation_into(language)) {}
  std::string operator()(const Message& message) const { return message.said(translation); }

  const Translation& translation;
};

/// Effects of a later scenario relative to the first; for the first one only its own column. Lines are at most `width`
/// columns wide for numbers of ordinary size: what does not fit is left out, first the intervals of the levels.
std::string effect_table(const SpokenPage& page, std::size_t scenario, std::size_t width);
/// "-29.0 (-34.2 to -25.1), lower in 100 of 100 worlds" for the income-poor of the last year.
std::string effect_in_words(const SpokenPage& page, std::size_t scenario);
/// Figures of the table that the run did not record; empty if none is missing.
std::string missing_figures(const SpokenPage& page, std::size_t scenario);

}  // namespace tuopin
