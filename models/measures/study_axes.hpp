// The dimensions over which figures stand: their entries, and where a formula finds the one that it is asked for.
#pragma once

#include "models/measures/figure.hpp"

namespace tuopin {

struct StudyAxis {
  Dimension dimension;
  /// The entry in a formula's At; null for what lies outside all facts: scenario, draw, replicate, batch.
  std::size_t At::*entry = nullptr;
};

/// All of a study, in its order.
class StudyAxes {
 public:
  StudyAxes(const RecordShape& shape, const FigureTable& figures);

  const std::vector<StudyAxis>& all() const { return axes_; }
  /// Throws std::logic_error for a dimension that nobody has declared.
  const StudyAxis& named(const std::string& dimension) const;

 private:
  std::vector<StudyAxis> axes_;
};

/// Dimensions of a figure: those of its facts, then its own.
std::vector<std::string> dimensions_of(const Figure& figure);
/// How many of them lie outside the facts: one call of the recorder fills all entries of the others.
std::size_t outer_dimensions(const Figure& figure);

}  // namespace tuopin
