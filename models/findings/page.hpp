// What everything that is said of a study shares: the scales of persons and of money, titles. Whatever is said here is
// a message, which the program and the Python package put into words, each in its own way.
#pragma once

#include <string>
#include <vector>

#include "engine/base/message.hpp"
#include "models/findings/study_view.hpp"

namespace tuopin {

/// A figure is divided by `unit` and called by `name`.
struct Scale {
  double unit = 1;
  Message name;
};

/// The scale for numbers of persons of which the largest is `most`: thousands (in Chinese ten thousands) from a hundred
/// thousand on.
Scale scale_of_persons(double most, bool zh);

/// A study, and the scales that fit its size and the language of the reader: one choice for all tables, so that figures
/// can be compared between them.
struct Page {
  Page(const Study& of, const std::string& language);

  StudyView study;
  bool one_world;  ///< one draw and replicate: nothing to make an interval of
  Scale persons, money;

  /// " · preview" for a run that was made to look at only; every heading says so.
  Message preview() const;
  Message scenario_title(std::size_t scenario) const;
  /// The attribute `name` in English, `name`_zh in Chinese where the study has it.
  Message attribute(const std::string& name) const;
};

/// Person-years in the scale of persons.
Scale scale_of_person_years(const Page& page);

/// Refuses studies with implausibly large dimensions, because tables are made by iterating over all worlds and years.
void check_sizes(const StudyView& study);

}  // namespace tuopin
