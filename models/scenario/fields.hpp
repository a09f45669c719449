// What the files of a scenario may hold: the one field table.
#pragma once

#include "engine/settings/settings.hpp"

namespace tuopin {

const FileKind& scenario_file();
const FileKind& programme_file();
const FileKind& region_file();

}  // namespace tuopin
