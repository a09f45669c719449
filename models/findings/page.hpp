// What everything that is said of a study shares: the language, the scales of persons and of money, titles.
#pragma once

#include <string>

#include "models/findings/study_view.hpp"

namespace tuopin {

/// A figure is divided by `unit` and called by `name`.
struct Scale {
  double unit = 1;
  std::string name;
};

/// The scale for numbers of persons of which the largest is `most`: thousands (in Chinese ten thousands) from a hundred
/// thousand on.
Scale scale_of_persons(double most, bool zh);

/// A study, the language of what is said of it, and the scales that fit its size: one choice for all tables, so that
/// figures can be compared between them.
struct Page {
  Page(const Study& of, const std::string& language);

  StudyView study;
  bool zh;
  bool one_world;  ///< one draw and replicate: nothing to make an interval of
  Scale persons, money;

  const std::string& operator()(const std::string& english, const std::string& chinese) const {
    return zh ? chinese : english;
  }
  /// " · preview" for a run that was made to look at only; every heading says so.
  std::string preview() const;
  std::string scenario_title(std::size_t scenario) const;
};

/// Refuses studies with implausibly large dimensions, because tables are made by iterating over all worlds and years.
void check_sizes(const StudyView& study);

}  // namespace tuopin
