// What the files of a scenario may hold: the one field table.
#pragma once

#include <map>

#include "engine/settings/settings.hpp"
#include "models/scenario/target_measures.hpp"

namespace tuopin {

/// The kinds of files that make a scenario.
struct FileKinds {
  FileKind scenario, programme, region;
  std::vector<TargetMeasure> measures = shipped_measures();  ///< that the targets of a region may name
};
/// `verbs`: fields of each verb that a programme may use.
FileKinds file_kinds(std::map<std::string, std::vector<Field>> verbs);

const FileKind& region_file();

/// Batches of which a programme can be.
const std::vector<std::string>& batch_names();

}  // namespace tuopin
