// The figures of the model that a target may be held against: one row a measure, with how it is read.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tuopin {

struct TargetMeasure {
  std::string name;         ///< as the table of targets writes it, before a colon
  std::string unit;         ///< its own; empty: the capacity unit of the programme that it names
  std::string names;        ///< what follows after a colon: "programme", "batch", or nothing
  std::string figure;       ///< that is read, of the whole region and of the target's year
  bool cumulative = false;  ///< summed over the years until the target's
  /// Of a rate: the figure of its persons, for targets that name a base of their own.
  std::string persons = {};
  /// Of what the plan itself puts in: the figure of the places offered, which whole households may have to leave empty.
  /// Empty: an outcome.
  std::string places = {};

  bool is_rate() const { return unit == "share"; }
  bool is_input() const { return !places.empty(); }
  bool by_programme() const { return names == "programme"; }
  bool by_batch() const { return names == "batch"; }  ///< read from the runs without that batch

  friend bool operator==(const TargetMeasure&, const TargetMeasure&) = default;
};

/// Those of the program. A region may be read with more of them (load_region).
const std::vector<TargetMeasure>& shipped_measures();

/// The measure of a text such as "programme_entered:posts", before the colon; null where there is none.
const TargetMeasure* find_measure(const std::vector<TargetMeasure>& measures, std::string_view text);
/// What follows after the colon: "posts"; empty without one.
std::string name_in_measure(std::string_view text);

}  // namespace tuopin
