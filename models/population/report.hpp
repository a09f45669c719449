// The synthesis report: the requested margins of a population, the achieved ones, and their evidence.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/base/message.hpp"
#include "engine/settings/settings.hpp"

namespace tuopin {

struct SynthesisReport {
  struct Line {
    std::string margin, place, unit;
    double target = 0, achieved = 0;
    Status status = Status::assumption;
    double weight = 1;  ///< of a share: what the place counts for in the region's
    double relative_error() const;
  };
  struct Raking {
    std::string place;
    int iterations = 0;
    bool converged = false;
    double largest_error = 0;        ///< relative, over margins, before integerisation
    double design_effect = 1;        ///< 1 + cv²(w) of the type weights against the seed's own
    std::int64_t repaired = 0;       ///< persons whose type was swapped by the repair
    int types = 0, empty_types = 0;  ///< household types of the seed, and those that stand for no household
  };

  int index = 0;
  std::vector<Line> lines;
  std::vector<Raking> raking;
  int published = 0, derived = 0, assumption = 0;  ///< margins read, by status
  std::vector<Message> notes;                      ///< adjustments, in words
  std::vector<std::string> unused;                 ///< margins of the file that are shown only

  double assumption_share() const;
  double largest_error() const;
  std::string markdown(const Translation& translation = {}) const;
};

}  // namespace tuopin
