// What a study says of its inputs: the texts of its scenarios, its options, the layers of uncertainty, hashes.
#pragma once

#include "models/run/ensemble.hpp"

namespace tuopin {

/// What of a run stands in no plan.
struct StudyKind {
  double sample = 1;    ///< share of the villages
  std::string preview;  ///< what a preview is; empty for any other run
};

/// Everything that decides the numbers of a study, hashed: files, options that change results, population key.
std::string input_hash(const RunPlan& plan, const std::string& population_key, const StudyKind& kind);

/// Root attributes of a study.
void describe_inputs(Study& study, const RunPlan& plan, const std::string& population_key, const StudyKind& kind);

}  // namespace tuopin
