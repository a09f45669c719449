// The tables of a study, for people: rates, exits and money by year and scenario; batches left out in turn; targets.
#pragma once

#include "engine/files/study.hpp"

namespace tuopin {

void print_summary(const Study& study, const std::string& language);

}  // namespace tuopin
