// The field table: the keys that the files of a scenario may contain.
#pragma once

#include <map>

#include "engine/settings/settings.hpp"
#include "models/scenario/region.hpp"

namespace tuopin {

/// The kinds of files that a scenario consists of.
struct FileKinds {
  FileKind scenario, programme;
  RegionKind region;
};
/// Sections, verbs and tables that mechanisms add to the files.
struct FileAdditions {
  std::vector<Section> sections = {};                    ///< of a scenario
  std::map<std::string, std::vector<Field>> verbs = {};  ///< fields of each verb that a programme may use
  std::vector<TableKind> tables = {};                    ///< of a region
  std::vector<TargetMeasure> measures = shipped_measures();
};
FileKinds file_kinds(FileAdditions additions);

/// Batches of which a programme can be.
const std::vector<std::string>& batch_names();

}  // namespace tuopin
