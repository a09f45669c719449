// Sizes and labels of everything that a run records.
#pragma once

#include <string>
#include <vector>

#include "models/programme/treasury.hpp"
#include "models/state/streams.hpp"

namespace tuopin {

constexpr std::size_t spending_purposes = 3;  ///< to households, to suppliers, administration

struct RecordShape {
  std::vector<std::string> scenarios, scenario_titles, scenario_titles_zh;
  std::size_t draws = 1, replicates = 1;
  int first_year = 0, last_year = 0;
  std::vector<std::string> places, place_names, place_names_zh;  ///< the whole region first, then its counties
  AccountNames accounts;
  std::vector<std::string> streams = names_of(shipped_streams());  ///< income streams
  std::vector<std::string> batches;                                ///< left out in turn; may be empty
  std::size_t leave_out_draws = 0;
  std::size_t years() const { return static_cast<std::size_t>(last_year - first_year + 1); }
  bool leaves_out() const { return leave_out_draws > 0 && !batches.empty(); }
};

}  // namespace tuopin
