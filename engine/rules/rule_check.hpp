// Names and types of a rule's tree. Internal to engine/data.
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
