// The measures that a target may name: for each, the simulated figure that the target is compared with.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tuopin {

struct TargetMeasure {
  std::string name;         ///< name in the table of targets, before a colon
  std::string unit;         ///< unit; empty: the capacity unit of the programme that it names
  std::string names;        ///< what follows after a colon: "programme", "batch", or nothing
  std::string figure;       ///< the figure that is read, for the whole region and the target's year
  bool cumulative = false;  ///< summed over the years until the target's
  /// For a rate: the figure with the number of persons, for targets that name a base of their own.
  std::string persons = {};
  /// For inputs of the plan: the figure with the places offered, some of which may have to stay empty because
  /// households enter as a whole. Empty for outcomes.
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
