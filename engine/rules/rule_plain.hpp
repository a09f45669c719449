// The plain evaluator: one row at a time, by walking the tree. Slow and short; the fast one must agree with it bit for
// bit, and takes from it the value of what is the same for all rows. Internal to engine/data.
#pragma once

#include <cstdint>

#include "engine/rules/rule_tree.hpp"
#include "engine/rules/rules.hpp"

namespace tuopin::rule {

/// Value of a node for one row of the unit; booleans are 0 or 1.
double plain_value(const Tree& tree, int node, const RuleData& data, std::uint32_t row);

}  // namespace tuopin::rule
