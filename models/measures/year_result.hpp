// The results of a year by county, and the step of the year that adds them up.
#pragma once

#include <memory>

#include "models/measures/sums.hpp"
#include "models/state/moment.hpp"

namespace tuopin {

struct YearResult {
  std::vector<PlaceSums> places;
  YearTallies programmes;
  std::shared_ptr<const DeclaredSums> declared;  ///< the declared sums in `places`; null if there are none
};

/// The same result with its declared sums in the order of another list; sums that only the list has are zero.
YearResult with_sums_of(YearResult result, std::shared_ptr<const DeclaredSums> list);

/// Sums by member of the team and county.
struct SumsByMember {
  std::vector<std::vector<PlaceSums>> of;
  std::vector<PlaceSums> of_block;  ///< by member: over incomes of the block just visited, for those who follow

  void clear(std::size_t members, std::uint32_t counties);
  std::vector<PlaceSums> added_up() const;
};

/// barrier: sets the sums to zero
Year::Part measures_opened(Keep<SumsByMember> sums);
/// look: adds incomes, poverty, and the register's entries, exits and errors to the sums. `statistical_line`: true if
/// the scenario's register is reviewed by the statistical line.
Year::Part measures(const StateSchema& schema, YearNeeds& needs, bool statistical_line, Keep<SumsByMember> sums);

}  // namespace tuopin
