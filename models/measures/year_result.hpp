// What a year gave, by county: and the look that adds it up.
#pragma once

#include <memory>

#include "models/measures/sums.hpp"
#include "models/state/moment.hpp"

namespace tuopin {

struct YearResult {
  std::vector<PlaceSums> places;
  YearTallies programmes;
  std::shared_ptr<const DeclaredSums> declared;  ///< what the sums' own rows are; none: nobody declared any
};

/// The same year with its declared sums in the order of another list; what that alone has is zero.
YearResult with_sums_of(YearResult result, std::shared_ptr<const DeclaredSums> list);

/// Sums by member of the team and county.
struct SumsByMember {
  std::vector<std::vector<PlaceSums>> of;

  void clear(std::size_t members, std::uint32_t counties);
  std::vector<PlaceSums> added_up() const;
};

/// barrier: the sums begin at nothing
Year::Part measures_opened(Keep<SumsByMember> sums);
/// look: incomes, poverty and the register's moves and errors, added to the sums. `statistical_line`: by which line the
/// scenario's register is reviewed.
Year::Part measures(const StateSchema& schema, YearNeeds& needs, bool statistical_line, Keep<SumsByMember> sums);

}  // namespace tuopin
