// What the files of a scenario may hold: the one field table.
#pragma once

#include <map>

#include "engine/settings/settings.hpp"

namespace tuopin {

/// The kinds of files that make a scenario.
struct FileKinds {
  FileKind scenario, programme, region;
};
/// `verbs`: fields of each verb that a programme may use.
FileKinds file_kinds(std::map<std::string, std::vector<Field>> verbs);

const FileKind& region_file();

/// Batches of which a programme can be.
const std::vector<std::string>& batch_names();

}  // namespace tuopin
