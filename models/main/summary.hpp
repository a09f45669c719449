// The readable tables of a study: rates, exits and money by year and scenario; batches left out in turn; targets.
#pragma once

#include <string>

#include "engine/study/study.hpp"

namespace tuopin {

/// `bold`: headings stand out on a terminal.
std::string summary_text(const Study& study, const std::string& language, bool bold);
/// The same to the standard output.
void print_summary(const Study& study, const std::string& language);
/// What `tuopin hash` prints.
std::string hash_text(const Study& study);

}  // namespace tuopin
