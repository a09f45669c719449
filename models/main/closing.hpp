// The text at the end of a run: what the plan changes, and warnings. The full tables are in `tuopin summary`.
#pragma once

#include <string>

#include "engine/study/study.hpp"

namespace tuopin {

/// Lines that the end of a run takes at most: after the text one names the file, and one more warns of a preview.
constexpr std::size_t closing_lines = 25;

/// All but those last lines, in lines of at most `width` columns.
std::string closing_text(const Study& study, const std::string& language, std::size_t width);

}  // namespace tuopin
