// Every number that scenarios read, as a table for readers: what it is, how sure, where it stands, which office would
// know it.
#pragma once

#include <string>
#include <vector>

#include "models/scenario/scenario.hpp"

namespace tuopin {

/// Where a number stands.
enum class NumberKind { scenario, programme, line, crop, crop_share, table, margin };
const char* to_text(NumberKind kind);

struct NumberUsed {
  Quantity quantity;  ///< its name is that by which it is drawn; all years of a line share one
  NumberKind kind = NumberKind::scenario;
  int year = 0;                        ///< of a line; 0 for any other
  bool is_factor = false;              ///< of numbers by year: the value is 1, the range relative
  bool by_default = false;             ///< not in a file: the default of the field table
  std::vector<std::string> scenarios;  ///< that read it
  /// Whether it has a range from which it can be drawn.
  bool ranges() const { return quantity.shape != Shape::fixed && quantity.low < quantity.high; }
};

/// The numbers of scenarios that share a region. Without defaults they are those that count_inputs counts. One that
/// several scenarios take from the same place of the same file is listed once.
std::vector<NumberUsed> numbers_of(const std::vector<const Scenario*>& scenarios);

}  // namespace tuopin
