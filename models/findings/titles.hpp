// Titles for people of what a study names by ids. Those of programmes and funds stand in the texts of programmes and
// scenarios that it holds, a key a line.
#pragma once

#include <string>

#include "engine/base/message.hpp"
#include "models/findings/study_view.hpp"

namespace tuopin {

/// "Forest ranger posts [forest_rangers]"; the name alone where no text has a title for it.
Message programme_title(const StudyView& study, const std::string& name);
/// The same of a fund, from the first scenario that gives it a title. The safety net's own source is called that.
Message fund_title(const StudyView& study, const std::string& name);

/// "wages [wage]"; the name alone of a stream that is not one of the shipped ones.
Message stream_title(const std::string& name);

}  // namespace tuopin
