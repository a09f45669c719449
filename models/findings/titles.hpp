// Titles for people of what a study names by ids. Those of programmes and funds stand in the texts of programmes and
// scenarios that it holds, a key a line.
#pragma once

#include <string>

#include "models/findings/page.hpp"

namespace tuopin {

/// "Forest ranger posts [forest_rangers]"; the name alone where no text has a title for it.
std::string programme_title(const Page& page, const std::string& name);
/// The same of a fund, from the first scenario that gives it a title. The safety net's own source is called that.
std::string fund_title(const Page& page, const std::string& name);

}  // namespace tuopin
