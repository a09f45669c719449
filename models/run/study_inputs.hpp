// What a study records about its inputs: texts of the scenarios, options, layers of uncertainty, hashes.
#pragma once

#include "models/run/ensemble.hpp"

namespace tuopin {

/// Properties of a run that RunPlan does not contain.
struct StudyKind {
  double sample = 1;    ///< share of the villages
  std::string preview;  ///< what a preview is; empty for any other run
};

/// Hash of everything that determines the numbers of a study: files, options that change results, population key.
std::string input_hash(const RunPlan& plan, const std::string& population_key, const StudyKind& kind);

/// Root attributes of a study.
void describe_inputs(Study& study, const RunPlan& plan, const std::string& population_key, const StudyKind& kind);

}  // namespace tuopin
