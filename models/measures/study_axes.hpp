// The dimensions of figures: their entries, and the member of At that holds the index along each.
#pragma once

#include "models/measures/figure.hpp"

namespace tuopin {

struct StudyAxis {
  Dimension dimension;
  /// Member of At with the index; null for dimensions that formulas do not see: scenario, draw, replicate, batch.
  std::size_t At::*entry = nullptr;
};

/// All dimensions of a study, in its order.
class StudyAxes {
 public:
  StudyAxes(const RecordShape& shape, const FigureTable& figures);

  const std::vector<StudyAxis>& all() const { return axes_; }
  /// Throws std::logic_error for an unknown dimension.
  const StudyAxis& named(const std::string& dimension) const;

 private:
  std::vector<StudyAxis> axes_;
};

/// Dimensions of a figure: those of its facts, then its own.
std::vector<std::string> dimensions_of(const Figure& figure);
/// How many of its first dimensions formulas do not see; one call of the recorder fills all entries of the others.
std::size_t outer_dimensions(const Figure& figure);

}  // namespace tuopin
