// The self-description of a mechanism. `tuopin explain` prints it, and a test uses it to check that no column is read
// before it is written.
#pragma once

#include <string>
#include <vector>

#include "engine/base/message.hpp"

namespace tuopin {

struct Description {
  std::string name;  ///< also the first part of its process names: "household.income"
  Message meaning;   ///< one line
  /// Qualified columns, "household.members"; scratch values as "year.market_income".
  std::vector<std::string> reads = {}, writes = {};
  std::vector<std::string> luck = {};  ///< process names it looks up
  /// Of the names in `writes` and `reads`, those in scratch memory, which lasts only within one visit of a block.
  std::vector<std::string> shares = {}, uses = {};
};

}  // namespace tuopin
