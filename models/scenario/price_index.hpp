// Price indices of a scenario: amounts in yuan stand at the prices of an index's base year and follow it from there.
//
//   amount_t = amount · (1 + growth)^(t − base_year)
//
// Not modelled: years in which prices jump, and prices that move with what the programmes themselves do.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/settings/settings.hpp"

namespace tuopin {

/// One index; the default never moves.
struct PriceIndex {
  double growth = 0;  ///< share/year
  int base_year = 0;  ///< in which it is one

  double at(int year) const;
};

/// The `[index.NAME]` tables of a scenario.
class PriceIndices {
 public:
  PriceIndices() = default;
  explicit PriceIndices(const Settings& scenario);

  /// The index that the text key `path` of a file names; one that never moves where the key is absent. A name that the
  /// scenario does not have is a problem.
  PriceIndex of(const Settings& file, const std::string& path, std::vector<Problem>& problems) const;

 private:
  std::map<std::string, PriceIndex> by_name_;
};

}  // namespace tuopin
