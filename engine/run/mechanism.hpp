// What a mechanism says of itself. `explain` prints it, and a test checks that no column is read before it is written.
#pragma once

#include <string>
#include <vector>

namespace tuopin {

struct Description {
  std::string name;                 ///< also the first part of its process names: "household.income"
  std::string meaning, meaning_zh;  ///< one line
  std::vector<std::string> reads;   ///< qualified columns, "household.members"; scratch values as "year.market_income"
  std::vector<std::string> writes;
  std::vector<std::string> luck;  ///< process names it looks up
  /// Of what is written and read: scratch, which lasts from one part to another only within a visit.
  std::vector<std::string> shares = {}, uses = {};
};

}  // namespace tuopin
