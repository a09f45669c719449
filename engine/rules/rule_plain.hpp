// The plain evaluator: evaluates one row at a time by walking the tree. Slow and simple; the fast evaluator must agree
// with it bit for bit, and uses it for subexpressions that are the same for all rows. Internal to engine/rules.
#pragma once

#include <cstdint>

#include "engine/rules/rule_tree.hpp"
#include "engine/rules/rules.hpp"

namespace tuopin::rule {

/// Value of a node for one row of the unit; booleans are 0 or 1.
double plain_value(const Tree& tree, int node, const RuleData& data, std::uint32_t row);

}  // namespace tuopin::rule
