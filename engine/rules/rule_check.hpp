// Checks names and types in the syntax tree of a rule. Internal to engine/rules.
#pragma once

#include <string>
#include <vector>

#include "engine/rules/rule_tree.hpp"
#include "engine/rules/rules.hpp"

namespace tuopin::rule {

/// Resolves every name, gives every node its type and reports all that is wrong. Returns the qualified names of the
/// columns read, in the order of the text.
std::vector<std::string> check(Tree& tree, Type wanted, const RuleScope& scope, Reporter& reporter);

}  // namespace tuopin::rule
