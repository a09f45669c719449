// Values that a rule reads from child tables: the number of an entity's rows, and the sum of a column over them.
// Internal to engine/rules.
#pragma once

#include "engine/rules/rule_tree.hpp"
#include "engine/rules/rules.hpp"

namespace tuopin::rule {

/// Of one parent row, in the order of its child rows; 0 without any.
double child_value(const Node& node, const RuleData& data, std::uint32_t row);

/// The same for many parent rows: `rows`, or if null those from `first` on.
void child_values(const Node& node, const RuleData& data, const std::uint32_t* rows, std::uint32_t first,
                  std::size_t count, double* out);

}  // namespace tuopin::rule
