// Populations for a run: read from the cache if inputs and code are the same, otherwise synthesised and cached.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/run/progress.hpp"
#include "engine/run/team.hpp"
#include "models/population/synthesis.hpp"

namespace tuopin {

struct PopulationRequest {
  const Region* region;
  int count = 1;  ///< populations 0 … count−1
  int threads = 1;
  bool cache = true;
};

struct PopulationSet {
  std::vector<std::shared_ptr<const Population>> populations;
  std::vector<SynthesisReport> reports;  ///< empty for those that came from the cache
  std::string input_hash;                ///< of the region's files and of the synthesis code
  bool from_cache = false;
  double seconds = 0;
  std::uintmax_t cache_bytes = 0;  ///< of the files that were written
  std::string cache_folder;
};

PopulationSet provide_populations(const PopulationRequest& request, const ProgressSink& progress, const StopFlag& stop);

}  // namespace tuopin
